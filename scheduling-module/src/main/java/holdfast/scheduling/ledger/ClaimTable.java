package holdfast.scheduling.ledger;

import holdfast.catalogue.TenantId;
import holdfast.catalogue.WritesAtCommit;
import holdfast.catalogue.WritesAtCommit.ArrayOf;
import holdfast.scheduling.CapacityLedger.Entry;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The SQL of the ledger, inside the caller's transaction. Each method is one round trip, or none if
 * it leaves its writing to the end.
 *
 * <p>A visit may have several rows, and one that needs two kinds of places has them in two pools,
 * whose claimers do not meet at a lock. So whatever changes rows of visits locks them first, in the
 * order of the primary key: two that come at once take turns, and neither waits for the other.
 */
@Component
class ClaimTable {

    private static final String COLUMNS =
            """
            places, place, capacity, reservation, lower(busy), upper(busy),
            lower(visit), upper(visit), hold_until\
            """;

    // The lock comes first and in a statement of its own: under READ COMMITTED the second one sees
    // what was committed while the first one waited. The driver sends both at once.
    private static final String LOCK_AND_READ =
            """
            select pg_advisory_xact_lock(key) from unnest(?::bigint[]) with ordinality as l(key, n) order by n;
            select %s from claim where tenant = ? and places = any(?) and busy && tstzrange(?, ?)
            """
                    .formatted(COLUMNS);

    private static final int ROWS_AT_ONCE = 2_000;

    private final JdbcTemplate jdbc;
    private final WritesAtCommit writes;

    ClaimTable(JdbcTemplate jdbc, WritesAtCommit writes) {
        this.jdbc = jdbc;
        this.writes = writes;
    }

    /** Everything on the scope's places in its window, read under the scope's locks. */
    List<ClaimRow> lockAndRead(PostgresLedger.Scope scope) {
        return lockAndRead(scope.tenant(), scope.locks(), scope.places(), scope.window());
    }

    private List<ClaimRow> lockAndRead(
            TenantId tenant, List<Long> locks, List<PlacesId> places, TimeRange window) {
        return run(
                LOCK_AND_READ,
                statement -> {
                    statement.setArray(1, bigints(statement, locks));
                    statement.setString(2, tenant.text());
                    statement.setArray(3, texts(statement, places));
                    statement.setObject(4, utc(window.start()));
                    statement.setObject(5, utc(window.end()));
                    statement.execute();
                    statement.getMoreResults();
                    try (var found = statement.getResultSet()) {
                        var rows = new ArrayList<ClaimRow>();
                        while (found.next()) {
                            rows.add(row(found));
                        }
                        return rows;
                    }
                });
    }

    /**
     * Every claim on the places that hangs together with the stretch by overlapping, directly or
     * through others.
     *
     * @param lock gives the locks of a window
     */
    List<ClaimRow> lockAndReadCluster(
            TenantId tenant,
            PlacesId places,
            TimeRange busy,
            Function<TimeRange, List<Long>> lock) {
        var window = busy;
        while (true) {
            var rows = lockAndRead(tenant, lock.apply(window), List.of(places), window);
            var wider = window;
            for (var row : rows) {
                wider = spanning(wider, row.busy());
            }
            if (wider.equals(window)) {
                return rows;
            }
            window = wider;
        }
    }

    /**
     * Takes the places of holds that ended at or before {@code now}.
     *
     * @return those it took; one that was confirmed or extended meanwhile is not among them
     */
    Set<ReservationId> removeEnded(Collection<ReservationId> reservations, Instant now) {
        // A row that changed while its lock was waited for is judged as it is afterwards.
        return Set.copyOf(
                jdbc.query(
                        """
                        with ended as (
                            select reservation, places, place from claim
                            where reservation = any(?) and hold_until <= ?
                            order by reservation, places, place for update
                        ), gone as (
                            delete from claim using ended
                            where (claim.reservation, claim.places, claim.place)
                                = (ended.reservation, ended.places, ended.place)
                            returning claim.reservation
                        ) select distinct reservation from gone
                        """,
                        statement -> {
                            statement.setArray(1, uuids(statement, reservations));
                            statement.setObject(2, utc(now));
                        },
                        (row, n) -> new ReservationId(row.getObject(1, UUID.class))));
    }

