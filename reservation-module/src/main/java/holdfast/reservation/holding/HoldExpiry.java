package holdfast.reservation.holding;

import holdfast.catalogue.TenantId;
import holdfast.scheduling.CapacityLedger;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

import java.time.Clock;
import java.util.Map;

/**
 * Tidies up after holds that nobody confirmed: their places leave the ledger and the log says that
 * they expired.
 *
 * <p>Nothing depends on when this happens: from its {@code expiresAt} on a hold takes no place.
 * What is due stands in the ledger, so a stop over the due time loses nothing; nodes skip what
 * another one is working on; and one transaction takes the places and stores the events, so no hold
 * expires twice.
 */
@Component
class HoldExpiry {

    private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);

    /** In one transaction: enough to share its cost, few enough to keep it short. */
    private static final int AT_ONCE = 200;

    private final CapacityLedger ledger;
    private final LapsedHolds lapsedHolds;
    private final CommandGateway commands;
    private final Clock clock;

    HoldExpiry(
            CapacityLedger ledger, LapsedHolds lapsedHolds, CommandGateway commands, Clock clock) {
        this.ledger = ledger;
        this.lapsedHolds = lapsedHolds;
        this.commands = commands;
        this.clock = clock;
    }

    /** Record the expiry of some of a tenant's ended holds. */
    record ExpireHolds(TenantId tenant) {}

    @Scheduled(fixedDelayString = "${holdfast.expiry-every}")
    void look() {
        try {
            for (var tenant : ledger.tenantsWithEndedHolds(clock.instant())) {
                expireAll(tenant);
            }
        } catch (DataAccessException | TransactionException later) {
            log.debug("Ended holds are recorded later: {}", later.getMessage());
        }
    }

    private void expireAll(TenantId tenant) {
        var origin = Map.of("tenant", tenant.text(), "actor", "system");
        var expire = new GenericCommandMessage<>(new ExpireHolds(tenant), origin);
        int expired;
        do {
            expired = commands.<Integer>sendAndWait(expire);
        } while (expired > 0);
    }

    /** How many it were. */
    @CommandHandler
    int handle(ExpireHolds command) {
        var ended = ledger.giveBackEnded(command.tenant(), clock.instant(), AT_ONCE);
        ended.forEach(lapsedHolds::expire);
        return ended.size();
    }
}
