package holdfast.catalogue;

/** An appointment that no longer fits the rules, and why, for people. */
public record Stranded(String appointmentId, String reason) {}
