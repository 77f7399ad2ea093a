package holdfast.security;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what others write into their tokens, wherever they put it. */
public final class Claims {

    private Claims() {}

    /**
     * A claim of this name; else, where the name has dots, a member of one.
     *
     * @return null if there is none
     */
    public static @Nullable Object find(Map<?, ?> claims, String name) {
        var whole = claims.get(name);
        int dot = name.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> members
                ? find(members, name.substring(dot + 1))
                : null;
    }

    /** The words of a claim that is a list, or a text with spaces between; none of any other. */
    public static Stream<String> words(Map<?, ?> claims, String name) {
        return switch (find(claims, name)) {
            case String text -> Arrays.stream(text.split(" +"));
            case Collection<?> list -> list.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }
}
