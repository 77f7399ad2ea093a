package holdfast.limits;

import holdfast.reservation.Register;

import org.axonframework.commandhandling.CommandBus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

/** Where this package is joined to the command bus. */
@Configuration
@EnableConfigurationProperties(LimitSettings.class)
class LimitsConfiguration {

    @Autowired
    void guard(CommandBus commands, LimitSettings settings, Register register, Clock clock) {
        commands.registerHandlerInterceptor(new OpenHoldsOfCallers(settings, register, clock));
    }
}
