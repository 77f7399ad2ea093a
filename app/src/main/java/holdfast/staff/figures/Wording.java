package holdfast.staff.figures;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Locale;

/** Numbers, dates and texts as the page's language writes them. */
record Wording(MessageSource texts, Locale locale) {

    private static final int MINUTES_OF_HOUR = 60;
    private static final int HOURS = 24;
    private static final int MINUTES_OF_DAY = HOURS * MINUTES_OF_HOUR;

    String text(String key, Object... values) {
        return texts.getMessage("staff.figures." + key, values, locale);
    }

    String number(BigDecimal number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    String number(long number) {
        return number(BigDecimal.valueOf(number));
    }

    /** Of a share of nothing: a dash. */
    String percent(@Nullable BigDecimal share) {
        if (share == null) {
            return "–";
        }
        var format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(share);
    }

    /** In the unit that fits, with one decimal place. */
    String duration(@Nullable BigDecimal minutes) {
        if (minutes == null) {
            return "–";
        }
        long whole = Math.abs(minutes.longValue());
        if (whole < 2 * MINUTES_OF_HOUR) {
            return text("minutes", number(minutes));
        }
        return whole < 2 * MINUTES_OF_DAY
                ? text("hours", divided(minutes, MINUTES_OF_HOUR))
                : text("days", divided(minutes, MINUTES_OF_DAY));
    }

    private String divided(BigDecimal minutes, int by) {
        var format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(minutes.divide(BigDecimal.valueOf(by), 1, RoundingMode.HALF_UP));
    }

    /** Such as {@code +12} or {@code −3}, with a minus sign that is read as one. */
    static String signed(BigDecimal number, String absolute) {
        return switch (number.signum()) {
            case 1 -> "+" + absolute;
            case -1 -> "−" + absolute;
            default -> "±" + absolute;
        };
    }

    /** Such as {@code 3 Nov}. */
    String day(LocalDate date) {
        return DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale).format(date);
    }

    /** With the year. */
    String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(date);
    }

    String dates(Period period) {
        return period.from().equals(period.to())
                ? date(period.from())
                : date(period.from()) + " – " + date(period.to());
    }

    /** Such as {@code 08–09}. */
    static String hour(int hour) {
        return "%02d–%02d".formatted(hour, (hour + 1) % HOURS);
    }

    String weekday(int isoNumber, TextStyle style) {
        return DayOfWeek.of(isoNumber).getDisplayName(style, locale);
    }
}
