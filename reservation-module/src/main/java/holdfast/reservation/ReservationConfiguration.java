package holdfast.reservation;

import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.SlotAvailability;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;

/** Wires reservations. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReservationConfiguration {

    /** Where a day is not over yet in some zone, what was booked on it may still matter. */
    private static final Duration GRACE = Duration.ofDays(1);

    /** Before the port opens, so that nobody is shown a taken slot; the log adds what is newer. */
    @Bean
    SmartInitializingSingleton loadAvailability(
            SlotAvailability availability,
            CapacityLedger ledger,
            PlatformTransactionManager transactions,
            Clock clock) {
        var reading = new TransactionTemplate(transactions);
        return () ->
                reading.executeWithoutResult(
                        _ -> {
                            try (var entries = ledger.busyFrom(clock.instant().minus(GRACE))) {
                                availability.load(entries);
                            }
                        });
    }
}
