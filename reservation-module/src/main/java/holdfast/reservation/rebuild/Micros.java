package holdfast.reservation.rebuild;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds of the epoch, which is what PostgreSQL keeps. */
final class Micros {

    private static final long SECOND = 1_000_000;

    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Reads what {@link Instant#toString} wrote, ten times as fast as {@link Instant#parse}. */
    static long parse(String text) {
        int end = text.length() - 1;
        if (end < 19 || end > 29 || text.charAt(10) != 'T' || text.charAt(end) != 'Z') {
            return of(Instant.parse(text));
        }
        long day =
                LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                        .toEpochDay();
        long second =
                ((day * 24 + number(text, 11, 13)) * 60 + number(text, 14, 16)) * 60
                        + number(text, 17, 19);
        long fraction = 0;
        for (int digit = 0, at = 20; digit < 6; digit++, at++) {
            fraction = fraction * 10 + (at < end ? text.charAt(at) - '0' : 0);
        }
        return second * SECOND + fraction;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + (text.charAt(at) - '0');
        }
        return number;
    }
}
