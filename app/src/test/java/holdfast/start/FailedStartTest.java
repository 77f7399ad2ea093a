package holdfast.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import trial.Trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Why a start failed is one line: somebody, or some script, has to act on it. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {

    @Test
    void no_database_is_said_in_one_line(CapturedOutput output) {
        var nowhere = new TestDatabase("jdbc:postgresql://127.0.0.1:1/holdfast", "holdfast", "");

        assertThatThrownBy(
                () ->
                        TestNode.start(
                                Trial.class,
                                nowhere,
                                "spring.datasource.hikari.connection-timeout=500"));

        assertThat(output.getErr().lines())
                .singleElement()
                .asString()
                .startsWith("holdfast: The database cannot be reached: ")
                .contains("SPRING_DATASOURCE_URL");
        assertNoTrace(output);
    }

    @Test
    void a_database_that_does_not_exist_is_said_in_one_line(CapturedOutput output) {
        TestDatabase right = TestDatabase.fresh();
        var wrong = new TestDatabase(right.url() + "_missing", right.user(), right.password());

        assertThatThrownBy(
                () ->
                        TestNode.start(
                                Trial.class,
                                wrong,
                                "spring.datasource.hikari.connection-timeout=500"));

        assertThat(output.getErr().lines())
                .singleElement()
                .asString()
                .startsWith("holdfast: The database cannot be reached: ");
        assertNoTrace(output);
    }

    @Test
    void a_taken_port_is_said_in_one_line(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            assertThatThrownBy(
                    () ->
                            TestNode.start(
                                    Trial.class,
                                    TestDatabase.fresh(),
                                    "server.port=" + taken.getLocalPort()));

            assertThat(output.getErr().lines())
                    .singleElement()
                    .asString()
                    .startsWith("holdfast: ")
                    .contains("Port " + taken.getLocalPort() + " was already in use");
        }
        assertNoTrace(output);
    }

    @Test
    void a_setting_that_makes_no_sense_is_said_in_one_line(CapturedOutput output) {
        assertThatThrownBy(
                () -> TestNode.start(Trial.class, TestDatabase.fresh(), "server.port=eighty"));

        assertThat(output.getErr().lines())
                .singleElement()
                .asString()
                .startsWith("holdfast: ")
                .contains("'eighty'", "'server.port'");
        assertNoTrace(output);
    }

    @Test
    void a_folder_in_use_is_said_in_one_line(@TempDir Path home, CapturedOutput output)
            throws IOException {
        try (var channel =
                        FileChannel.open(
                                home.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> TestNode.startAlone(Trial.class, home));
        }

        assertThat(output.getErr().lines())
                .singleElement()
                .asString()
                .isEqualToIgnoringWhitespace(
                        "holdfast: Another Holdfast is running on %s. Stop it, or give this one a folder of its own with HOLDFAST_HOME."
                                .formatted(home));
        assertNoTrace(output);
    }

    private static void assertNoTrace(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\tat ");
    }
}
