package holdfast.customer;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventBus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.file.Path;
import java.time.Clock;

/** Wires this module. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    Installation installation(Environment settings, JdbcClient jdbc) {
        var home =
                settings.getProperty(
                        "holdfast.home", System.getProperty("user.home") + "/.holdfast");
        var keys = new MasterKeys(settings.getProperty("holdfast.master-key"), Path.of(home));
        return Installation.open(keys, jdbc);
    }

    @Bean
    MasterKey masterKey(Installation installation) {
        return installation.master();
    }

    @Bean
    DataKeys personalData(Installation installation, JdbcClient jdbc, Clock clock) {
        return new DataKeys(installation.master(), jdbc, clock);
    }

    @Bean
    Registry customers(
            Installation installation,
            DataKeys keys,
            JdbcClient jdbc,
            ObjectProvider<org.axonframework.config.Configuration> axon) {
        // Asked for late: Axon's configuration needs the command handlers, and these need
        // Customers.
        return new Registry(
                installation.identities(),
                keys,
                jdbc,
                () -> axon.getObject().repository(Customer.class));
    }

    @Bean
    ReadingBook readings(
            JdbcClient jdbc,
            Clock clock,
            ObjectProvider<CommandGateway> commands,
            ObjectProvider<EventBus> events) {
        return new ReadingBook(jdbc, clock, commands, events);
    }
}
