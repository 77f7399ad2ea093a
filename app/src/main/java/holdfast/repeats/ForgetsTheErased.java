package holdfast.repeats;

import holdfast.catalogue.WithTheEvent;
import holdfast.customer.CustomerEvent.CustomerErased;
import holdfast.reservation.Register;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Deletes what is kept of requests about an erased customer, in the transaction that erases. */
@Component
@ProcessingGroup(WithTheEvent.GROUP)
class ForgetsTheErased {

    private final KeptAnswers answers;
    private final Register register;

    ForgetsTheErased(KeptAnswers answers, Register register) {
        this.answers = answers;
        this.register = register;
    }

    @EventHandler
    void on(CustomerErased event) {
        answers.forgetAbout(register.appointmentsOf(event.tenant(), event.customer()));
    }
}
