package holdfast.staff.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What became of the holds of a period: a bar for each outcome, as long as its share of all.
 *
 * @param steps empty if nothing was held
 */
record FunnelChart(List<Step> steps) {

    private static final int ROW = 44;
    private static final int TEXT = 15;
    private static final int BAR = 22;

    /**
     * @param name the last part of the name of its text
     * @param textY in pixels, as {@code barY}
     * @param width in percent
     */
    record Step(String name, String count, String share, int textY, int barY, String width) {}

    static FunnelChart of(Counted counted, Period period, Wording wording) {
        var held = Counted.sum(counted.funnel(), period, "held");
        var names =
                List.of(
                        "held",
                        "confirmed",
                        "cancelled",
                        "expired",
                        "released",
                        "handedOver",
                        "open");
        return new FunnelChart(
                held.signum() == 0
                        ? List.of()
                        : IntStream.range(0, names.size())
                                .mapToObj(
                                        row ->
                                                step(
                                                        names.get(row),
                                                        Counted.sum(
                                                                counted.funnel(),
                                                                period,
                                                                names.get(row)),
                                                        held,
                                                        row,
                                                        wording))
                                .toList());
    }

    private static Step step(
            String name, BigDecimal count, BigDecimal held, int row, Wording wording) {
        var share = count.divide(held, Counted.SHARE_PLACES, RoundingMode.HALF_UP);
        return new Step(
                name,
                wording.number(count),
                wording.percent(share),
                row * ROW + TEXT,
                row * ROW + BAR,
                String.format(Locale.ROOT, "%.2f%%", share.doubleValue() * 100));
    }

    public int getHeight() {
        return steps.size() * ROW;
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
