package holdfast.history;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.ReservationEvent;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.scheduling.Audience;
import holdfast.scheduling.Claim;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What people did in a period that is over, as events in the order in which they happened.
 *
 * <p>Mornings and Mondays are fuller than afternoons and Fridays, summers are quieter; most book
 * some days ahead and a few for the same day; some holds run out, are extended or released; some
 * appointments are cancelled, moved, missed, or never marked. Each place is given for a stretch of
 * time to one reservation at most, ever, so nothing is oversold whatever becomes of them. Nothing
 * is left open. The same arguments give the same events.
 */
public final class PastDemand {

    private static final int PEOPLE = 5_000;
    private static final Duration HOLD = Duration.ofMinutes(15);

    /** Mondays to Sundays, then by hour of the day: how full it is beside the fullest. */
    private static final double[] WEEK = {1.0, 0.85, 0.8, 0.9, 0.6, 0.7, 0.5};

    private static final double[] DAY = {
        0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 0.95, 0.8, 0.5, 0.6, 0.75, 0.8, 0.7, 0.5,
        0.4, 0.3, 0.2, 0.2, 0.1, 0.1
    };

    private static final double[] YEAR = {
        1.0, 0.95, 1.0, 0.95, 0.9, 0.85, 0.7, 0.65, 0.95, 1.0, 0.95, 0.6
    };

    /** Something that happened, and when. */
    public record Happened(Instant at, ReservationEvent event) {}

    private final Catalogue catalogue;
    private final Random random;
    private final double fullness;
    private final List<Happened> events = new ArrayList<>();
    private final Map<VisitWish, VisitRules> rules = new HashMap<>();

    private PastDemand(Catalogue catalogue, long seed, double fullness) {
        this.catalogue = catalogue;
        this.random = new Random(seed);
        this.fullness = fullness;
    }

    /**
     * @param from the first day of visits
     * @param days how many days of visits
     * @param fullness which part of the places is taken at the fullest hour; 0 to 1
     */
    public static List<Happened> of(
            Catalogue catalogue, long seed, LocalDate from, int days, double fullness) {
        var demand = new PastDemand(catalogue, seed, fullness);
        for (var pool : catalogue.document().resourcePools()) {
            demand.addVisitsOf(pool, from, days);
        }
        demand.events.sort(
                Comparator.comparing(Happened::at)
                        .thenComparing(happened -> happened.event().reservation().value()));
        return demand.events;
    }

    /** One place, as a claim names it. */
    private record Place(PlacesId places, @Nullable ResourceId resource, int capacity) {}

    private void addVisitsOf(ResourcePool pool, LocalDate from, int days) {
        var services =
                catalogue.services().stream()
                        .filter(service -> service.resourceTypes().size() == 1)
                        .filter(
                                service ->
                                        catalogue
                                                .offer(service.id(), pool.branch())
                                                .filter(o -> o.resourcePools().contains(pool.id()))
                                                .isPresent())
                        .map(service -> service.id())
                        .toList();
        if (services.isEmpty()) {
            return;
        }
        for (var place : places(pool)) {
            for (var day = from; day.isBefore(from.plusDays(days)); day = day.plusDays(1)) {
                var service = services.get(random.nextInt(services.size()));
                fill(pool, place, service, day);
            }
        }
    }

    private static List<Place> places(ResourcePool pool) {
        var places = new ArrayList<Place>();
        var capacity = pool.capacity();
        if (capacity != null) {
            for (int place = 0; place < capacity; place++) {
                places.add(new Place(PlacesId.of(pool.id()), null, capacity));
            }
        }
        pool.resources()
                .forEach(
                        one ->
                                places.add(
                                        new Place(PlacesId.of(one.id()), one.id(), one.places())));
        return places;
    }

    /** One place serves one service on a day, back to back, as far as people come. */
    private void fill(ResourcePool pool, Place place, ServiceId service, LocalDate day) {
        var visit =
                rules.computeIfAbsent(
                        new VisitWish(pool.branch(), List.of(new ServiceCount(service, 1)), null),
                        wish -> VisitRules.of(catalogue, wish, Audience.STAFF));
        var before = day.minusDays(1).atStartOfDay(visit.zone()).toInstant();
        var free = Instant.MIN;
        @Nullable Slot unused = null;
        for (var slot : SlotEngine.freeSlots(visit, Occupancy.NONE, before, day, day)) {
            if (visit.busyFrom(slot.start()).isBefore(free)) {
                continue;
            }
            free = visit.busyTo(slot.start());
            var here = new Slot(pool.branch(), pool.id(), service, place, visit, slot);
            var local = slot.start().atZone(visit.zone());
            double full =
                    fullness
                            * WEEK[local.getDayOfWeek().getValue() - 1]
                            * DAY[local.getHour()]
                            * YEAR[local.getMonthValue() - 1];
            if (random.nextDouble() < full) {
                live(here, unused);
                unused = null;
            } else {
                unused = here;
            }
        }
    }

    private record Slot(
            BranchId branch,
            PoolId pool,
            ServiceId service,
            Place place,
            VisitRules rules,
            FreeSlot free) {

        TimeRange visit() {
            return new TimeRange(free.start(), free.end());
        }

        TimeRange busy() {
            return new TimeRange(rules.busyFrom(free.start()), rules.busyTo(free.start()));
        }

        List<Claim> claims() {
            return List.of(new Claim(place.places(), pool, place.resource(), 1, place.capacity()));
        }
    }

