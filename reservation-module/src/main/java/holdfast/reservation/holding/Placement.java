package holdfast.reservation.holding;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.ReservationRefusal.UnknownTenant;
import holdfast.scheduling.Audience;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Claim;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.UnmetDemand;
import holdfast.scheduling.VisitRules;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Finds a visit its places: every rule once more, at the write side, and then the ledger, which
 * alone gives.
 */
@Component
class Placement {

    private final Catalogues catalogues;
    private final RuleBook rules;
    private final CapacityLedger ledger;
    private final HoldPolicy holds;
    private final LapsedHolds lapsedHolds;
    private final UnmetDemand unmet;
    private final Clock clock;

    Placement(
            Catalogues catalogues,
            RuleBook rules,
            CapacityLedger ledger,
            HoldPolicy holds,
            LapsedHolds lapsedHolds,
            ObjectProvider<UnmetDemand> unmet,
            Clock clock) {
        this.catalogues = catalogues;
        this.rules = rules;
        this.ledger = ledger;
        this.holds = holds;
        this.lapsedHolds = lapsedHolds;
        this.unmet = unmet.getIfAvailable(() -> UnmetDemand.UNHEARD);
        this.clock = clock;
    }

    /** What a hold was given, and until when (exclusive). */
    record Placed(
            TimeRange visit,
            TimeRange busy,
            List<Claim> claims,
            ChosenBy chosenBy,
            Instant expiresAt) {}

    /**
     * @param audience whose rules hold
     * @throws Refused if the visit is against a rule, or its places are taken
     */
    Placed place(Reserve command, Audience audience) {
        var catalogue =
                catalogues
                        .find(command.tenant())
                        .orElseThrow(() -> new Refused(new UnknownTenant(command.tenant())));
        var now = clock.instant();
        var visitRules = rules.of(catalogue, command.wish(), audience);
        var start = command.start();
        var obstacles = SlotEngine.obstacles(visitRules, start, command.end(), now);
        if (!obstacles.isEmpty()) {
            throw new Refused(new NotBookable(obstacles, visitRules.zone()));
        }
        var expiresAt = holds.expiryOf(command.tenant(), now);
        var given = claim(command, visitRules, now, expiresAt);
        given.lapsed().forEach(lapsedHolds::expire);
        var requested = command.wish().requestedResource();
        return new Placed(
                new TimeRange(start, command.end()),
                new TimeRange(visitRules.busyFrom(start), visitRules.busyTo(start)),
                requestedFirst(given.allocation().claims(), requested),
                requested == null ? ChosenBy.SYSTEM : ChosenBy.CUSTOMER,
                expiresAt);
    }

    private CapacityLedger.Given claim(
            Reserve command, VisitRules rules, Instant now, Instant expiresAt) {
        try {
            return ledger.claim(
                    command.tenant(),
                    command.reservation(),
                    rules,
                    command.start(),
                    now,
                    expiresAt);
        } catch (Refused refused) {
            if (refused.reason() instanceof SlotTaken) {
                unmet.taken(command.tenant(), command.wish(), command.start());
            }
            throw refused;
        }
    }

    // A visit may take several named resources, and the customer chooses one of them.
    private static List<Claim> requestedFirst(List<Claim> claims, @Nullable ResourceId requested) {
        if (requested == null) {
            return claims;
        }
        return claims.stream()
                .sorted(Comparator.comparing(claim -> !requested.equals(claim.resource())))
                .toList();
    }
}
