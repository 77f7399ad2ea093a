package holdfast.scheduling.ledger;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.Allocation;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Claim;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitRules;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Claims under a lock per pool and day, so that counting, choosing and writing see no rival.
 *
 * <p>Locks are advisory, taken in ascending order and held until the transaction ends. Confirming,
 * handing over and giving back take none: they change no place, and a row lock settles their race
 * with a claimer that finds the hold lapsed.
 */
@Component
class PostgresLedger implements CapacityLedger {

    private final ClaimTable table;

    PostgresLedger(ClaimTable table) {
        this.table = table;
    }

    @Override
    public Given claim(
            TenantId tenant,
            ReservationId reservation,
            VisitRules rules,
            Instant start,
            Instant now,
            Instant holdUntil) {
        var busy = new TimeRange(rules.busyFrom(start), rules.busyTo(start));
        var visit = new TimeRange(start, start.plus(rules.length()));
        var scope = Scope.of(tenant, rules, busy, start);

        Set<ReservationId> lapsed = new HashSet<>();
        List<ClaimRow> rows = table.lockAndRead(scope);
        var inTheWay = endedIn(rows, busy, now);
        while (!inTheWay.isEmpty()) {
            lapsed.addAll(table.removeEnded(inTheWay, now));
            // one that was confirmed or extended meanwhile is still there, and counts
            rows = table.lockAndRead(scope);
            inTheWay = endedIn(rows, busy, now);
        }

        var occupied = occupancyOf(rows);
        var allocation =
                SlotEngine.allocate(
                                rules,
                                places -> occupied.getOrDefault(places, BusyTimes.NONE),
                                start,
                                now)
                        .orElseThrow(() -> new Refused(new SlotTaken(List.of(), rules.zone())));
        write(tenant, reservation, allocation, rows, busy, visit, holdUntil, rules.zone());
        return new Given(allocation, lapsed);
    }

    private void write(
            TenantId tenant,
            ReservationId reservation,
            Allocation allocation,
            List<ClaimRow> rows,
            TimeRange busy,
            TimeRange visit,
            Instant holdUntil,
            ZoneId zone) {
        var written = new ArrayList<ClaimRow>();
        for (Claim claim : allocation.claims()) {
            var places = free(claim, rows, busy);
            if (places.size() < claim.units()) {
                places = dealAnew(tenant, claim, busy, zone);
            }
            for (int place : places.subList(0, claim.units())) {
                written.add(
                        new ClaimRow(
                                claim.places(),
                                place,
                                claim.capacity(),
                                reservation,
                                busy,
                                visit,
                                holdUntil));
            }
        }
        table.insert(tenant, written);
    }

    /** The places of a claim that nobody has at any instant of the stretch, lowest first. */
    private static List<Integer> free(Claim claim, List<ClaimRow> rows, TimeRange busy) {
        var taken =
                rows.stream()
                        .filter(row -> row.places().equals(claim.places()))
                        .filter(row -> row.meets(busy))
                        .map(ClaimRow::place)
                        .collect(toSet());
        var free = new ArrayList<Integer>();
        for (int place = 0; place < claim.capacity() && free.size() < claim.units(); place++) {
            if (!taken.contains(place)) {
                free.add(place);
            }
        }
        return free;
    }

    /**
     * Deals the places of everything that hangs together with the stretch anew, so that the count
     * alone decides and not how bookings happen to lie.
     */
    private List<Integer> dealAnew(TenantId tenant, Claim claim, TimeRange busy, ZoneId zone) {
        var cluster =
                table.lockAndReadCluster(
                        tenant,
                        claim.places(),
                        busy,
                        window -> Scope.locks(tenant, claim.pool(), window, zone).toList());
        var dealt = Dealing.of(cluster, claim, busy);
        table.renumber(tenant, claim.places(), dealt.moves(), claim.capacity());
        return dealt.placesOfClaim();
    }

