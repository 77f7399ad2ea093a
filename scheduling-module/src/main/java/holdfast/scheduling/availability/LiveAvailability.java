package holdfast.scheduling.availability;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Claim;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every tenant's busy time, in memory, and the questions asked of it. */
@Component
class LiveAvailability implements SlotAvailability {

    private final Map<TenantId, TenantBusy> tenants = new ConcurrentHashMap<>();
    private final RuleBook rules;
    private final Clock clock;

    LiveAvailability(RuleBook rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public List<TimeRange> nearest(Catalogue catalogue, VisitWish wish, Instant around, int most) {
        return SlotEngine.nearest(
                rules.of(catalogue, wish, Audience.PUBLIC),
                busyOf(catalogue.tenant().id()),
                clock.instant(),
                around,
                most);
    }

    @Override
    public Occupancy occupancy(TenantId tenant) {
        var busy = tenants.get(tenant);
        return busy == null ? Occupancy.NONE : busy;
    }

    @Override
    public void load(Stream<CapacityLedger.Entry> entries) {
        entries.forEach(entry -> busyOf(entry.tenant()).load(entry));
        tenants.values().forEach(TenantBusy::showLoaded);
    }

    @Override
    public void taken(
            TenantId tenant,
            ReservationId reservation,
            long sequence,
            List<Claim> claims,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil) {
        busyOf(tenant).take(reservation, sequence, claims, busy, visit, holdUntil, clock.instant());
    }

    @Override
    public void kept(
            TenantId tenant, ReservationId reservation, long sequence, @Nullable Instant until) {
        busyOf(tenant).keep(reservation, sequence, until);
    }

    @Override
    public void freed(TenantId tenant, ReservationId reservation, long sequence) {
        busyOf(tenant).free(reservation, sequence);
    }

    private TenantBusy busyOf(TenantId tenant) {
        return tenants.computeIfAbsent(tenant, unseen -> new TenantBusy());
    }
}
