package holdfast.customer;

import holdfast.customer.CustomerEvent.CustomerErased;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Lets go of keys in memory when another node has forgotten somebody. */
@Component
@ProcessingGroup("catalogue") // every node follows the whole log for itself
class ForgottenElsewhere {

    private final DataKeys keys;

    ForgottenElsewhere(DataKeys keys) {
        this.keys = keys;
    }

    @EventHandler
    void on(CustomerErased event) {
        keys.letGo(event.tenant());
    }
}