    /** The rows of one visit, at the end of the transaction. */
    void insert(TenantId tenant, List<ClaimRow> rows) {
        var first = rows.getFirst(); // the rows of a visit differ in their places only
        writes.addChanging(
                rows.size(),
                """
                insert into claim (tenant, places, place, capacity, reservation, busy, visit, hold_until)
                select ?, places, place, capacity, ?, tstzrange(?, ?), tstzrange(?, ?), ?::timestamptz
                from unnest(?::text[], ?::int[], ?::int[]) as given(places, place, capacity)\
                """,
                tenant.text(),
                first.reservation().value(),
                utc(first.busy().start()),
                utc(first.busy().end()),
                utc(first.visit().start()),
                utc(first.visit().end()),
                first.holdUntil() == null ? null : utc(first.holdUntil()),
                array("text", rows, row -> row.places().text()),
                array("int", rows, ClaimRow::place),
                array("int", rows, ClaimRow::capacity));
    }

    private static ArrayOf array(
            String type, List<ClaimRow> rows, Function<ClaimRow, Object> column) {
        return new ArrayOf(type, rows.stream().map(column).toArray());
    }

    /**
     * Gives rows other places. Rows are updated and never replaced, so that whoever waits to
     * confirm or free one finds it; they pass through negative places, so that no two meet on the
     * way.
     *
     * @param capacity the places there are now
     */
    void renumber(TenantId tenant, PlacesId places, List<Dealing.Move> moves, int capacity) {
        int highest = moves.stream().mapToInt(Dealing.Move::to).max().orElse(0);
        int enough = Math.max(capacity, highest + 1);
        move(tenant, places, moves, enough, Dealing.Move::from, move -> -1 - move.to());
        move(tenant, places, moves, enough, move -> -1 - move.to(), Dealing.Move::to);
    }

    // By place and stretch, which belong to one row only: whose it is may just change.
    private void move(
            TenantId tenant,
            PlacesId places,
            List<Dealing.Move> moves,
            int capacity,
            Function<Dealing.Move, Integer> from,
            Function<Dealing.Move, Integer> to) {
        run(
                """
                update claim set place = moved.target, capacity = greatest(capacity, ?)
                from unnest(?::timestamptz[], ?::timestamptz[], ?::int[], ?::int[])
                    as moved(since, until, source, target)
                where claim.tenant = ? and claim.places = ?
                  and claim.busy = tstzrange(moved.since, moved.until)
                  and claim.place = moved.source
                """,
                statement -> {
                    statement.setInt(1, capacity);
                    statement.setArray(2, instants(statement, moves, move -> move.busy().start()));
                    statement.setArray(3, instants(statement, moves, move -> move.busy().end()));
                    statement.setArray(4, ints(statement, moves.stream().map(from).toList()));
                    statement.setArray(5, ints(statement, moves.stream().map(to).toList()));
                    statement.setString(6, tenant.text());
                    statement.setString(7, places.text());
                    return statement.executeUpdate();
                });
    }

    /** The other end of a hold in force, at the end of the transaction. */
    void setHoldUntil(ReservationId reservation, Instant now, @Nullable Instant holdUntil) {
        lock(reservation);
        writes.addChanging(
                1,
                """
                update claim set hold_until = ?::timestamptz
                where reservation = ? and hold_until > ?\
                """,
                holdUntil == null ? null : utc(holdUntil),
                reservation.value(),
                utc(now));
    }

    /** At the end of the transaction; the places stay, and who has them changes. */
    void handOver(ReservationId hold, ReservationId appointment, Instant now) {
        lock(hold, appointment);
        writes.add("delete from claim where reservation = ?", appointment.value());
        writes.addChanging(
                1,
                """
                update claim set reservation = ?, hold_until = null
                where reservation = ? and hold_until > ?\
                """,
                appointment.value(),
                hold.value(),
                utc(now));
    }

    /** Goes at the end of the transaction. */
    void remove(ReservationId reservation) {
        lock(reservation);
        writes.add("delete from claim where reservation = ?", reservation.value());
    }

    // In a statement of its own: what follows sees a row as it is once its lock was waited for,
    // also one that got another place meanwhile.
    private void lock(ReservationId... reservations) {
        writes.add(
                """
                select 1 from claim where reservation = any(?)
                order by reservation, places, place for update\
                """,
                new ArrayOf(
                        "uuid", Arrays.stream(reservations).map(ReservationId::value).toArray()));
    }

