package holdfast;

import holdfast.start.CommandLine;
import holdfast.start.Maintenance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import java.time.Clock;
import java.time.Duration;

/** The application: every module, composed. */
@SpringBootApplication
public class Holdfast {

    private static final int NOT_STARTED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    public static void main(String[] arguments) {
        switch (CommandLine.of(arguments)) {
            case CommandLine.Say(var text) -> System.out.println(text);
            case CommandLine.Unclear(var why) -> {
                System.err.println("holdfast: " + why);
                System.exit(NOT_UNDERSTOOD);
            }
            case CommandLine.Verify verify -> System.exit(Maintenance.run(verify));
            case CommandLine.Replay replay -> System.exit(Maintenance.run(replay));
            case CommandLine.Prove prove -> System.exit(Maintenance.run(prove));
            case CommandLine.VerifySeals verify -> System.exit(Maintenance.run(verify));
            case CommandLine.VerifyExport verify -> System.exit(Maintenance.run(verify));
            case CommandLine.Run(var properties) -> run(properties.toArray(String[]::new));
        }
    }

    private static void run(String[] properties) {
        try {
            SpringApplication.run(Holdfast.class, properties);
        } catch (RuntimeException reported) {
            System.exit(NOT_STARTED); // Spring said why; what it had started must not linger
        }
    }

    /** The one source of time: UTC, in the microseconds that PostgreSQL keeps. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