    /**
     * @param another a slot of the same service that nobody took; null: none
     */
    private void live(Slot slot, @Nullable Slot another) {
        var start = slot.free().start();
        // most within two weeks, and never for a visit that is about to begin
        long lead = 120 + (long) (-Math.log(1 - random.nextDouble()) * 9 * 24 * 60);
        var heldAt =
                start.minus(Duration.ofMinutes(Math.min(lead, 56 * 24 * 60)))
                        .minusSeconds(random.nextInt(60))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plusNanos(random.nextInt(1_000_000) * 1_000L);
        var id = id(heldAt);
        var chosen = slot.place().resource() != null && random.nextInt(3) == 0;
        reserved(id, slot, heldAt, chosen ? ChosenBy.CUSTOMER : ChosenBy.SYSTEM);
        var expiresAt = heldAt.plus(HOLD);
        var decided = heldAt.plusSeconds(20 + random.nextInt(800));
        if (random.nextInt(20) == 0) {
            expiresAt = decided.plus(HOLD);
            add(decided, new HoldExtended(tenant(), id, slot.branch(), expiresAt));
            decided = decided.plusSeconds(20 + random.nextInt(800));
        }
        int fate = random.nextInt(100);
        if (fate < 12) {
            var noticed = expiresAt.plusMillis(random.nextInt(400));
            add(noticed, new Expired(tenant(), id, slot.branch(), expiresAt));
        } else if (fate < 18) {
            add(decided, new Released(tenant(), id, slot.branch()));
        } else {
            add(decided, confirmed(id, slot));
            comes(id, slot, decided, another);
        }
    }

    private void comes(ReservationId id, Slot slot, Instant confirmedAt, @Nullable Slot another) {
        var when = slot;
        var start = slot.free().start();
        int fate = random.nextInt(100);
        // what people change they change half an hour before the visit at the latest
        long minutes = Duration.between(confirmedAt, start).toMinutes() - 30;
        var changedAt =
                confirmedAt.plusSeconds(
                        60 + 60L * random.nextInt((int) Math.max(1, Math.min(minutes, 80_000))));
        boolean canMove =
                another != null
                        && minutes > 30
                        && another.free().start().isAfter(changedAt.plus(HOLD));
        if (fate < 9) {
            add(changedAt, new Cancelled(tenant(), id, slot.branch(), null, changedAt));
            return;
        }
        if (fate < 14 && canMove && another != null) {
            var hold = id(changedAt.minusSeconds(50));
            reserved(hold, another, changedAt.minusSeconds(50), ChosenBy.SYSTEM);
            add(changedAt, new HandedOver(tenant(), hold, another.branch(), id));
            add(
                    changedAt.plusNanos(1_000),
                    new Rescheduled(
                            tenant(),
                            id,
                            another.branch(),
                            services(another),
                            another.visit(),
                            another.busy(),
                            another.claims(),
                            ChosenBy.SYSTEM,
                            hold,
                            changedAt));
            when = another;
        }
        visits(id, when);
    }

    private void visits(ReservationId id, Slot slot) {
        int fate = random.nextInt(100);
        var start = slot.free().start();
        if (fate < 7) {
            add(start.plusSeconds(900), new Missed(tenant(), id, slot.branch()));
        } else if (fate < 85) {
            add(start.minusSeconds(random.nextInt(600)), new Arrived(tenant(), id, slot.branch()));
            if (fate < 70) {
                add(slot.free().end(), new Completed(tenant(), id, slot.branch()));
            }
        }
    }

    private void reserved(ReservationId id, Slot slot, Instant at, ChosenBy chosenBy) {
        add(
                at,
                new Reserved(
                        tenant(),
                        id,
                        slot.branch(),
                        services(slot),
                        slot.visit(),
                        slot.busy(),
                        slot.claims(),
                        chosenBy,
                        null,
                        at.plus(HOLD)));
    }

    private static List<ServiceCount> services(Slot slot) {
        return List.of(new ServiceCount(slot.service(), 1));
    }

    /** Sealed under a key that nobody has: nobody ever was this person. */
    private Confirmed confirmed(ReservationId id, Slot slot) {
        int person = random.nextInt(PEOPLE);
        var customer = new UUID(0x0000_0000_0000_7000L, Long.MIN_VALUE | person);
        return new Confirmed(
                tenant(),
                id,
                slot.branch(),
                CustomerId.of(customer.toString()),
                new Sealed(customer.toString(), "c2VhbGVkLXVuZGVyLWEta2V5LXRoYXQtbm9ib2R5LWhhcw"),
                "of-nobody");
    }

    private TenantId tenant() {
        return catalogue.tenant().id();
    }

    private void add(Instant at, ReservationEvent event) {
        events.add(new Happened(at.truncatedTo(ChronoUnit.MICROS), event));
    }

    private ReservationId id(Instant at) {
        long version = at.toEpochMilli() << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
        long variant = Long.MIN_VALUE | (random.nextLong() >>> 2);
        return ReservationId.of(new UUID(version, variant).toString());
    }
}
