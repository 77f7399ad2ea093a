package holdfast.reservation.holding;

import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this package is joined to Axon. */
@Configuration(proxyBeanMethods = false)
class HoldingConfiguration {

    /**
     * By its constructor. Axon's own factory would have Spring make each reservation that is
     * loaded, and look it over for settings and callbacks. Found by its name.
     */
    @Bean
    AggregateFactory<Reservation> reservationAggregateFactory() {
        return new GenericAggregateFactory<>(Reservation.class);
    }
}
