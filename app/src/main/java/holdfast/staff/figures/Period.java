package holdfast.staff.figures;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The days that figures are asked for, local to each branch.
 *
 * @param from inclusive
 * @param to inclusive, not before {@code from}
 */
record Period(LocalDate from, LocalDate to) {

    /** As many as a report takes, without the period before, which is counted, too. */
    static final int MOST_DAYS = 1_096 / 2;

    /** Until then each day has a column of its own; beyond, seven days share one. */
    private static final int MOST_COLUMNS = 45;

    private static final int WEEK = 7;

    /**
     * Whole weeks that end yesterday, so that a period and the one before have the same weekdays.
     */
    enum Recent {
        WEEK(1),
        MONTH(4),
        QUARTER(13),
        YEAR(52);

        private final int weeks;

        Recent(int weeks) {
            this.weeks = weeks;
        }

        /** As addresses name it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        Period before(LocalDate today) {
            return new Period(today.minusWeeks(weeks), today.minusDays(1));
        }

        static Optional<Recent> find(@Nullable String text) {
            return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    int days() {
        return Math.toIntExact(ChronoUnit.DAYS.between(from, to) + 1);
    }

    /** As many days, up to the day before. */
    Period before() {
        return new Period(from.minusDays(days()), from.minusDays(1));
    }

    /** Whether counting it takes longer than people like to wait for a page. */
    boolean isLong() {
        return days() > MOST_COLUMNS;
    }

    /** How many days a column of a chart stands for: 1 or 7; the last one may have fewer. */
    public int daysOfColumn() {
        return isLong() ? WEEK : 1;
    }

    int columns() {
        return Math.ceilDiv(days(), daysOfColumn());
    }

    /** The first day that a column stands for. */
    LocalDate startOf(int column) {
        return from.plusDays((long) column * daysOfColumn());
    }

    /** Negative, or too great, if the day is not in here. */
    int columnOf(LocalDate day) {
        return Math.toIntExact(Math.floorDiv(ChronoUnit.DAYS.between(from, day), daysOfColumn()));
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
