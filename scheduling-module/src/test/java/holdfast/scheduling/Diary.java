package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who is where, written down by a test. */
final class Diary implements Occupancy {

    /** One line of it. */
    record Line(PlacesId places, Busy busy) {}

    private final List<Line> lines = new ArrayList<>();
    private final Map<PlacesId, BusyTimes> times = new HashMap<>();
    private long holders;

    @Override
    public BusyTimes of(PlacesId places) {
        return times.getOrDefault(places, BusyTimes.NONE);
    }

    List<Line> lines() {
        return lines;
    }

    /** What the engine allots to a visit, written down; nothing if it allots nothing. */
    @Nullable ReservationId book(VisitRules rules, Instant start, Instant now) {
        return hold(rules, start, now, null);
    }

    @Nullable ReservationId hold(
            VisitRules rules, Instant start, Instant now, @Nullable Instant holdUntil) {
        var allocation = SlotEngine.allocate(rules, this, start, now);
        if (allocation.isEmpty()) {
            return null;
        }
        var holder = nextHolder();
        for (var claim : allocation.get().claims()) {
            write(
                    claim.places(),
                    new Busy(
                            holder,
                            claim.units(),
                            rules.busyFrom(start),
                            rules.busyTo(start),
                            start,
                            start.plus(rules.length()),
                            holdUntil));
        }
        return holder;
    }

    /** An appointment without buffers. */
    Diary busy(String places, Instant from, int minutes) {
        return busy(places, 1, from, minutes);
    }

    Diary busy(String places, int units, Instant from, int minutes) {
        var to = from.plus(Duration.ofMinutes(minutes));
        write(PlacesId.of(places), new Busy(nextHolder(), units, from, to, from, to, null));
        return this;
    }

    void write(PlacesId places, Busy busy) {
        lines.add(new Line(places, busy));
        times.merge(places, BusyTimes.NONE.with(busy), (known, _) -> known.with(busy));
    }

    void giveBack(ReservationId holder) {
        for (var line : List.copyOf(lines)) {
            if (line.busy().holder().equals(holder)) {
                lines.remove(line);
                times.computeIfPresent(line.places(), (_, known) -> known.without(line.busy()));
            }
        }
    }

    ReservationId nextHolder() {
        return new ReservationId(new UUID(0, ++holders));
    }
}
