package holdfast.reservation;

/** Who chose the resource of a visit. */
public enum ChosenBy {
    CUSTOMER,
    SYSTEM
}
