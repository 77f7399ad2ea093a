package holdfast.staff.figures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** All that the page of figures shows about a period, ready to be written and drawn. */
record Sheet(
        List<KeyFigure> keys,
        HeatMap heat,
        FunnelChart funnel,
        ColumnChart bookings,
        ColumnChart lead,
        ColumnChart missed,
        ColumnChart unmet) {

    private static final BigDecimal HALF_A_PERCENT = new BigDecimal("0.005");

    /** In days, where the columns of lead times begin; the last one has no end. */
    private static final int[] AHEAD = {0, 1, 2, 3, 7, 14, 28, 56};

    static Sheet of(Counted counted, Period period, Wording wording) {
        return new Sheet(
                KeyFigure.of(counted, period, wording),
                HeatMap.of(counted.utilisation(), wording),
                FunnelChart.of(counted, period, wording),
                bookings(counted, period, wording),
                lead(counted, wording),
                missed(counted, period, wording),
                unmet(counted, period, wording));
    }

    private static ColumnChart bookings(Counted counted, Period period, Wording wording) {
        var now = Counted.columns(counted.funnel(), period, "confirmed");
        var before = Counted.columns(counted.funnel(), period.before(), "confirmed");
        return ColumnChart.of(
                "bookings",
                List.of("now", "before"),
                List.of("day", "booked", "before"),
                values(
                        period,
                        wording,
                        column ->
                                new ColumnChart.Value(
                                        "",
                                        List.of(now[column]),
                                        List.of(before[column]),
                                        numbers(wording, now[column], before[column]))),
                BigDecimal.ONE,
                wording::number);
    }

    private static ColumnChart missed(Counted counted, Period period, Wording wording) {
        var missed = Counted.columns(counted.noShow(), period, "missed");
        var attended = Counted.columns(counted.noShow(), period, "attended");
        var unmarked = Counted.columns(counted.noShow(), period, "unmarked");
        return ColumnChart.of(
                "missed",
                List.of(),
                List.of("day", "missedShare", "missed", "attended", "unmarked"),
                values(
                        period,
                        wording,
                        column -> {
                            var share =
                                    Counted.share(
                                            missed[column], missed[column].add(attended[column]));
                            var cells = new ArrayList<String>();
                            cells.add(wording.percent(share));
                            cells.addAll(
                                    numbers(
                                            wording,
                                            missed[column],
                                            attended[column],
                                            unmarked[column]));
                            return new ColumnChart.Value(
                                    "",
                                    List.of(share == null ? BigDecimal.ZERO : share),
                                    List.of(),
                                    cells);
                        }),
                HALF_A_PERCENT,
                wording::percent);
    }

    private static ColumnChart unmet(Counted counted, Period period, Wording wording) {
        var taken = Counted.columns(counted.demand(), period, "taken");
        var nothing = Counted.columns(counted.demand(), period, "nothingFree");
        return ColumnChart.of(
                "unmet",
                List.of("taken", "nothingFree"),
                List.of("day", "all", "taken", "nothingFree"),
                values(
                        period,
                        wording,
                        column ->
                                new ColumnChart.Value(
                                        "",
                                        List.of(taken[column], nothing[column]),
                                        List.of(),
                                        numbers(
                                                wording,
                                                taken[column].add(nothing[column]),
                                                taken[column],
                                                nothing[column]))),
                BigDecimal.ONE,
                wording::number);
    }

    private static ColumnChart lead(Counted counted, Wording wording) {
        var counts = new BigDecimal[AHEAD.length];
        Arrays.fill(counts, BigDecimal.ZERO);
        for (var row : counted.daysAhead().rows()) {
            int days = Integer.parseInt(row.key());
            int column = AHEAD.length - 1;
            while (AHEAD[column] > days) {
                column--;
            }
            counts[column] = counts[column].add(Counted.figure(row, "appointments"));
        }
        var all = IntStream.range(0, counts.length).mapToObj(i -> counts[i]);
        var whole = all.reduce(BigDecimal.ZERO, BigDecimal::add);
        return ColumnChart.of(
                "lead",
                List.of(),
                List.of("ahead", "booked", "share"),
                IntStream.range(0, AHEAD.length)
                        .mapToObj(
                                column ->
                                        new ColumnChart.Value(
                                                ahead(column, wording),
                                                List.of(counts[column]),
                                                List.of(),
                                                List.of(
                                                        wording.number(counts[column]),
                                                        wording.percent(
                                                                Counted.share(
                                                                        counts[column], whole)))))
                        .toList(),
                BigDecimal.ONE,
                wording::number);
    }

    private static String ahead(int column, Wording wording) {
        if (column == 0) {
            return wording.text("ahead.none");
        }
        int from = AHEAD[column];
        if (column == AHEAD.length - 1) {
            return from + "+";
        }
        int to = AHEAD[column + 1] - 1;
        return from == to ? Integer.toString(from) : from + "–" + to;
    }

    private interface Column {
        ColumnChart.Value at(int column);
    }

    private static List<ColumnChart.Value> values(Period period, Wording wording, Column drawn) {
        return IntStream.range(0, period.columns())
                .mapToObj(
                        column -> {
                            var value = drawn.at(column);
                            return new ColumnChart.Value(
                                    wording.day(period.startOf(column)),
                                    value.bars(),
                                    value.marks(),
                                    value.cells());
                        })
                .toList();
    }

    private static List<String> numbers(Wording wording, BigDecimal... numbers) {
        return List.of(numbers).stream().map(wording::number).toList();
    }
}
