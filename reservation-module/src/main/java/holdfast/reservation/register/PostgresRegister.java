package holdfast.reservation.register;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads what {@link RegisterProjection} wrote. */
@Component
class PostgresRegister implements Register {

    private static final TypeReference<List<ServiceCount>> SERVICES = new TypeReference<>() {};
    private static final TypeReference<List<Claim>> CLAIMS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    PostgresRegister(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Optional<RegisterEntry> find(TenantId tenant, ReservationId reservation) {
        return jdbc.sql("select * from reservation where reservation = ? and tenant = ?")
                .params(reservation.value(), tenant.text())
                .query((row, n) -> entry(row))
                .optional();
    }

    @Override
    public Set<ReservationId> openHoldsAmong(Collection<ReservationId> reservations, Instant now) {
        return jdbc.sql(
                        """
                        select reservation from reservation
                        where reservation = any(?::uuid[]) and status = 'RESERVED' and expires_at > ?
                        """)
                .param(reservations.stream().map(ReservationId::toString).toArray(String[]::new))
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new ReservationId(row.getObject(1, UUID.class)))
                .set();
    }

    @Override
    public List<RegisterEntry> appointmentsOf(TenantId tenant, CustomerId customer) {
        return jdbc.sql(
                        """
                        select * from reservation where tenant = ? and customer = ?
                        order by starts_at, reservation
                        """)
                .params(tenant.text(), customer.value())
                .query((row, n) -> entry(row))
                .list();
    }

    @Override
    public List<RegisterEntry> appointmentsAt(TenantId tenant, BranchId branch, TimeRange range) {
        return jdbc.sql(
                        """
                        select * from reservation
                        where tenant = ? and branch = ? and starts_at >= ? and starts_at < ?
                          and customer is not null
                        order by starts_at, reservation
                        """)
                .params(
                        tenant.text(),
                        branch.text(),
                        range.start().atOffset(ZoneOffset.UTC),
                        range.end().atOffset(ZoneOffset.UTC))
                .query((row, n) -> entry(row))
                .list();
    }

    @Override
    public List<RegisterEntry> comingAppointments(TenantId tenant, Instant after) {
        return jdbc.sql(
                        """
                        select * from reservation
                        where tenant = ? and status = 'CONFIRMED' and starts_at > ?
                        order by starts_at, reservation
                        """)
                .params(tenant.text(), after.atOffset(ZoneOffset.UTC))
                .query((row, n) -> entry(row))
                .list();
    }

    private RegisterEntry entry(ResultSet row) throws SQLException {
        var expiresAt = instant(row, "expires_at");
        var status = ReservationStatus.valueOf(row.getString("status"));
        boolean lapsed =
                status == ReservationStatus.RESERVED && !clock.instant().isBefore(expiresAt);
        var customer = row.getObject("customer", UUID.class);
        return new RegisterEntry(
                TenantId.of(row.getString("tenant")),
                new ReservationId(row.getObject("reservation", UUID.class)),
                BranchId.of(row.getString("branch")),
                lapsed ? ReservationStatus.EXPIRED : status,
                new TimeRange(instant(row, "starts_at"), instant(row, "ends_at")),
                expiresAt,
                json.readValue(row.getString("services"), SERVICES),
                json.readValue(row.getString("claims"), CLAIMS),
                ChosenBy.valueOf(row.getString("chosen_by")),
                sealed(row.getString("notes")),
                customer == null ? null : new CustomerId(customer),
                sealed(row.getString("details")));
    }

    private @Nullable Sealed sealed(@Nullable String text) {
        return text == null ? null : json.readValue(text, Sealed.class);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
