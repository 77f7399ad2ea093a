package holdfast.followers;

import java.util.List;

/**
 * Keeps tables that follow the log. A bean of this type is all it takes: {@link FollowedTables}
 * brings it the events.
 */
public interface TableFollower {

    /** A stored name: with another one, everything is read again from the first event. */
    String name();

    /**
     * The tables that only this follower writes, without a schema. Statements name them without
     * one, too, so that the same follower can make them anew beside the living ones.
     */
    List<String> tables();

    /**
     * Writes what these events mean, in the transaction of the calling thread. Either all of it is
     * committed, together with the position, or nothing.
     *
     * @param events in the order of the log, of all tenants; not empty, at most 1,000
     */
    void follow(List<LoggedEvent> events);
}
