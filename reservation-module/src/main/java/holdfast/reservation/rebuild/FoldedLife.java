package holdfast.reservation.rebuild;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationFold;
import holdfast.reservation.ReservationStatus;
import holdfast.reservation.rebuild.Payload.Span;
import holdfast.reservation.rebuild.StoredEvent.Kind;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A {@link Life} as a row of the register, for whoever asks about one reservation. */
public final class FoldedLife implements ReservationFold {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<ServiceCount>> SERVICES = new TypeReference<>() {};
    private static final TypeReference<List<Claim>> CLAIMS = new TypeReference<>() {};

    private final ReservationId reservation;
    private final Life life;

    public FoldedLife(ReservationId reservation) {
        this.reservation = reservation;
        this.life = new Life(reservation.value());
    }

    @Override
    public void add(String name, @Nullable String revision, byte[] payload) {
        life.add(
                new StoredEvent(
                        reservation.value(),
                        0L,
                        life.events(),
                        Kind.of(name, revision),
                        0,
                        payload));
    }

    @Override
    public Optional<RegisterEntry> state(Instant at) {
        var status = life.status();
        return status == null ? Optional.empty() : Optional.of(state(status, at));
    }

    private RegisterEntry state(ReservationStatus recorded, Instant at) {
        var expiresAt = Micros.instant(life.expiresAt());
        var customer = life.customer();
        boolean lapsed = recorded == ReservationStatus.RESERVED && !at.isBefore(expiresAt);
        return new RegisterEntry(
                TenantId.of(life.tenant()),
                reservation,
                BranchId.of(life.branch()),
                lapsed ? ReservationStatus.EXPIRED : recorded,
                range(life.visit()),
                expiresAt,
                JSON.readValue(life.services(), SERVICES),
                JSON.readValue(life.claims(), CLAIMS),
                ChosenBy.valueOf(life.chosenBy()),
                sealed(life.notes()),
                customer == null ? null : new CustomerId(customer),
                sealed(life.details()));
    }

    private static TimeRange range(Span span) {
        return new TimeRange(Micros.instant(span.from()), Micros.instant(span.to()));
    }

    private static @Nullable Sealed sealed(byte @Nullable [] json) {
        return json == null ? null : JSON.readValue(json, Sealed.class);
    }
}
