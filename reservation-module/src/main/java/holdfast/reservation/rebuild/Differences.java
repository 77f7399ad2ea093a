package holdfast.reservation.rebuild;

import holdfast.reservation.Difference;
import holdfast.reservation.Verification;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Counts what differs and keeps the first of it. */
final class Differences {

    private final List<Difference> named = new ArrayList<>();
    private long count;

    void add(UUID reservation, String what, Object log, @Nullable Object found) {
        add(
                new Difference(
                        reservation.toString(),
                        what,
                        log.toString(),
                        found == null ? null : found.toString()));
    }

    private void add(Difference difference) {
        count++;
        if (named.size() < Verification.NAMED) {
            named.add(difference);
        }
    }

    /** Something that cannot be right in the log itself. */
    void add(UUID reservation, String rule, String broken) {
        add(reservation, rule, broken, null);
    }

    /** The same of a stream that is no reservation's. */
    void add(String stream, String rule, String broken) {
        add(new Difference(stream, rule, broken, null));
    }

    long count() {
        return count;
    }

    List<Difference> named() {
        return List.copyOf(named);
    }
}
