package holdfast;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import java.time.Clock;
import java.time.Duration;

/** The application: every module, composed. */
@SpringBootApplication
public class Holdfast {

    public static void main(String[] arguments) {
        SpringApplication.run(Holdfast.class, arguments);
    }

    /** The one source of time: UTC, in the microseconds that PostgreSQL keeps. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
