package trial;

import holdfast.catalogue.WritesAtCommit;

import org.axonframework.config.ConfigurerModule;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import java.time.Clock;
import java.time.Duration;

/** Everything of the real application but its modules. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan({"trial", "holdfast.postgres", "holdfast.eventstore"})
@Import(WritesAtCommit.class)
public class Trial {

    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    @Bean
    ConfigurerModule ushersComeAtOnce() {
        return configurer ->
                configurer.eventProcessing(
                        processing -> processing.registerSubscribingEventProcessor("ushers"));
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }
}
