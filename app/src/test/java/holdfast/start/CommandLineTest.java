package holdfast.start;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.start.CommandLine.Prove;
import holdfast.start.CommandLine.Replay;
import holdfast.start.CommandLine.Run;
import holdfast.start.CommandLine.Say;
import holdfast.start.CommandLine.Unclear;
import holdfast.start.CommandLine.Verify;
import holdfast.start.CommandLine.VerifyExport;
import holdfast.start.CommandLine.VerifySeals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class CommandLineTest {

    @Test
    void nothing_starts_it_empty() {
        assertThat(CommandLine.of()).isEqualTo(new Run(List.of()));
    }

    @Test
    void demo_and_properties_go_to_the_application() {
        assertThat(CommandLine.of("--demo", "--server.port=0"))
                .isEqualTo(new Run(List.of("--holdfast.demo=true", "--server.port=0")));
    }

    @Test
    void help_names_every_option() {
        assertThat(CommandLine.of("--demo", "--help")).isEqualTo(new Say(CommandLine.USAGE));
        assertThat(CommandLine.USAGE).contains("--demo", "--help", "--version", "HOLDFAST_HOME");
    }

    @Test
    void verify_and_replay_have_options_of_their_own() {
        assertThat(CommandLine.of("verify"))
                .isEqualTo(new Verify(List.of(), false, Duration.ofSeconds(60)));
        assertThat(CommandLine.of("verify", "--json", "--late-after=5s", "--holdfast.home=/x"))
                .isEqualTo(new Verify(List.of("--holdfast.home=/x"), true, Duration.ofSeconds(5)));
        assertThat(CommandLine.of("replay", "--no-compare"))
                .isEqualTo(new Replay(List.of(), false, false));
        assertThat(CommandLine.of("replay", "--help")).isEqualTo(new Say(CommandLine.USAGE));
        assertThat(CommandLine.USAGE)
                .contains("verify", "replay", "--json", "--late-after", "--no-compare");
    }

    @Test
    void prove_knows_properties_and_json_only() {
        assertThat(CommandLine.of("prove")).isEqualTo(new Prove(List.of(), false));
        assertThat(CommandLine.of("prove", "--json", "--holdfast.home=/x"))
                .isEqualTo(new Prove(List.of("--holdfast.home=/x"), true));
        assertThat(CommandLine.of("prove", "--no-compare")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.USAGE).contains("prove");
    }

    @Test
    void seals_are_verified_in_the_database_and_in_a_file() {
        assertThat(CommandLine.of("verify-seals", "--key=k", "--holdfast.home=/x"))
                .isEqualTo(new VerifySeals(List.of("--holdfast.home=/x"), "k", false));
        assertThat(CommandLine.of("verify-export", "log.ndjson", "--json"))
                .isEqualTo(new VerifyExport("log.ndjson", "", true));
        assertThat(CommandLine.of("verify-export", "-"))
                .isEqualTo(new VerifyExport("-", "", false));
        assertThat(CommandLine.of("verify-export")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("verify-export", "a", "b")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("verify-export", "a", "--holdfast.home=/x"))
                .isInstanceOf(Unclear.class);
        assertThat(CommandLine.USAGE).contains("verify-seals", "verify-export FILE", "--key=KEY");
    }

    @Test
    void what_is_no_option_is_not_ignored() {
        assertThat(CommandLine.of("--dmeo")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("--demo", "verify")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("verify", "--demo")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("replay", "--late-after=1s")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("verify", "--late-after=soon")).isInstanceOf(Unclear.class);
    }
}
