package holdfast.repeats;

import holdfast.reservation.Register;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this package is joined to Axon. */
@Configuration
class RepeatsConfiguration {

    /** In the transaction of the command that erases. Static, since Axon is made from it. */
    @Bean
    static ConfigurerModule keptAnswersFollowErasures() {
        return configurer ->
                configurer
                        .eventProcessing()
                        .registerSubscribingEventProcessor(ForgetsTheErased.GROUP);
    }

    @Autowired
    void guard(CommandBus commands, KeptAnswers answers, Register register) {
        commands.registerHandlerInterceptor(new OncePerKey(answers, register));
    }
}
