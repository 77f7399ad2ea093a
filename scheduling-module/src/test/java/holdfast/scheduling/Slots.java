package holdfast.scheduling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** What a test reads off the engine's answers, in wall time of the branch. */
final class Slots {

    /** The first of June 2026 is a Monday, in Berlin's summer time. */
    static final LocalDate MONDAY = LocalDate.parse("2026-06-01");

    /** Long before any slot of a test, inside every horizon of 60 days. */
    static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

    private Slots() {}

    static List<FreeSlot> slots(VisitRules rules, Occupancy occupancy, LocalDate date) {
        return SlotEngine.freeSlots(rules, occupancy, NOW, date, date);
    }

    /** {@code 09:00}, {@code 09:30} … */
    static List<String> times(VisitRules rules, LocalDate date) {
        return times(rules, Occupancy.NONE, date);
    }

    static List<String> times(VisitRules rules, Occupancy occupancy, LocalDate date) {
        return slots(rules, occupancy, date).stream()
                .map(slot -> LocalTime.ofInstant(slot.start(), rules.zone()).toString())
                .toList();
    }

    /** {@code 2026-06-01T09:00+02:00} … */
    static List<String> starts(VisitRules rules, String date) {
        var day = LocalDate.parse(date);
        return SlotEngine.freeSlots(
                        rules,
                        Occupancy.NONE,
                        day.minusDays(9).atStartOfDay(rules.zone()).toInstant(),
                        day,
                        day)
                .stream()
                .map(slot -> slot.start().atZone(rules.zone()).toOffsetDateTime().toString())
                .toList();
    }

    static List<Obstacle> obstacles(VisitRules rules, Instant start) {
        return SlotEngine.obstacles(rules, start, start.plus(rules.length()), NOW);
    }
}
