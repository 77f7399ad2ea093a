package holdfast.scheduling;

import holdfast.catalogue.WeeklyWindow;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Service or working hours. They begin anew each date, except that pieces which touch at midnight
 * are one: hours around the clock keep nothing out.
 *
 * @param weekly empty: at any time
 */
record Hours(List<WeeklyWindow> weekly, WallClock clock) {

    /**
     * An opening window ends at most two dates after it begins, and a visit lies inside one; so
     * these many dates after its start's are enough.
     */
    private static final int DATES_AHEAD = 2;

    boolean isAlways() {
        return weekly.isEmpty();
    }

    /** All pieces that a visit which starts on the date may lie in. */
    List<Span> reaching(LocalDate date) {
        var pieces = new ArrayList<Span>();
        for (int ahead = -1; ahead <= DATES_AHEAD; ahead++) {
            var begins = date.plusDays(ahead);
            long midnight = clock.midnight(begins);
            for (var piece : clock.windows(begins, weekly)) {
                pieces.add(
                        piece.from() == midnight
                                ? new Span(beginOfWhatEndsAt(midnight, pieces), piece.to())
                                : piece);
            }
        }
        return pieces;
    }

    private static long beginOfWhatEndsAt(long midnight, List<Span> pieces) {
        return pieces.stream()
                .filter(piece -> piece.to() == midnight)
                .mapToLong(Span::from)
                .min()
                .orElse(midnight);
    }

    boolean contain(Span visit, List<Span> reaching) {
        return isAlways() || reaching.stream().anyMatch(piece -> piece.contains(visit));
    }
}
