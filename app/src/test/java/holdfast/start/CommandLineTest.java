package holdfast.start;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.start.CommandLine.Run;
import holdfast.start.CommandLine.Say;
import holdfast.start.CommandLine.Unclear;

import org.junit.jupiter.api.Test;

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
    void what_is_no_option_is_not_ignored() {
        assertThat(CommandLine.of("--dmeo")).isInstanceOf(Unclear.class);
        assertThat(CommandLine.of("verify")).isInstanceOf(Unclear.class);
    }
}
