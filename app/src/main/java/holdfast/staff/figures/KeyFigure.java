package holdfast.staff.figures;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * One number on top of the page.
 *
 * @param name the last part of the names of its texts
 * @param change beside the period before; null if one of them has none
 * @param before the period before
 * @param share of what; empty: it is no share
 */
record KeyFigure(String name, String value, @Nullable String change, String before, String share) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static List<KeyFigure> of(Counted counted, Period period, Wording wording) {
        var before = period.before();
        var booked = Counted.sum(counted.funnel(), period, "confirmed");
        var bookedBefore = Counted.sum(counted.funnel(), before, "confirmed");
        var expired = Counted.sum(counted.funnel(), period, "expired");
        var expiredBefore = Counted.sum(counted.funnel(), before, "expired");
        var held = Counted.sum(counted.funnel(), period, "held");
        return List.of(
                count("booked", booked, bookedBefore, "", wording),
                share(
                        "utilisation",
                        Counted.share(
                                Counted.sum(counted.utilisation().rows(), "bookedMinutes"),
                                Counted.sum(counted.utilisation().rows(), "offeredMinutes")),
                        Counted.single(counted.utilisationBefore(), "share"),
                        wording),
                share(
                        "missed",
                        missedShare(counted, period),
                        missedShare(counted, before),
                        wording),
                count(
                        "expired",
                        expired,
                        expiredBefore,
                        wording.text(
                                "key.expired.share", wording.percent(Counted.share(expired, held))),
                        wording),
                lead(
                        Counted.single(counted.leadTime(), "medianMinutes"),
                        Counted.single(counted.leadTimeBefore(), "medianMinutes"),
                        wording));
    }

    private static @Nullable BigDecimal missedShare(Counted counted, Period period) {
        var missed = Counted.sum(counted.noShow(), period, "missed");
        return Counted.share(missed, missed.add(Counted.sum(counted.noShow(), period, "attended")));
    }

    private static KeyFigure count(
            String name, BigDecimal now, BigDecimal before, String share, Wording wording) {
        var grown = Counted.share(now.subtract(before), before);
        return new KeyFigure(
                name,
                wording.number(now),
                grown == null ? null : Wording.signed(grown, wording.percent(grown.abs())),
                wording.number(before),
                share);
    }

    /** Its change is in percentage points. */
    private static KeyFigure share(
            String name, @Nullable BigDecimal now, @Nullable BigDecimal before, Wording wording) {
        return new KeyFigure(
                name,
                wording.percent(now),
                change(now, before, points -> wording.text("points", points.multiply(HUNDRED))),
                wording.percent(before),
                "");
    }

    private static KeyFigure lead(
            @Nullable BigDecimal now, @Nullable BigDecimal before, Wording wording) {
        return new KeyFigure(
                "lead",
                wording.duration(now),
                change(now, before, wording::duration),
                wording.duration(before),
                "");
    }

    private static @Nullable String change(
            @Nullable BigDecimal now,
            @Nullable BigDecimal before,
            Function<BigDecimal, String> absolute) {
        if (now == null || before == null) {
            return null;
        }
        var difference = now.subtract(before);
        return Wording.signed(difference, absolute.apply(difference.abs()));
    }
}
