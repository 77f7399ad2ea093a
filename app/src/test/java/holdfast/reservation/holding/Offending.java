package holdfast.reservation.holding;

/** What nobody outside may use; somebody does on purpose. */
public class Offending {}
