package holdfast.pages;

import holdfast.scheduling.FreeDays;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.VisitRules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A month of days, and the free times of one of them.
 *
 * @param day null if nothing at all is free
 * @param zoneId the branch's, in which all of it is
 * @param at an instant of what is shown, by which a browser compares the zones
 */
record Times(Month month, @Nullable Day day, String zone, String zoneId, String at) {

    private static final LocalTime NOON = LocalTime.NOON;
    private static final LocalTime EVENING = LocalTime.of(17, 0);

    /**
     * @param before the address of the month before; null if there is none
     */
    record Month(
            String name,
            @Nullable String before,
            @Nullable String after,
            List<Weekday> weekdays,
            List<List<Cell>> weeks) {}

    record Weekday(String brief, String whole) {}

    /**
     * @param number empty outside the month
     * @param href null if nothing is free
     */
    record Cell(String id, String number, @Nullable String href, String label, boolean isChosen) {}

    record Day(String name, List<Part> parts) {}

    /**
     * @param key morning, afternoon or evening
     */
    record Part(String key, List<Time> times) {}

    /**
     * @param start an instant in ISO 8601
     */
    record Time(String start, String text) {}

    private record Free(LocalDate date, List<FreeSlot> slots) {}

    /**
     * @param address of this page, with a query to which day and month are added
     */
    static Times of(
            Visitor visitor,
            Visit visit,
            VisitRules rules,
            Occupancy occupancy,
            Instant now,
            String address) {
        var zone = rules.zone();
        var free =
                FreeDays.of(rules, occupancy, now, null, null, slots -> slots).made().stream()
                        .filter(slots -> !slots.isEmpty())
                        .map(slots -> new Free(dateOf(slots.getFirst().start(), zone), slots))
                        .toList();
        var chosen = chosen(visit, free);
        var month =
                visit.month() != null
                        ? visit.month()
                        : YearMonth.from(chosen == null ? dateOf(now, zone) : chosen.date());
        return new Times(
                month(visitor, month, free, chosen, address),
                chosen == null ? null : day(visitor, chosen, zone),
                visitor.zone(zone),
                zone.getId(),
                (chosen == null ? now : chosen.slots().getFirst().start()).toString());
    }

    private static String and(String address) {
        return address.endsWith("?") ? "" : "&";
    }

    private static LocalDate dateOf(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }

    /** The wanted day, or else the first of the wanted month, or else the first there is. */
    private static @Nullable Free chosen(Visit visit, List<Free> free) {
        return free.stream()
                .filter(day -> day.date().equals(visit.day()))
                .findFirst()
                .or(
                        () ->
                                free.stream()
                                        .filter(
                                                day ->
                                                        YearMonth.from(day.date())
                                                                .equals(visit.month()))
                                        .findFirst())
                .orElse(free.isEmpty() ? null : free.getFirst());
    }

    private static Month month(
            Visitor visitor,
            YearMonth month,
            List<Free> free,
            @Nullable Free chosen,
            String address) {
        var first = free.isEmpty() ? month : YearMonth.from(free.getFirst().date());
        var last = free.isEmpty() ? month : YearMonth.from(free.getLast().date());
        var week = WeekFields.of(visitor.locale()).getFirstDayOfWeek();
        var days =
                IntStream.range(0, 7)
                        .mapToObj(week::plus)
                        .map(
                                day ->
                                        new Weekday(
                                                day.getDisplayName(
                                                        TextStyle.SHORT_STANDALONE,
                                                        visitor.locale()),
                                                day.getDisplayName(
                                                        TextStyle.FULL_STANDALONE,
                                                        visitor.locale())))
                        .toList();
        var name = DateTimeFormatter.ofPattern("LLLL y", visitor.locale()).format(month.atDay(1));
        return new Month(
                name.substring(0, 1).toUpperCase(visitor.locale()) + name.substring(1),
                month.isAfter(first)
                        ? visitor.url(address + and(address) + "month=" + month.minusMonths(1))
                        : null,
                month.isBefore(last)
                        ? visitor.url(address + and(address) + "month=" + month.plusMonths(1))
                        : null,
                days,
                weeks(visitor, month, free, chosen, address));
    }

    private static List<List<Cell>> weeks(
            Visitor visitor,
            YearMonth month,
            List<Free> free,
            @Nullable Free chosen,
            String address) {
        var week = WeekFields.of(visitor.locale());
        var date = month.atDay(1).minusDays(month.atDay(1).get(week.dayOfWeek()) - 1);
        var weeks = new ArrayList<List<Cell>>();
        while (!date.isAfter(month.atEndOfMonth())) {
            var cells = new ArrayList<Cell>();
            for (int i = 0; i < 7; i++) {
                cells.add(cell(visitor, month, date, free, chosen, address));
                date = date.plusDays(1);
            }
            weeks.add(cells);
        }
        return weeks;
    }

    private static Cell cell(
            Visitor visitor,
            YearMonth month,
            LocalDate date,
            List<Free> free,
            @Nullable Free chosen,
            String address) {
        var isShown = month.equals(YearMonth.from(date));
        var isFree = free.stream().anyMatch(day -> day.date().equals(date));
        return new Cell(
                "day-" + date,
                isShown ? String.valueOf(date.getDayOfMonth()) : "",
                isShown && isFree ? visitor.url(address + and(address) + "day=" + date) : null,
                visitor.date(date),
                chosen != null && chosen.date().equals(date));
    }

    private static Day day(Visitor visitor, Free free, ZoneId zone) {
        var parts = new ArrayList<Part>();
        add(parts, "morning", visitor, free, zone, LocalTime.MIN, NOON);
        add(parts, "afternoon", visitor, free, zone, NOON, EVENING);
        add(parts, "evening", visitor, free, zone, EVENING, LocalTime.MAX);
        return new Day(visitor.date(free.date()), parts);
    }

    private static void add(
            List<Part> parts,
            String key,
            Visitor visitor,
            Free free,
            ZoneId zone,
            LocalTime from,
            LocalTime to) {
        var times =
                free.slots().stream()
                        .map(FreeSlot::start)
                        .filter(
                                start -> {
                                    var time =
                                            LocalTime.ofInstant(start, zone)
                                                    .truncatedTo(ChronoUnit.MINUTES);
                                    return !time.isBefore(from) && time.isBefore(to);
                                })
                        .map(start -> new Time(start.toString(), visitor.time(start, zone)))
                        .toList();
        if (!times.isEmpty()) {
            parts.add(new Part(key, times));
        }
    }
}
