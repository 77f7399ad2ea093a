package holdfast.reservation.register;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.scheduling.Audience;
import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
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
import java.util.stream.Stream;

/**
 * Asks the slot engine of every coming appointment whether other rules would still allow it where
 * it is. Whether it could be booked today is no matter, so notice and horizon are passed over.
 * Where there are fewer places than appointments, those that were made first keep theirs.
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
        var coming = register.comingAppointments(after.tenant().id(), clock.instant());
        var picture = new Picture(after, clock.instant());
        var stranded = new HashMap<ReservationId, Stranded>();
        coming.stream()
                .sorted(comparing(entry -> entry.reservation().value())) // ids grow with time
                .forEach(
                        entry ->
                                picture.reason(entry)
                                        .map(
                                                reason ->
                                                        new Stranded(
                                                                entry.reservation().toString(),
                                                                reason))
                                        .ifPresent(one -> stranded.put(entry.reservation(), one)));
        return coming.stream()
                .flatMap(entry -> Stream.ofNullable(stranded.get(entry.reservation())))
                .toList();
    }

    /** The other rules, and who keeps a place under them. */
    private static final class Picture implements Occupancy {

        private final Catalogue catalogue;
        private final Instant now;
        private final Map<VisitWish, VisitRules> compiled = new HashMap<>();
        private final Map<PlacesId, BusyTimes> kept = new HashMap<>();

        Picture(Catalogue catalogue, Instant now) {
            this.catalogue = catalogue;
            this.now = now;
        }

        @Override
        public BusyTimes of(PlacesId places) {
            return kept.getOrDefault(places, BusyTimes.NONE);
        }

        Optional<String> reason(RegisterEntry entry) {
            VisitRules rules;
            try {
                rules = rulesOf(new VisitWish(entry.branch(), entry.services(), null));
            } catch (Refused refused) {
                return Optional.of(inWords(refused.reason()));
            }
            var start = entry.visit().start();
            var obstacles =
                    SlotEngine.obstaclesToKeeping(
                            rules, entry.claims(), this, start, entry.visit().end(), now);
            if (obstacles.isEmpty()) {
                keep(entry, rules.busyFrom(start), rules.busyTo(start));
                return Optional.empty();
            }
            return Optional.of(
                    obstacles.stream()
                            .map(StrandedAppointments::inWords)
                            .distinct()
                            .collect(joining(", ")));
        }

        private VisitRules rulesOf(VisitWish wish) {
            return compiled.computeIfAbsent(
                    wish, same -> VisitRules.of(catalogue, same, Audience.STAFF));
        }

        private void keep(RegisterEntry entry, Instant busyFrom, Instant busyTo) {
            for (var claim : entry.claims()) {
                var busy =
                        new Busy(
                                entry.reservation(),
                                claim.units(),
                                busyFrom,
                                busyTo,
                                entry.visit().start(),
                                entry.visit().end(),
                                null);
                kept.merge(
                        claim.places(),
                        BusyTimes.of(List.of(busy)),
                        (others, mine) -> others.with(busy));
            }
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
