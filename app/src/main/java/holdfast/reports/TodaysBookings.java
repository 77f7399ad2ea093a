package holdfast.reports;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What is booked and visited today, as of now; nobody is named in it. Today is that of each branch.
 */
@Component
public class TodaysBookings {

    /** Days begin at other instants elsewhere; this finds rows by their index. */
    private static final String TODAY =
            """
            tenant = :tenant and valid_to = :current and confirmed_at is not null
              and status <> 'CANCELLED' and (:branch::text is null or branch = :branch)
              and %1$s between (:now::timestamptz at time zone 'UTC')::date - 1
                and (:now::timestamptz at time zone 'UTC')::date + 1
              and %1$s = (:now::timestamptz at time zone zone)::date
            """;

    private final FollowedTables tables;
    private final JdbcClient sql;

    TodaysBookings(FollowedTables tables, JdbcClient sql) {
        this.tables = tables;
        this.sql = sql;
    }

    /**
     * The day so far.
     *
     * @param branches those where something was booked or is visited today, by id
     * @param latest the newest first
     */
    public record Today(List<OfBranch> branches, List<Booking> latest) {}

    /**
     * The day of one branch.
     *
     * @param booked appointments made today, whenever the visit is
     * @param visits appointments whose visit is today
     * @param attended those of {@code visits} whose customer came
     * @param missed those of {@code visits} that nobody came to
     */
    public record OfBranch(BranchId branch, long booked, long visits, long attended, long missed) {}

    /**
     * An appointment that was made today.
     *
     * @param service the first of the visit's services
     * @param visit when it begins
     */
    public record Booking(Instant at, BranchId branch, ServiceId service, Instant visit) {}

    /**
     * Cancelled appointments do not count.
     *
     * @param branch null: all
     * @param most how many of the latest bookings
     */
    public Today of(TenantId tenant, @Nullable BranchId branch, Instant now, int most) {
        tables.catchUp(ReservationFacts.NAME);
        var branches =
                ask(
                                """
                                select branch, sum(booked) as booked, sum(visits) as visits,
                                       sum(attended) as attended, sum(missed) as missed
                                from (
                                    select branch, 1 as booked, 0 as visits, 0 as attended,
                                           0 as missed
                                    from reservation_fact where %s
                                    union all
                                    select branch, 0, 1,
                                           (status in ('ARRIVED', 'COMPLETED'))::int,
                                           (status = 'NO_SHOW')::int
                                    from reservation_fact where %s
                                ) each
                                group by branch order by branch
                                """
                                        .formatted(
                                                TODAY.formatted("confirmed_day"),
                                                TODAY.formatted("visit_day")),
                                tenant,
                                branch,
                                now)
                        .query((row, _) -> ofBranch(row))
                        .list();
        var latest =
                ask(
                                """
                                select confirmed_at, branch, service, visit_from
                                from reservation_fact where %s
                                order by confirmed_at desc, reservation limit :most
                                """
                                        .formatted(TODAY.formatted("confirmed_day")),
                                tenant,
                                branch,
                                now)
                        .param("most", most)
                        .query((row, _) -> booking(row))
                        .list();
        return new Today(branches, latest);
    }

    private JdbcClient.StatementSpec ask(
            String question, TenantId tenant, @Nullable BranchId branch, Instant now) {
        return sql.sql(question)
                .param("tenant", tenant.text())
                .param("current", Long.MAX_VALUE)
                .param("branch", branch == null ? null : branch.text(), Types.VARCHAR)
                .param("now", now.atOffset(ZoneOffset.UTC));
    }

    private static OfBranch ofBranch(ResultSet row) throws SQLException {
        return new OfBranch(
                BranchId.of(row.getString("branch")),
                row.getLong("booked"),
                row.getLong("visits"),
                row.getLong("attended"),
                row.getLong("missed"));
    }

    private static Booking booking(ResultSet row) throws SQLException {
        return new Booking(
                row.getObject("confirmed_at", OffsetDateTime.class).toInstant(),
                BranchId.of(row.getString("branch")),
                ServiceId.of(row.getString("service")),
                row.getObject("visit_from", OffsetDateTime.class).toInstant());
    }
}
