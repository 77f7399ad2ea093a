package holdfast.members;

/** A provider signs nobody in just now. The message is for the log and names no person. */
final class ProviderFailed extends RuntimeException {

    private final OutsideSignIn.Outcome outcome;

    ProviderFailed(OutsideSignIn.Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    ProviderFailed(OutsideSignIn.Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    OutsideSignIn.Outcome outcome() {
        return outcome;
    }
}
