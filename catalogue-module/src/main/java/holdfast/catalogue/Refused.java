package holdfast.catalogue;

/**
 * An ordinary "no": nothing happened, and {@link #reason()} says why.
 *
 * <p>Unchecked, so that Axon's command bus rolls back on it, and without a stack trace, since it is
 * an answer and not a fault.
 */
public final class Refused extends RuntimeException {

    private final transient Refusal reason;

    public Refused(Refusal reason) {
        super(reason.toString(), null, false, false);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
