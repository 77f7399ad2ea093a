package holdfast.catalogue;

/** The kinds of thing a catalogue is made of. The names are stored in events. */
public enum CatalogueKind {
    TENANT,
    HOLIDAY_CALENDAR,
    RESOURCE_TYPE,
    BRANCH,
    RESOURCE_POOL,
    SERVICE,
    /** A service at one branch; its id is the service's and the branch's with a slash between. */
    OFFER,
    SERVICE_GROUP,
    /** Its id is {@link ServiceCombination#key()}. */
    SERVICE_COMBINATION
}
