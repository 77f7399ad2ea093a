package holdfast.staff.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Which days a column stands for, and how high it is. */
class DrawingFiguresTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-30");

    @ParameterizedTest
    @EnumSource
    void a_recent_period_ends_yesterday_and_has_the_weekdays_of_the_one_before(
            Period.Recent recent) {
        var period = recent.before(TODAY);
        assertThat(period.to()).isEqualTo(TODAY.minusDays(1));
        assertThat(period.days() % 7).isZero();
        assertThat(period.before().to()).isEqualTo(period.from().minusDays(1));
        assertThat(period.before().days()).isEqualTo(period.days());
    }

    @Test
    void many_days_share_columns_and_every_day_has_one() {
        var days = new Period(TODAY.minusDays(44), TODAY);
        assertThat(days.columns()).isEqualTo(45);
        assertThat(days.isLong()).isFalse();
        var weeks = new Period(TODAY.minusDays(45), TODAY);
        assertThat(weeks.isLong()).isTrue();
        assertThat(weeks.columns()).isEqualTo(7);
        assertThat(weeks.columnOf(weeks.from())).isZero();
        assertThat(weeks.columnOf(weeks.from().plusDays(6))).isZero();
        assertThat(weeks.columnOf(weeks.to())).isEqualTo(6);
        assertThat(weeks.startOf(6)).isEqualTo(weeks.from().plusDays(42));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0 1 2 3 4",
        "3, 1, 0 1 2 3 4",
        "5, 1, 0 2 4 6 8",
        "37, 1, 0 10 20 30 40",
        "81, 1, 0 25 50 75 100",
        "0.083, 0.005, 0.000 0.025 0.050 0.075 0.100",
    })
    void ticks_are_round_and_reach_the_highest(
            BigDecimal highest, BigDecimal least, String expected) {
        var ticks =
                chart(least, highest).ticks().stream()
                        .map(tick -> new BigDecimal(tick.text()).stripTrailingZeros());
        assertThat(ticks)
                .containsExactlyElementsOf(
                        Stream.of(expected.split(" ", -1))
                                .map(text -> new BigDecimal(text).stripTrailingZeros())
                                .toList());
    }

    @Test
    void a_column_is_as_high_as_its_number() {
        var chart = chart(BigDecimal.ONE, BigDecimal.valueOf(40), BigDecimal.valueOf(10));
        assertThat(chart.columns().getFirst().bars().getFirst().height()).isEqualTo("180.0");
        assertThat(chart.columns().get(1).bars().getFirst().height()).isEqualTo("45.0");
        assertThat(chart.most()).containsExactly("0", "40");
        assertThat(chart(BigDecimal.ONE, BigDecimal.ZERO).isEmpty()).isTrue();
    }

    @Test
    void bars_stand_on_one_another() {
        var values =
                List.of(
                        new ColumnChart.Value(
                                "one",
                                List.of(BigDecimal.valueOf(10), BigDecimal.valueOf(30)),
                                List.of(),
                                List.of("40")));
        var bars =
                ColumnChart.of(
                                "any",
                                List.of("lower", "upper"),
                                List.of(),
                                values,
                                BigDecimal.ONE,
                                BigDecimal::toPlainString)
                        .columns()
                        .getFirst()
                        .bars();
        assertThat(bars).extracting(ColumnChart.Bar::height).containsExactly("45.0", "135.0");
        double bottomOfUpper =
                Double.parseDouble(bars.get(1).y()) + Double.parseDouble(bars.get(1).height());
        assertThat(bottomOfUpper).isEqualTo(Double.parseDouble(bars.get(0).y()));
    }

    private static ColumnChart chart(BigDecimal least, BigDecimal... heights) {
        var values =
                Stream.iterate(0, column -> column + 1)
                        .limit(heights.length)
                        .map(
                                column ->
                                        new ColumnChart.Value(
                                                Integer.toString(column),
                                                List.of(heights[column]),
                                                List.of(),
                                                List.of(heights[column].toPlainString())))
                        .toList();
        return ColumnChart.of(
                "any", List.of(), List.of(), values, least, BigDecimal::toPlainString);
    }
}
