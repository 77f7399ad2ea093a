package holdfast.staff.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.audit.EventView;
import holdfast.audit.history.ReservationHistory.Step;
import holdfast.catalogue.Branch;
import holdfast.catalogue.ResourcePool;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.staff.Colleague;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import tools.jackson.databind.node.NullNode;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A reservation's life in words, in the zone of its branch. Persons are not told.
 *
 * @param entries the first one first
 */
record TimeLine(ZoneId zone, List<Entry> entries) {

    /**
     * An event, and what it led to.
     *
     * @param status after it, as part of a text's key
     * @param changed what is otherwise than before
     * @param state all there is to tell after it, by the keys of its texts
     * @param slots the page of the day's slots right after it
     */
    record Entry(
            long position,
            String at,
            String actor,
            String what,
            String status,
            List<Change> changed,
            Map<String, String> state,
            String slots) {}

    /**
     * @param key of the text that names it
     * @param before null if there was nothing
     * @param after null if there is nothing any more
     */
    record Change(String key, @Nullable String before, @Nullable String after) {}

    static TimeLine of(Colleague me, AuditWords words, List<Step> steps) {
        var zone = zone(me, steps.getFirst().after());
        var entries = new ArrayList<Entry>();
        Map<String, String> before = Map.of();
        for (var step : steps) {
            var after = facts(me, words, step.after(), zone);
            var event = EventView.of(step.event(), NullNode.getInstance());
            var changed = new ArrayList<>(changes(before, after));
            if (event.name().equals("reservation.CustomerChanged")) {
                changed.add(new Change("person", null, words.text(me, "person.other")));
            }
            entries.add(
                    new Entry(
                            event.position(),
                            words.instant(me, step.event().recordedAt(), zone),
                            words.actor(me, event.actor()),
                            words.event(me, event.name()),
                            step.after().status().name().toLowerCase(Locale.ROOT),
                            entries.isEmpty() ? List.of() : changed,
                            after,
                            slots(me, step, zone)));
            before = after;
        }
        return new TimeLine(zone, entries);
    }

    private static ZoneId zone(Colleague me, RegisterEntry entry) {
        return me.catalogue()
                .branch(entry.branch())
                .map(Branch::timeZone)
                .orElse(me.catalogue().tenant().timeZone());
    }

    private static Map<String, String> facts(
            Colleague me, AuditWords words, RegisterEntry entry, ZoneId zone) {
        var facts = new LinkedHashMap<String, String>();
        var start = entry.visit().start().atZone(zone);
        facts.put(
                "branch",
                me.catalogue()
                        .branch(entry.branch())
                        .map(Branch::name)
                        .map(me::text)
                        .orElse(entry.branch().text()));
        facts.put(
                "service",
                entry.services().stream()
                        .map(
                                booked ->
                                        words.service(me, booked.service())
                                                + (booked.numberOfReservations() == 1
                                                        ? ""
                                                        : " × " + booked.numberOfReservations()))
                        .collect(Collectors.joining(", ")));
        facts.put(
                "visit",
                "%s, %s–%s"
                        .formatted(
                                me.date(start.toLocalDate()),
                                me.time(start),
                                me.time(entry.visit().end().atZone(zone))));
        facts.put(
                "places",
                entry.claims().stream()
                        .map(claim -> place(me, claim))
                        .collect(Collectors.joining(", ")));
        if (entry.status() == ReservationStatus.RESERVED) {
            facts.put("until", words.instant(me, entry.expiresAt(), zone));
        }
        if (entry.customer() != null) {
            facts.put("person", words.text(me, "person.hidden"));
        }
        if (entry.notes() != null) {
            facts.put("notes", words.text(me, "person.hidden"));
        }
        return facts;
    }

    private static String place(Colleague me, Claim claim) {
        var pool = me.catalogue().pool(claim.pool());
        var name = pool.map(ResourcePool::name).orElse(claim.pool().text());
        var resource = claim.resource();
        if (resource == null) {
            return claim.units() == 1 ? name : name + " × " + claim.units();
        }
        return pool.stream()
                .flatMap(it -> it.resources().stream())
                .filter(each -> each.id().equals(resource))
                .map(each -> name + " – " + each.name())
                .findFirst()
                .orElse(name + " – " + resource.text());
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        var keys = new LinkedHashMap<>(before);
        keys.putAll(after);
        return keys.keySet().stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> new Change(key, before.get(key), after.get(key)))
                .toList();
    }

    private static String slots(Colleague me, Step step, ZoneId zone) {
        var entry = step.after();
        var first = entry.services().getFirst();
        return "%s/audit/day?branch=%s&service=%s&count=%d&date=%s&asOf=%d"
                .formatted(
                        me.home(),
                        UriUtils.encode(entry.branch().text(), UTF_8),
                        UriUtils.encode(first.service().text(), UTF_8),
                        first.numberOfReservations(),
                        entry.visit().start().atZone(zone).toLocalDate(),
                        step.event().position());
    }
}
