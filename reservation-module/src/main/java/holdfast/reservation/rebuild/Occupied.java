package holdfast.reservation.rebuild;

import holdfast.reservation.OversellProof.PeakUse;
import holdfast.reservation.rebuild.Payload.Span;
import holdfast.reservation.rebuild.StoredEvent.Kind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Reads the log in the order in which it happened and sees that no place was ever given twice: at
 * no instant of a visit are more places taken than there were when it was reserved, and there were
 * as many as the catalogue had once said.
 *
 * <p>A claim counts from its {@code Reserved} to the event that ends it, recorded or not ended by
 * the clock: whoever takes over an ended hold's places records its end first. Visits that are long
 * over are forgotten.
 */
final class Occupied {

    static final String EVENTS =
            """
            select aggregate_identifier, payload_type, payload_revision, time_stamp, payload
            from domain_event_entry
            where payload_type in ('reservation.Reserved', 'reservation.Expired',
                                   'reservation.Released', 'reservation.Cancelled',
                                   'reservation.HandedOver', 'reservation.Rescheduled',
                                   'catalogue.ResourcePoolDefined')
            order by global_index
            """;

    private static final String POOL_DEFINED = "catalogue.ResourcePoolDefined";
    private static final JsonMapper JSON = new JsonMapper();
    private static final long FORGOTTEN_AFTER = Duration.ofDays(1).toNanos() / 1_000;

    private static final int FORGET_AT_LEAST = 10_000;

    private record Event(
            String stream,
            String name,
            @Nullable String revision,
            long recordedAt,
            byte[] payload) {}

    private record Places(String tenant, String id) {}

