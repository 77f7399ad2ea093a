package holdfast.benchmark;

/** A call was answered with another status than it must be. */
final class UnexpectedAnswer extends IllegalStateException {

    private static final long serialVersionUID = 1;

    final int status;

    UnexpectedAnswer(int expected, int status, String body) {
        super("Answered " + status + " and not " + expected + ": " + body);
        this.status = status;
    }
}
