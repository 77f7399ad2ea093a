package holdfast.reservation.register;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.scheduling.Audience;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the slot engine of every coming appointment whether other rules would still allow it.
 * Whether it could be booked today is no matter, so notice and horizon are passed over.
 */
@Component
class StrandedAppointments implements Stranding {

    private final Register register;
    private final Clock clock;

    StrandedAppointments(Register register, Clock clock) {
        this.register = register;
        this.clock = clock;
    }

    @Override
    public List<Stranded> strandedBy(Catalogue after) {
        var now = clock.instant();
        var compiled = new HashMap<VisitWish, VisitRules>();
        return register.comingAppointments(after.tenant().id(), now).stream()
                .flatMap(
                        entry ->
                                reason(after, entry, now, compiled)
                                        .map(
                                                reason ->
                                                        new Stranded(
                                                                entry.reservation().toString(),
                                                                reason))
                                        .stream())
                .toList();
    }

    private static Optional<String> reason(
            Catalogue after,
            RegisterEntry entry,
            Instant now,
            Map<VisitWish, VisitRules> compiled) {
        try {
            var wish = new VisitWish(entry.branch(), entry.services(), null);
            var rules =
                    compiled.computeIfAbsent(
                            wish, same -> VisitRules.of(after, same, Audience.STAFF));
            return SlotEngine.obstacles(rules, entry.visit().start(), entry.visit().end(), now)
                    .stream()
                    .map(StrandedAppointments::inWords)
                    .findFirst();
        } catch (Refused refused) {
            return Optional.of(inWords(refused.reason()));
        }
    }

    /** {@code OutsideServiceHours} is "outside service hours". */
    private static String inWords(Object fact) {
        return fact.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