    private record Key(long from, UUID reservation) {
        static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::from).thenComparing(Key::reservation);
    }

    private record Use(Span busy, int units) {}

    /** The claims on one pool or resource, by their starts. */
    private static final class Uses {

        private final TreeMap<Key, Use> byStart = new TreeMap<>(Key.ORDER);
        private long longest;

        void add(UUID reservation, Use use) {
            byStart.put(new Key(use.busy().from(), reservation), use);
            longest = Math.max(longest, use.busy().to() - use.busy().from());
        }

        void remove(UUID reservation, Span busy) {
            byStart.remove(new Key(busy.from(), reservation));
        }

        void forgetBefore(long instant) {
            while (!byStart.isEmpty() && byStart.firstEntry().getValue().busy().to() < instant) {
                byStart.pollFirstEntry();
            }
        }

        /** How many places are taken at the worst instant of the span, and when that is. */
        Peak peak(Span span) {
            List<Use> meeting = new ArrayList<>();
            for (var use :
                    byStart.subMap(
                                    new Key(span.from() - longest, new UUID(0, 0)),
                                    new Key(span.to(), new UUID(0, 0)))
                            .values()) {
                if (use.busy().meets(span)) {
                    meeting.add(use);
                }
            }
            var peak = new Peak(0, span.from());
            for (var at : meeting) {
                long instant = Math.max(at.busy().from(), span.from());
                int taken = 0;
                for (var use : meeting) {
                    if (use.busy().from() <= instant && instant < use.busy().to()) {
                        taken += use.units();
                    }
                }
                if (taken > peak.taken()) {
                    peak = new Peak(taken, instant);
                }
            }
            return peak;
        }
    }

    /**
     * @param at in microseconds of the epoch
     */
    private record Peak(int taken, long at) {}

    /** A reservation that is neither ended nor long over. */
    private record Standing(Span busy, List<Places> places) {}

    private final Differences differences;
    private final @Nullable String only;
    private final Map<Places, Uses> uses = new HashMap<>();
    private final Map<Places, Set<Integer>> capacities = new HashMap<>();
    private final Map<Places, Integer> inForce = new HashMap<>();
    private final Map<Places, PeakUse> peaks = new HashMap<>();
    private final Map<UUID, Standing> standing = new HashMap<>();
    private int forgetAt = FORGET_AT_LEAST;

    Occupied(Differences differences) {
        this(differences, null);
    }

    /**
     * @param only the tenant that is looked at; null: all
     */
    Occupied(Differences differences, @Nullable String only) {
        this.differences = differences;
        this.only = only;
    }

    /**
     * @param read hears how many events were read
     */
    void check(Connection connection, LongConsumer read) throws SQLException {
        long count = 0;
        try (var events = new Cursor<>(connection, EVENTS, Occupied::event)) {
            while (events.peek() != null) {
                take(events.take());
                read.accept(++count);
            }
        }
    }

    private void take(Event event) {
        if (event.name().equals(POOL_DEFINED)) {
            define(JSON.readTree(event.payload()));
            return;
        }
        var reservation = UUID.fromString(event.stream());
        end(reservation); // whatever it is, what was taken before is not any more
        var kind = Kind.of(event.name(), event.revision());
        if (kind == Kind.RESERVED || kind == Kind.RESCHEDULED) {
            reserve(reservation, Payload.of(event.payload()), event.recordedAt());
        }
    }

    private void define(JsonNode event) {
        var tenant = event.path("tenant").asString();
        var pool = event.path("pool");
        if (pool.path("capacity").isNumber()) {
            allow(tenant, pool.path("id").asString(), pool.path("capacity").asInt());
        }
        for (var period : pool.path("temporaryCapacities")) {
            allow(tenant, pool.path("id").asString(), period.path("capacity").asInt());
        }
        for (var resource : pool.path("resources")) {
            allow(tenant, resource.path("id").asString(), resource.path("capacity").asInt(1));
        }
    }

    private void allow(String tenant, String places, int capacity) {
        capacities
                .computeIfAbsent(new Places(tenant, places), key -> new HashSet<>())
                .add(capacity);
        inForce.put(new Places(tenant, places), capacity);
    }

    private void reserve(UUID reservation, Payload reserved, long now) {
        if (only != null && !only.equals(reserved.tenant)) {
            return;
        }
        var taken = new ArrayList<Places>();
        for (var claimed : Payload.claimed(reserved.claims)) {
            var places = new Places(reserved.tenant, claimed.places());
            var mine = uses.computeIfAbsent(places, key -> new Uses());
            mine.forgetBefore(now - FORGOTTEN_AFTER);
            mine.add(reservation, new Use(reserved.busy, claimed.units()));
            taken.add(places);
            var peak = mine.peak(reserved.busy);
            if (peak.taken() > claimed.capacity()) {
                differences.add(
                        reservation,
                        "given twice",
                        "%d of %d places of %s are taken within %s"
                                .formatted(
                                        peak.taken(),
                                        claimed.capacity(),
                                        claimed.places(),
                                        reserved.busy));
            }
            note(places, peak, claimed.capacity());
            if (!capacities.getOrDefault(places, Set.of()).contains(claimed.capacity())) {
                differences.add(
                        reservation,
                        "capacity",
                        "%s never had %d places".formatted(claimed.places(), claimed.capacity()));
            }
        }
        standing.put(reservation, new Standing(reserved.busy, taken));
        if (standing.size() > forgetAt) {
            standing.values().removeIf(each -> each.busy().to() < now - FORGOTTEN_AFTER);
            forgetAt = 2 * standing.size() + FORGET_AT_LEAST;
        }
    }

    private void note(Places places, Peak peak, int claimedOf) {
        var highest = peaks.get(places);
        if (highest == null || peak.taken() > highest.peak()) {
            peaks.put(
                    places,
                    new PeakUse(
                            places.tenant(),
                            places.id(),
                            inForce.getOrDefault(places, claimedOf),
                            peak.taken(),
                            Micros.instant(peak.at())));
        }
    }

    /** Of all pools and resources that were ever claimed, by tenant and id. */
    List<PeakUse> peaks() {
        return peaks.values().stream()
                .sorted(Comparator.comparing(PeakUse::tenant).thenComparing(PeakUse::places))
                .toList();
    }

    private void end(UUID reservation) {
        var ended = standing.remove(reservation);
        if (ended != null) {
            for (var places : ended.places()) {
                uses.getOrDefault(places, new Uses()).remove(reservation, ended.busy());
            }
        }
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Cursor.micros(row, 4),
                row.getBytes(5));
    }
}
