package holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import trial.Programme;
import trial.SeatCommand.Sell;
import trial.Trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** The application while its database is away, and after. */
class OutlivingTheDatabaseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path home = Path.of("");

    @Test
    void it_is_not_ready_without_its_database_and_works_again_with_it() throws Exception {
        OwnPostgres postgres = OwnPostgres.open(home.resolve("server"));
        var database = new TestDatabase(postgres.url(), postgres.user(), postgres.password());
        try (TestNode node = TestNode.start(Trial.class, database)) {
            createSeats(node);
            sell(node, "before");
            assertThat(status(node, "readiness")).isEqualTo(200);

            postgres.close();
            assertThat(status(node, "readiness")).isEqualTo(503);
            assertThat(status(node, "liveness")).isEqualTo(200);

            postgres = OwnPostgres.open(home.resolve("server"));
            await().atMost(PATIENCE).until(() -> status(node, "readiness") == 200);
            sell(node, "after");
            await().atMost(PATIENCE).until(() -> node.bean(Programme.class).size() == 2);
        } finally {
            postgres.close();
        }
    }

    @Test
    void a_killed_database_of_its_own_is_back_without_a_restart() {
        try (TestNode node = TestNode.startAlone(Trial.class, home.resolve("own"))) {
            createSeats(node);
            sell(node, "before");

            ProcessHandle.of(node.bean(OwnPostgres.class).pid()).orElseThrow().destroyForcibly();

            await().atMost(PATIENCE).ignoreExceptions().until(() -> sell(node, "after"));
            await().atMost(PATIENCE).until(() -> node.bean(Programme.class).size() == 2);
            assertThat(
                            node.bean(JdbcClient.class)
                                    .sql(
                                            "select string_agg(stream, ' ' order by position) from"
                                                    + " event_log")
                                    .query(String.class)
                                    .single())
                    .isEqualTo("before after");
        }
    }

    private static void createSeats(TestNode node) {
        JdbcClient sql = node.bean(JdbcClient.class);
        sql.sql("create table trial_seat (seat text primary key, ticket text)").update();
        sql.sql("create table trial_programme (ticket text primary key)").update();
    }

    private static boolean sell(TestNode node, String ticket) {
        node.bean(CommandGateway.class).sendAndWait(new Sell(ticket, ticket));
        return true;
    }

    private static int status(TestNode node, String probe)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI health = URI.create(node.url() + "/actuator/health/" + probe);
            return client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
