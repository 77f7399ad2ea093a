package holdfast.journeys;

import holdfast.Holdfast;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import java.util.List;

/** Whole applications, and what they wrote into the log. */
final class Nodes {

    private Nodes() {}

    static TestNode start(TestDatabase database, String... properties) {
        var all = new java.util.ArrayList<>(List.of(properties));
        all.add("holdfast.operator-id=" + Caller.OPERATOR);
        all.add("holdfast.operator-secret=" + Caller.SECRET);
        return TestNode.start(Holdfast.class, database, all.toArray(String[]::new));
    }

    /** The names of a reservation's events, in order. */
    static List<String> history(TestDatabase database, String reservation) {
        return database.sql()
                .sql(
                        """
                        select payload_type from domain_event_entry
                        where aggregate_identifier = ? order by sequence_number
                        """)
                .param(reservation)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** How many events of this name the log has before the reservation's first. */
    static long eventsBefore(TestDatabase database, String reservation, String name) {
        return database.sql()
                .sql(
                        """
                        select count(*) from domain_event_entry
                        where payload_type = ? and global_index < (
                            select global_index from domain_event_entry
                            where aggregate_identifier = ? and sequence_number = 0)
                        """)
                .params(name, reservation)
                .query(Long.class)
                .single();
    }
}
