package holdfast.staff.figures;

import holdfast.reports.Figures;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How full the hours of the weekdays are: a table whose cells are tinted.
 *
 * @param rows from the first to the last hour in which anything is offered or booked
 * @param steps what the tints mean, from empty to full
 * @param fullest null if nothing is offered
 */
record HeatMap(
        List<Weekday> weekdays, List<Row> rows, List<Step> steps, @Nullable Fullest fullest) {

    private static final int DAYS = 7;

    /** In percent, where the tints begin; the first one is for what is empty. */
    private static final int[] STEPS = {0, 1, 15, 30, 45, 60, 75, 90};

    /**
     * @param brief for where there is little room
     */
    record Weekday(String brief, String whole) {}

    /**
     * @param hour such as {@code 08–09}
     */
    record Row(String hour, List<Cell> cells) {}

    /**
     * @param tint 0 to 7; null: nothing is offered
     */
    record Cell(String text, @Nullable Integer tint) {}

    record Step(int tint, String text) {}

    record Fullest(String weekday, String hour, String share) {}

    static HeatMap of(Figures byWeekdayAndHour, Wording wording) {
        var shares = new HashMap<String, BigDecimal>();
        byWeekdayAndHour
                .rows()
                .forEach(
                        row -> {
                            var share = row.figures().get("share");
                            if (share != null) {
                                shares.put(row.key(), share);
                            }
                        });
        var rows = new ArrayList<Row>();
        for (int hour : hours(shares)) {
            rows.add(
                    new Row(
                            Wording.hour(hour),
                            IntStream.rangeClosed(1, DAYS)
                                    .mapToObj(day -> cell(shares.get(key(day, hour)), wording))
                                    .toList()));
        }
        return new HeatMap(
                IntStream.rangeClosed(1, DAYS)
                        .mapToObj(
                                day ->
                                        new Weekday(
                                                wording.weekday(day, TextStyle.SHORT),
                                                wording.weekday(day, TextStyle.FULL)))
                        .toList(),
                rows,
                allSteps(),
                fullest(shares, wording));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    private static int[] hours(Map<String, BigDecimal> shares) {
        var all = shares.keySet().stream().mapToInt(HeatMap::hourOf).summaryStatistics();
        return all.getCount() == 0
                ? new int[0]
                : IntStream.rangeClosed(all.getMin(), all.getMax()).toArray();
    }

    private static String key(int day, int hour) {
        return "%dT%02d".formatted(day, hour);
    }

    private static int hourOf(String key) {
        return Integer.parseInt(key.substring(2));
    }

    private static Cell cell(@Nullable BigDecimal share, Wording wording) {
        return share == null
                ? new Cell("", null)
                : new Cell(wording.number(percent(share)), tint(share));
    }

    private static BigDecimal percent(BigDecimal share) {
        return share.movePointRight(2);
    }

    private static int tint(BigDecimal share) {
        int tint = 0;
        while (tint + 1 < STEPS.length
                && percent(share).compareTo(BigDecimal.valueOf(STEPS[tint + 1])) >= 0) {
            tint++;
        }
        return tint;
    }

    private static List<Step> allSteps() {
        return IntStream.range(0, STEPS.length)
                .mapToObj(tint -> new Step(tint, STEPS[tint] + (tint == 0 ? "" : "+")))
                .toList();
    }

    private static @Nullable Fullest fullest(Map<String, BigDecimal> shares, Wording wording) {
        var most =
                shares.entrySet().stream()
                        .max(
                                Map.Entry.<String, BigDecimal>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .orElse(null);
        return most == null
                ? null
                : new Fullest(
                        wording.weekday(
                                Integer.parseInt(most.getKey().substring(0, 1)), TextStyle.FULL),
                        Wording.hour(hourOf(most.getKey())),
                        wording.percent(most.getValue()));
    }
}
