package holdfast.repeats;

import holdfast.reservation.Register;

import org.axonframework.commandhandling.CommandBus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;

/** Where this package is joined to Axon. */
@Configuration
class RepeatsConfiguration {

    @Autowired
    void guard(CommandBus commands, KeptAnswers answers, Register register) {
        commands.registerHandlerInterceptor(new OncePerKey(answers, register));
    }
}