    private static Set<ReservationId> endedIn(List<ClaimRow> rows, TimeRange busy, Instant now) {
        return rows.stream()
                .filter(row -> row.meets(busy))
                .filter(row -> row.holdUntil() != null && !now.isBefore(row.holdUntil()))
                .map(ClaimRow::reservation)
                .collect(toSet());
    }

    private static Map<PlacesId, BusyTimes> occupancyOf(List<ClaimRow> rows) {
        var occupied = new HashMap<PlacesId, BusyTimes>();
        rows.stream()
                .collect(groupingBy(ClaimRow::places, groupingBy(ClaimRow::reservation)))
                .forEach(
                        (places, holders) ->
                                occupied.put(
                                        places,
                                        BusyTimes.of(
                                                holders.values().stream()
                                                        .map(
                                                                mine ->
                                                                        mine.getFirst()
                                                                                .asBusy(
                                                                                        mine
                                                                                                .size()))
                                                        .toList())));
        return occupied;
    }

    @Override
    public void keep(ReservationId reservation, Instant now) {
        table.setHoldUntil(reservation, now, null);
    }

    @Override
    public void prolong(ReservationId reservation, Instant now, Instant holdUntil) {
        table.setHoldUntil(reservation, now, holdUntil);
    }

    @Override
    public void handOver(ReservationId hold, ReservationId appointment, Instant now) {
        table.handOver(hold, appointment, now);
    }

    @Override
    public void giveBack(ReservationId reservation) {
        table.remove(reservation);
    }

    @Override
    public List<TenantId> tenantsWithEndedHolds(Instant now) {
        return table.tenantsWithEnded(now);
    }

    @Override
    public Set<ReservationId> giveBackEnded(TenantId tenant, Instant now, int most) {
        return table.removeEnded(tenant, now, most);
    }

    @Override
    public Stream<Entry> busyFrom(Instant from) {
        return table.busyFrom(from);
    }

    /**
     * What a claim must see and keep others from changing.
     *
     * @param window the busy stretch; where named resources serve, the whole local day of the start
     *     besides, for the choice of the least booked one
     */
    record Scope(TenantId tenant, List<PlacesId> places, List<Long> locks, TimeRange window) {

        static Scope of(TenantId tenant, VisitRules rules, TimeRange busy, Instant start) {
            var candidates = rules.candidates();
            boolean choosesByTheDay =
                    candidates.stream().anyMatch(candidate -> candidate.resource() != null);
            var window = choosesByTheDay ? withDayOf(start, busy, rules.zone()) : busy;
            return new Scope(
                    tenant,
                    candidates.stream().map(candidate -> candidate.places()).distinct().toList(),
                    candidates.stream()
                            .map(candidate -> candidate.pool())
                            .distinct()
                            .flatMap(pool -> locks(tenant, pool, window, rules.zone()))
                            .sorted()
                            .toList(),
                    window);
        }

        private static TimeRange withDayOf(Instant start, TimeRange busy, ZoneId zone) {
            LocalDate day = start.atZone(zone).toLocalDate();
            Instant dayStart = day.atStartOfDay(zone).toInstant();
            Instant dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant();
            return new TimeRange(
                    busy.start().isBefore(dayStart) ? busy.start() : dayStart,
                    busy.end().isAfter(dayEnd) ? busy.end() : dayEnd);
        }

        // Days are the branch's own: every claim on a pool counts them alike. Two pools that hash
        // alike share a lock, which costs a wait and nothing else.
        static Stream<Long> locks(TenantId tenant, PoolId pool, TimeRange window, ZoneId zone) {
            long seed = 31L * tenant.text().hashCode() + pool.text().hashCode();
            long first = epochDay(window.start(), zone);
            long last = epochDay(window.end().minusNanos(1), zone);
            return LongStream.rangeClosed(first, last).mapToObj(day -> (seed << 20) ^ day);
        }

        private static long epochDay(Instant instant, ZoneId zone) {
            return instant.atZone(zone).toLocalDate().toEpochDay();
        }
    }
}
