package holdfast.reports;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Counts what is asked for. Whatever was committed before the question is counted. */
@Component
public class Reports {

    private final FollowedTables tables;
    private final UnmetCounters unmet;
    private final NamedParameterJdbcTemplate sql;
    private final TransactionTemplate transaction;

    Reports(
            FollowedTables tables,
            UnmetCounters unmet,
            NamedParameterJdbcTemplate sql,
            PlatformTransactionManager transactions) {
        this.tables = tables;
        this.unmet = unmet;
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What is counted, and for what each row stands.
     *
     * @param from local date, inclusive
     * @param to local date, inclusive
     * @param branch null: all
     * @param service null: all
     */
    public record Question(
            TenantId tenant,
            LocalDate from,
            LocalDate to,
            @Nullable BranchId branch,
            @Nullable ServiceId service,
            Grouping grouping) {}

    /**
     * Counts a report.
     *
     * @param asOf null: as they are known now
     */
    public Figures count(Report report, Question question, @Nullable Moment asOf) {
        unmet.write();
        long known =
                Math.min(
                        tables.catchUp(ReservationFacts.NAME), tables.catchUp(OfferedMinutes.NAME));
        long position = asOf == null ? known : Math.min(known, positionOf(asOf));
        var rows =
                transaction.execute(
                        _ -> {
                            sql.queryForObject(
                                    "select set_config('holdfast.as_of', :position, true)",
                                    new MapSqlParameterSource("position", Long.toString(position)),
                                    String.class);
                            return sql.query(
                                    report.query(question.grouping(), asOf != null),
                                    parameters(question),
                                    (row, _) -> row(row, report));
                        });
        return new Figures(
                report.text(),
                question.from(),
                question.to(),
                question.grouping().text(),
                position,
                Objects.requireNonNull(rows));
    }

    /** The position of the last event that was recorded up to then. */
    private long positionOf(Moment asOf) {
        var position = asOf.position();
        var instant = asOf.instant();
        if (position != null || instant == null) {
            return position == null ? 0 : position;
        }
        return sql
                .queryForList(
                        """
                        select global_index from domain_event_entry where time_stamp <= :instant
                        order by global_index desc limit 1
                        """,
                        new MapSqlParameterSource("instant", instant.atOffset(ZoneOffset.UTC)),
                        Long.class)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static MapSqlParameterSource parameters(Question question) {
        var branch = question.branch();
        var service = question.service();
        return new MapSqlParameterSource()
                .addValue("tenant", question.tenant().text())
                .addValue("from", question.from())
                .addValue("to", question.to())
                .addValue("branch", branch == null ? null : branch.text(), Types.VARCHAR)
                .addValue("service", service == null ? null : service.text(), Types.VARCHAR);
    }

    private static Figures.Row row(ResultSet row, Report report) throws SQLException {
        var figures = new LinkedHashMap<String, BigDecimal>();
        int column = 2;
        for (var figure : report.figures()) {
            var number = row.getBigDecimal(column++);
            if (number != null) {
                figures.put(figure.name(), number);
            }
        }
        return new Figures.Row(row.getString("key"), figures);
    }
}