    List<TenantId> tenantsWithEnded(Instant now) {
        return jdbc.query(
                "select distinct tenant from claim where hold_until <= ?",
                (row, n) -> TenantId.of(row.getString(1)),
                utc(now));
    }

    /**
     * Takes the places of ended holds that nobody else is just dealing with, the oldest first. It
     * waits for no lock: of a hold of which somebody has a row it takes none.
     */
    Set<ReservationId> removeEnded(TenantId tenant, Instant now, int most) {
        return Set.copyOf(
                jdbc.query(
                        """
                        with oldest as materialized (
                            select reservation from claim where tenant = ? and hold_until <= ?
                            order by hold_until limit ? for update skip locked
                        ), locked as materialized (
                            select reservation, hold_until from claim
                            where reservation in (select reservation from oldest)
                            for update skip locked
                        ), whole as (
                            select reservation from locked where hold_until <= ?
                            group by reservation
                            having count(*) = (
                                select count(*) from claim where claim.reservation = locked.reservation)
                        ), gone as (
                            delete from claim where reservation in (select reservation from whole)
                            returning reservation
                        ) select distinct reservation from gone
                        """,
                        (row, n) -> new ReservationId(row.getObject(1, UUID.class)),
                        tenant.text(),
                        utc(now),
                        most,
                        utc(now)));
    }

    /** Row by row, if there is a transaction: without one the driver fetches all at once. */
    Stream<Entry> busyFrom(Instant from) {
        return jdbc.queryForStream(
                connection -> {
                    var statement =
                            connection.prepareStatement(
                                    "select tenant, %s from claim where upper(busy) > ?"
                                            .formatted(COLUMNS));
                    statement.setFetchSize(ROWS_AT_ONCE);
                    statement.setObject(1, utc(from));
                    return statement;
                },
                (found, n) -> {
                    var row = row(found, 1);
                    return new Entry(
                            TenantId.of(found.getString(1)),
                            row.places(),
                            row.reservation(),
                            row.busy(),
                            row.visit(),
                            row.holdUntil());
                });
    }

    private static TimeRange spanning(TimeRange one, TimeRange other) {
        return new TimeRange(
                one.start().isBefore(other.start()) ? one.start() : other.start(),
                one.end().isAfter(other.end()) ? one.end() : other.end());
    }

    private static ClaimRow row(ResultSet found) throws SQLException {
        return row(found, 0);
    }

    private static ClaimRow row(ResultSet found, int before) throws SQLException {
        return new ClaimRow(
                PlacesId.of(found.getString(before + 1)),
                found.getInt(before + 2),
                found.getInt(before + 3),
                new ReservationId(found.getObject(before + 4, UUID.class)),
                new TimeRange(instant(found, before + 5), instant(found, before + 6)),
                new TimeRange(instant(found, before + 7), instant(found, before + 8)),
                found.getObject(before + 9) == null ? null : instant(found, before + 9));
    }

    private static Instant instant(ResultSet found, int column) throws SQLException {
        return found.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private interface Statements<T> {
        T in(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Statements<T> statements) {
        return Objects.requireNonNull(
                jdbc.execute(
                        (Connection connection) -> connection.prepareStatement(sql),
                        statements::in));
    }

    private static Array bigints(PreparedStatement statement, List<Long> values)
            throws SQLException {
        return statement.getConnection().createArrayOf("bigint", values.toArray());
    }

    private static Array ints(PreparedStatement statement, List<Integer> values)
            throws SQLException {
        return statement.getConnection().createArrayOf("int", values.toArray());
    }

    private static Array instants(
            PreparedStatement statement,
            List<Dealing.Move> moves,
            Function<Dealing.Move, Instant> instant)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(
                        "timestamptz", moves.stream().map(instant).map(ClaimTable::utc).toArray());
    }

    private static Array texts(PreparedStatement statement, List<PlacesId> values)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("text", values.stream().map(PlacesId::text).toArray());
    }

    private static Array uuids(PreparedStatement statement, Collection<ReservationId> values)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("uuid", values.stream().map(ReservationId::value).toArray());
    }
}
