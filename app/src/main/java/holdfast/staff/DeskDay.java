package holdfast.staff;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A branch's local day as a table: a column per named resource and per pool of places, as many
 * lanes in it as visits overlap there, and a row per step of time.
 *
 * <p>Rows are stretches of real time, so a day on which the clocks change has an hour more or less.
 */
record DeskDay(List<Column> columns, List<Row> rows) {

    private static final int HOUR = 60;
    private static final int USUAL_START = 8 * HOUR;
    private static final int USUAL_END = 18 * HOUR;
    private static final int LARGEST_STEP = 30;

    /**
     * @param pool the pool's name where the column is one of its resources; else empty
     * @param lanes how many visits stand side by side; at least 1
     */
    record Column(String name, String pool, int lanes) {}

    /**
     * @param rowsOfHour how many rows the hour has that begins here; 0 if none does
     * @param now whether the present lies in it
     */
    record Row(ZonedDateTime start, int rowsOfHour, boolean now, List<Cell> cells) {}

    /**
     * What begins in a row: a visit, or a stretch without one.
     *
     * @param rows how many it covers
     * @param edge whether it is the last of its column
     * @param closed why nothing can take place; null if something can
     */
    record Cell(@Nullable DeskAppointment visit, int rows, boolean edge, @Nullable String closed) {}

    /**
     * From a full hour (inclusive) to a full hour (exclusive), in steps on which all visits begin
     * and end.
     */
    record Scale(ZonedDateTime start, ZonedDateTime end, int minutes) {

        ZonedDateTime timeOf(int row) {
            return start.plusMinutes((long) row * minutes);
        }

        int rows() {
            return rowOf(end);
        }

        int rowsOfHour() {
            return HOUR / minutes;
        }

        /** The first row that does not begin before the time. */
        int rowOf(ZonedDateTime time) {
            return Math.ceilDiv((int) Duration.between(start, time).toMinutes(), minutes);
        }
    }

    static DeskDay of(
            Catalogue catalogue,
            Branch branch,
            LocalDate date,
            List<DeskAppointment> appointments,
            Instant now) {
        var visits = appointments.stream().filter(visit -> !visit.isCancelled()).toList();
        var scale = scale(branch, date, visits);
        var columns = DayColumn.allOf(catalogue, branch, scale, visits);
        return new DeskDay(
                columns.stream().map(DayColumn::header).toList(),
                IntStream.range(0, scale.rows())
                        .mapToObj(row -> row(scale, row, columns, now))
                        .toList());
    }

    private static Row row(Scale scale, int row, List<DayColumn> columns, Instant now) {
        var start = scale.timeOf(row);
        boolean isNow =
                !now.isBefore(start.toInstant()) && now.isBefore(scale.timeOf(row + 1).toInstant());
        return new Row(
                start,
                row % scale.rowsOfHour() == 0 ? scale.rowsOfHour() : 0,
                isNow,
                columns.stream().flatMap(column -> column.cellsIn(row).stream()).toList());
    }

    // The hours in which the branch is usually open, and whatever lies outside of them, too.
    private static Scale scale(Branch branch, LocalDate date, List<DeskAppointment> visits) {
        var windows =
                branch.openingHours().stream()
                        .filter(window -> window.days().contains(date.getDayOfWeek()))
                        .toList();
        int from = windows.stream().mapToInt(w -> w.from().minuteOfDay()).min().orElse(USUAL_START);
        int to =
                windows.stream()
                        .mapToInt(w -> w.to().minuteOfDay())
                        .map(end -> end > from ? end : 24 * HOUR)
                        .max()
                        .orElse(USUAL_END);
        var start = date.atTime(from / HOUR, 0).atZone(branch.timeZone());
        var end = date.atStartOfDay().plusHours(Math.ceilDiv(to, HOUR)).atZone(branch.timeZone());
        for (var visit : visits) {
            if (visit.start().isBefore(start)) {
                start = visit.start().truncatedTo(ChronoUnit.HOURS);
            }
            if (visit.end().isAfter(end)) {
                end = visit.end().plusMinutes(HOUR - 1).truncatedTo(ChronoUnit.HOURS);
            }
        }
        return new Scale(start, end, step(visits));
    }

    private static int step(List<DeskAppointment> visits) {
        int step = LARGEST_STEP;
        for (var visit : visits) {
            step = gcd(step, visit.start().getMinute());
            step = gcd(step, visit.end().getMinute());
        }
        return step;
    }

    private static int gcd(int one, int other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
