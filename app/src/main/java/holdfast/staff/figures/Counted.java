package holdfast.staff.figures;

import holdfast.reports.Figures;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * What some reports say about a period and the one before it.
 *
 * @param at when it was counted
 */
record Counted(
        Instant at,
        Figures funnel,
        Figures noShow,
        Figures demand,
        Figures utilisation,
        Figures utilisationBefore,
        Figures daysAhead,
        Figures leadTime,
        Figures leadTimeBefore) {

    static final int SHARE_PLACES = 4;

    /** The sum over the rows of those days; they are by day. */
    static BigDecimal sum(Figures byDay, Period period, String figure) {
        return byDay.rows().stream()
                .filter(row -> period.contains(LocalDate.parse(row.key())))
                .map(row -> figure(row, figure))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sums of a figure by the columns of a chart; the rows are by day. */
    static BigDecimal[] columns(Figures byDay, Period period, String figure) {
        var columns = new BigDecimal[period.columns()];
        Arrays.fill(columns, BigDecimal.ZERO);
        for (var row : byDay.rows()) {
            var day = LocalDate.parse(row.key());
            if (period.contains(day)) {
                int column = period.columnOf(day);
                columns[column] = columns[column].add(figure(row, figure));
            }
        }
        return columns;
    }

    /** Zero if it is left out. */
    static BigDecimal figure(Figures.Row row, String figure) {
        return row.figures().getOrDefault(figure, BigDecimal.ZERO);
    }

    static BigDecimal sum(List<Figures.Row> rows, String figure) {
        return rows.stream()
                .map(row -> figure(row, figure))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Null if there is nothing to count, or the only row leaves it out. */
    static @Nullable BigDecimal single(Figures total, String figure) {
        return total.rows().stream().findFirst().map(row -> row.figures().get(figure)).orElse(null);
    }

    /** Null: a share of nothing. */
    static @Nullable BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, SHARE_PLACES, RoundingMode.HALF_UP);
    }
}
