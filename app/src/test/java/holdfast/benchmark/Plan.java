package holdfast.benchmark;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every place of the city given to visits one after the other, as the free slots of the empty city
 * allow: all of these visits together fit, and so does each part of them.
 *
 * <p>Of places without names, for services that need one kind of resource.
 *
 * @param visits in no order, the same for each run of a day
 */
record Plan(List<Visit> visits) {

    /**
     * A visit at one place.
     *
     * @param busyFrom start less the buffer before
     * @param busyTo end plus the buffer after
     */
    record Visit(
            String branch,
            String service,
            String pool,
            int place,
            int capacity,
            ZoneId zone,
            Instant start,
            Instant end,
            Instant busyFrom,
            Instant busyTo) {

        /** The same visit at the same local time some weeks earlier. */
        Visit weeksEarlier(int weeks) {
            return new Visit(
                    branch,
                    service,
                    pool,
                    place,
                    capacity,
                    zone,
                    earlier(start, weeks),
                    earlier(end, weeks),
                    earlier(busyFrom, weeks),
                    earlier(busyTo, weeks));
        }

        private Instant earlier(Instant instant, int weeks) {
            return instant.atZone(zone).minusWeeks(weeks).toInstant();
        }
    }

    /** The slots of one service at one branch, by day. */
    private record Offered(
            String service,
            int bufferBefore,
            int bufferAfter,
            Map<LocalDate, List<Instant[]>> days) {}

    /** Asks an empty city for its slots. */
    static Plan of(City city, int port) throws IOException {
        var offered = new HashMap<String, List<Offered>>();
        try (var wire = new Wire(port)) {
            for (var service : city.document().path("services")) {
                for (var offer : service.path("branches")) {
                    if (service.path("resourceTypes").size() == 1
                            && offer.path("resourcePools").size() == 1
                            && isBookable(service, offer)) {
                        offered.computeIfAbsent(
                                        offer.path("resourcePools").path(0).asString(),
                                        _ -> new ArrayList<>())
                                .add(offered(city, service, offer, wire));
                    }
                }
            }
        }
        var zones = new HashMap<String, ZoneId>();
        for (var branch : city.document().path("branches")) {
            zones.put(branch.path("id").asString(), ZoneId.of(branch.path("timeZone").asString()));
        }
        var random = new Random(1);
        var visits = new ArrayList<Visit>();
        for (var pool : city.document().path("resourcePools")) {
            var services = offered.get(pool.path("id").asString());
            if (services != null && pool.has("capacity")) {
                var zone = zones.get(pool.path("branch").asString());
                for (int place = 0; place < pool.path("capacity").asInt(); place++) {
                    fill(visits, pool, place, Objects.requireNonNull(zone), services, random);
                }
            }
        }
        Collections.shuffle(visits, random);
        return new Plan(visits);
    }

    private static boolean isBookable(JsonNode service, JsonNode offer) {
        return offer.path("onlineBookable").asBoolean(service.path("onlineBookable").asBoolean());
    }

    private static Offered offered(City city, JsonNode service, JsonNode offer, Wire wire)
            throws IOException {
        var path = slotsPath(service.path("id").asString(), offer.path("branch").asString());
        if (wire.exchange(Wire.get(path, city.tenant())) != 200) {
            throw new IllegalStateException(path + ": " + wire.body());
        }
        var days = new TreeMap<LocalDate, List<Instant[]>>();
        for (var slot : City.JSON.readTree(wire.body())) {
            var start = OffsetDateTime.parse(slot.path("timeSlot").path("startTime").asString());
            var end = OffsetDateTime.parse(slot.path("timeSlot").path("endTime").asString());
            days.computeIfAbsent(start.toLocalDate(), _ -> new ArrayList<>())
                    .add(new Instant[] {start.toInstant(), end.toInstant()});
        }
        return new Offered(
                service.path("id").asString(),
                service.path("bufferBeforeMinutes").asInt(0) * 60,
                service.path("bufferAfterMinutes").asInt(0) * 60,
                days);
    }

    static String slotsPath(String service, String branch) {
        return "/external/v1/services/%s/timeslots?branchId=%s".formatted(service, branch);
    }

    /** One place serves one service on a day, back to back. */
    private static void fill(
            List<Visit> visits,
            JsonNode pool,
            int place,
            ZoneId zone,
            List<Offered> services,
            Random random) {
        var days =
                services.stream()
                        .flatMap(service -> service.days().keySet().stream())
                        .distinct()
                        .sorted()
                        .toList();
        var free = Instant.MIN;
        for (var day : days) {
            var open = services.stream().filter(s -> s.days().containsKey(day)).toList();
            var service = open.get(random.nextInt(open.size()));
            for (var slot : service.days().getOrDefault(day, List.of())) {
                var busyFrom = slot[0].minusSeconds(service.bufferBefore());
                if (!busyFrom.isBefore(free)) {
                    free = slot[1].plusSeconds(service.bufferAfter());
                    visits.add(
                            new Visit(
                                    pool.path("branch").asString(),
                                    service.service(),
                                    pool.path("id").asString(),
                                    place,
                                    pool.path("capacity").asInt(),
                                    zone,
                                    slot[0],
                                    slot[1],
                                    busyFrom,
                                    free));
                }
            }
        }
    }

    /** The branches with the most visits first. */
    List<String> busiestBranches() {
        return visits.stream()
                .collect(Collectors.groupingBy(Visit::branch, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** So many visits that began and ended before today, the earliest first. */
    List<Visit> past(int count) {
        Function<Integer, List<Visit>> period =
                weeks -> visits.stream().map(visit -> visit.weeksEarlier(weeks)).toList();
        var past = new ArrayList<Visit>(count);
        for (int weeks = 9; past.size() < count; weeks += 9) {
            var earlier = period.apply(weeks);
            past.addAll(earlier.subList(0, Math.min(earlier.size(), count - past.size())));
        }
        past.sort(Comparator.comparing(Visit::start));
        return past;
    }
}
