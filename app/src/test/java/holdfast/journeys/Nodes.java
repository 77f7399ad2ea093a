package holdfast.journeys;

import holdfast.Holdfast;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Whole applications, and what they wrote into the log. */
final class Nodes {

    /**
     * Where the nodes of this run find their master key; they share a database, so they share it.
     */
    private static final Path HOME = aFolder();

    private Nodes() {}

    private static Path aFolder() {
        try {
            return Files.createTempDirectory("holdfast-journeys");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static TestNode start(TestDatabase database, String... properties) {
        return TestNode.start(Holdfast.class, database, withOurs(properties));
    }

    /** One with beans of the test's own. */
    static TestNode startWith(Class<?> more, TestDatabase database, String... properties) {
        return TestNode.start(Holdfast.class, more, database, withOurs(properties));
    }

    private static String[] withOurs(String... properties) {
        var all = new ArrayList<>(List.of(properties));
        all.add("holdfast.home=" + HOME);
        all.add("holdfast.operator-id=" + Caller.OPERATOR);
        all.add("holdfast.operator-secret=" + Caller.SECRET);
        return all.toArray(String[]::new);
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

    /** The same from the database that an application keeps in its own folder. */
    static List<String> history(Path home, String reservation) throws IOException {
        return history(database(home), reservation);
    }

    /** The database that an application keeps in its own folder and has running. */
    static TestDatabase database(Path home) throws IOException {
        var kept = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("database.properties"))) {
            kept.load(reader);
        }
        var url = "jdbc:postgresql://127.0.0.1:%s/holdfast".formatted(kept.getProperty("port"));
        return new TestDatabase(url, "holdfast", kept.getProperty("password"));
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
