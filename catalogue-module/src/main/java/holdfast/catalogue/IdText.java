package holdfast.catalogue;

/**
 * What the text of an id may be: opaque, 1 to {@value #LONGEST} characters, none of them white
 * space or control.
 */
final class IdText {

    static final int LONGEST = 100;

    private IdText() {}

    static void check(String text) {
        if (!isId(text)) {
            throw new Unsuitable("An id has 1 to %d visible characters: \"%s\"", LONGEST, text);
        }
    }

    static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.codePoints()
                        .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }
}
