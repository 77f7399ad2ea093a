package holdfast.staff.figures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Columns from left to right, each of some bars on one another, and perhaps marks to compare with.
 * Lengths across are percentages of the drawing's width, so that its letters keep their size;
 * lengths down are pixels.
 *
 * @param name the last part of the names of its texts; the id on the page, too
 * @param series the last parts of the names of what is drawn: the bars from below, then the mark
 * @param heads of the table: what a row stands for, then what its cells say
 * @param most the label and the value of the highest column; empty if all are empty
 */
record ColumnChart(
        String name,
        List<String> series,
        List<String> heads,
        List<Column> columns,
        List<Tick> ticks,
        List<String> most) {

    static final int HEIGHT = 180;

    /** Room above the highest column, for its tick's text. */
    private static final int TOP = 18;

    /** Room on the left, for the ticks' texts, in percent. */
    private static final double LEFT = 9;

    private static final double GAP = 0.25;
    private static final int TICKS = 4;
    private static final int LABELS = 8;

    /**
     * @param labelled whether the label stands below
     * @param sparse whether it stands there where there is little room, too
     * @param cells the table's
     */
    record Column(
            String label,
            boolean labelled,
            boolean sparse,
            String middle,
            List<Bar> bars,
            List<Mark> marks,
            List<String> cells) {}

    record Bar(int series, String x, String width, String y, String height) {}

    record Mark(String from, String to, String y) {}

    record Tick(String y, String textY, String text) {}

    /**
     * What a column stands for.
     *
     * @param bars the heights, in the order of the series
     * @param marks to compare with
     * @param cells as the table says it
     */
    record Value(String label, List<BigDecimal> bars, List<BigDecimal> marks, List<String> cells) {

        BigDecimal height() {
            return bars.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** How ticks are written. */
    interface Scale {
        String text(BigDecimal number);
    }

    /**
     * @param least the smallest step between ticks; one of what is counted
     */
    static ColumnChart of(
            String name,
            List<String> series,
            List<String> heads,
            List<Value> values,
            BigDecimal least,
            Scale scale) {
        var highest = BigDecimal.ZERO;
        for (var value : values) {
            highest = highest.max(value.height());
            for (var mark : value.marks()) {
                highest = highest.max(mark);
            }
        }
        var step = step(highest, least);
        var top = step.multiply(BigDecimal.valueOf(TICKS));
        var columns = new ArrayList<Column>();
        double width = (100 - LEFT) / Math.max(1, values.size());
        int labelEach = Math.ceilDiv(values.size(), LABELS);
        for (int i = 0; i < values.size(); i++) {
            columns.add(
                    column(
                            values.get(i),
                            LEFT + i * width,
                            width,
                            i % labelEach == 0,
                            i % (2 * labelEach) == 0,
                            top.doubleValue()));
        }
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i <= TICKS; i++) {
            var at = step.multiply(BigDecimal.valueOf(i));
            double y = y(at.doubleValue(), top.doubleValue());
            ticks.add(new Tick(pixels(y), pixels(y - 3), scale.text(at)));
        }
        return new ColumnChart(name, series, heads, columns, ticks, most(values));
    }

    public int getHeight() {
        return HEIGHT + TOP + 24;
    }

    public int labelY() {
        return HEIGHT + TOP + 18;
    }

    public boolean isEmpty() {
        return most.isEmpty();
    }

    private static Column column(
            Value value, double x, double width, boolean labelled, boolean sparse, double top) {
        var bars = new ArrayList<Bar>();
        double inner = width * (1 - GAP);
        double left = x + width * GAP / 2;
        double sum = 0;
        for (int series = 0; series < value.bars().size(); series++) {
            double from = sum;
            sum += value.bars().get(series).doubleValue();
            double y = y(sum, top);
            if (sum > from) {
                bars.add(
                        new Bar(
                                series,
                                percent(left),
                                percent(inner),
                                pixels(y),
                                pixels(y(from, top) - y)));
            }
        }
        var marks =
                value.marks().stream()
                        .map(
                                mark ->
                                        new Mark(
                                                percent(x),
                                                percent(x + width),
                                                pixels(y(mark.doubleValue(), top))))
                        .toList();
        return new Column(
                value.label(),
                labelled,
                sparse,
                percent(x + width / 2),
                bars,
                marks,
                value.cells());
    }

    private static double y(double number, double top) {
        return TOP + HEIGHT - (top == 0 ? 0 : number / top * HEIGHT);
    }

    /** One, two, two and a half or five of a power of ten, so that the ticks reach the highest. */
    private static BigDecimal step(BigDecimal highest, BigDecimal least) {
        for (int power = 0; ; power++) {
            for (var factor : new String[] {"1", "2", "2.5", "5"}) {
                var candidate = least.multiply(new BigDecimal(factor)).scaleByPowerOfTen(power);
                boolean whole = candidate.remainder(least).signum() == 0;
                if (whole
                        && candidate.multiply(BigDecimal.valueOf(TICKS)).compareTo(highest) >= 0) {
                    return candidate;
                }
            }
        }
    }

    private static List<String> most(List<Value> values) {
        return values.stream()
                .filter(value -> value.height().signum() > 0)
                .reduce((one, other) -> other.height().compareTo(one.height()) > 0 ? other : one)
                .map(value -> List.of(value.label(), value.cells().getFirst()))
                .orElse(List.of());
    }

    private static String percent(double number) {
        return String.format(Locale.ROOT, "%.2f%%", number);
    }

    private static String pixels(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
