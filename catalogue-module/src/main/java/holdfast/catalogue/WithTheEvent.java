package holdfast.catalogue;

/**
 * The group of listeners that hear of an event on the thread that stores it, before its transaction
 * is committed. What fails there fails the command.
 *
 * <p>It is one group for all of them, since each group costs every event a unit of work of its own.
 */
public final class WithTheEvent {

    /** For {@link org.axonframework.config.ProcessingGroup}. */
    public static final String GROUP = "with-the-event";

    private WithTheEvent() {}
}
