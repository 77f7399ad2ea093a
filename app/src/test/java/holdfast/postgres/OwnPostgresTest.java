package holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One folder, used by one database after the other. */
class OwnPostgresTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir static Path temporary = Path.of("");

    private final Path home = temporary.resolve("home");

    @Test
    void what_was_committed_is_there_after_a_restart() throws SQLException {
        try (OwnPostgres first = OwnPostgres.open(home)) {
            run(first, "create table if not exists kept (word text)");
            run(first, "truncate kept");
            run(first, "insert into kept values ('hold'), ('fast')");
        }
        try (OwnPostgres second = OwnPostgres.open(home)) {
            assertThat(ask(second, "select string_agg(word, '') from kept")).isEqualTo("holdfast");
        }
    }

    @Test
    void it_is_durable_and_private() throws SQLException, IOException {
        try (OwnPostgres postgres = OwnPostgres.open(home)) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            postgres.url(), postgres.user(), "no"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(permissions("postgres")).isEqualTo("rwx------");
        assertThat(permissions("database.properties")).isEqualTo("rw-------");
        assertThat(permissions("postgres.log")).isEqualTo("rw-------");
    }

    @Test
    void a_folder_belongs_to_one_at_a_time() {
        try (OwnPostgres first = OwnPostgres.open(home)) {
            assertThatThrownBy(() -> OwnPostgres.open(home))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessage("Another Holdfast is running on " + home + ".");
            assertThat(ProcessHandle.of(first.pid())).isPresent();
        }
    }

    @Test
    void a_killed_server_comes_back_at_the_same_address() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.open(home)) {
            run(postgres, "create table if not exists survives (n integer)");
            run(postgres, "insert into survives values (1)");
            String url = postgres.url();
            long killed = postgres.pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> ask(postgres, "select count(*) > 0 from survives").equals("t"));
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(postgres.url()).isEqualTo(url);
        }
    }

    @Test
    void a_server_left_behind_by_a_killed_application_is_stopped_first() throws Exception {
        long orphan = abandon();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (OwnPostgres next = OwnPostgres.open(home)) {
            assertThat(next.pid()).isNotEqualTo(orphan);
            assertThat(ask(next, "select 1")).isEqualTo("1");
            await().atMost(PATIENCE).until(() -> isGone(orphan));
        }
    }

    @Test
    void a_crash_of_everything_is_recovered_from() throws Exception {
        long orphan = abandon();
        ProcessHandle.of(orphan).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> isGone(orphan));

        try (OwnPostgres next = OwnPostgres.open(home)) {
            assertThat(ask(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_process_number_that_now_is_somebody_elses_is_left_alone() throws Exception {
        OwnPostgres.open(home).close();
        long innocent = ProcessHandle.current().pid();
        Files.writeString(home.resolve("postgres/postmaster.pid"), innocent + "\n/elsewhere\n");

        try (OwnPostgres next = OwnPostgres.open(home)) {
            assertThat(ask(next, "select 1")).isEqualTo("1");
        }
    }

    // ------------------------------------------------------------------ helpers

    private long abandon() throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Abandoned.class.getName(),
                                home.toString()));
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(137);
        return Long.parseLong(said.lines().reduce("", (before, last) -> last).strip());
    }

    private static boolean isGone(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
    }

    private static void run(OwnPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(OwnPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static Connection connect(OwnPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }
}
