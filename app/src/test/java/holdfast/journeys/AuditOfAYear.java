package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.followers.FollowedTables;
import holdfast.reservation.Progress;
import holdfast.seals.ExportCheck;
import holdfast.seals.LogCheck;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What auditors ask of a long log, each question many times, and how long the answers take. */
record AuditOfAYear(
        TestDatabase database, TestNode node, Caller auditor, String tenant, Measured to) {

    private static final int QUESTIONS = 40;
    private static final int FED_PAGES = 200;
    private static final int PAGE = 1_000;
    private static final String LINES = "application/x-ndjson";

    /** Takes what was measured. */
    interface Measured {
        void say(String what, Object result);
    }

    /** An offer of a service at a branch. */
    private record Offer(String service, String branch) {

        String query() {
            return "serviceId=" + service + "&branchId=" + branch;
        }
    }

    private record Past(long position, String reservation, Instant at) {}

    void measure(JsonNode document) throws Exception {
        var offers = offersAtTheBusiest(document);
        var past = somePast();
        each("slots as of an instant", n -> slots(offers, n, past.get(n).at().toString()));
        each("slots as of a position", n -> slots(offers, n, "" + past.get(n).position()));
        each("explain as of an instant", n -> explain(offers, past, n, true));
        each("explain now", n -> explain(offers, past, n, false));
        each("history", n -> "/audit/v1/reservations/" + past.get(n).reservation() + "/history");
        each(
                "state as of a position",
                n ->
                        "/audit/v1/reservations/%s?asOf=%d"
                                .formatted(past.get(n).reservation(), past.get(n).position()));
        each("proof of inclusion", n -> "/audit/v1/proof/" + past.get(n).position());
        feed();
        seals();
        long begin = System.nanoTime();
        var proof = auditor.get("/audit/v1/no-oversell");
        to.say(
                "no-oversell",
                "%.1f s, holds %s, %s events"
                        .formatted(
                                seconds(begin),
                                proof.body().path("holds"),
                                proof.body().path("events")));
    }

    /** How long each follower takes for the whole log; they take turns. */
    void follow() {
        var followed = node.bean(FollowedTables.class);
        long newest = followed.newest();
        var begun = new TreeMap<String, Long>();
        var done = new TreeMap<String, Long>();
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            for (var name : followed.names()) {
                                long position = followed.position(name);
                                if (position > 0) {
                                    begun.putIfAbsent(name, System.nanoTime());
                                }
                                if (position >= newest) {
                                    done.putIfAbsent(name, System.nanoTime());
                                }
                            }
                            return done.size() == followed.names().size();
                        });
        done.forEach(
                (name, end) -> {
                    double seconds = (end - begun.getOrDefault(name, end)) / 1e9;
                    to.say(
                            name + " followed",
                            "%.1f s, %,.0f events/s".formatted(seconds, newest / seconds));
                });
    }

    private List<Offer> offersAtTheBusiest(JsonNode document) {
        var branch =
                database.sql()
                        .sql(
                                """
                                select branch::text from reservation_fact where tenant = ?
                                group by branch order by count(*) desc limit 1
                                """)
                        .param(tenant)
                        .query(String.class)
                        .single();
        var offers = new ArrayList<Offer>();
        for (var service : document.path("services")) {
            for (var at : service.path("branches")) {
                var offer = new Offer(service.path("id").asString(), branch);
                if (at.path("branch").asString().equals(branch) && isOnline(offer)) {
                    offers.add(offer);
                }
            }
        }
        return offers;
    }

    private boolean isOnline(Offer offer) {
        return auditor.get(
                                "/external/v1/services/%s/timeslots?branchId=%s"
                                        .formatted(offer.service(), offer.branch()))
                        .status()
                == 200;
    }

    private List<Past> somePast() {
        return database.sql()
                .sql(
                        """
                        select global_index, aggregate_identifier, time_stamp
                        from domain_event_entry
                        where type = 'Reservation'
                        order by md5(global_index::text) limit ?
                        """)
                .param(QUESTIONS)
                .query(
                        (row, _) ->
                                new Past(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    private String slots(List<Offer> offers, int n, String asOf) {
        var offer = offers.get(n % offers.size());
        return "/audit/v1/timeslots?" + offer.query() + "&asOf=" + asOf;
    }

    private static String explain(List<Offer> offers, List<Past> past, int n, boolean asOf) {
        var start =
                (asOf ? past.get(n).at() : Instant.now())
                        .plus(7, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(9 * 60 + 5L * n, ChronoUnit.MINUTES);
        return "/audit/v1/explain?%s&startTime=%s%s"
                .formatted(
                        offers.get(n % offers.size()).query(),
                        start,
                        asOf ? "&asOf=" + past.get(n).at() : "");
    }

    private void each(String what, IntFunction<String> question) {
        var millis = new ArrayList<Double>();
        long bytes = 0;
        double first = 0;
        for (int n = 0; n < QUESTIONS; n++) {
            long begin = System.nanoTime();
            var answer = auditor.text(question.apply(n), "application/json");
            double took = seconds(begin) * 1_000;
            first = n == 0 ? took : first;
            millis.add(took);
            bytes += answer.length();
            assertThat(answer).as(question.apply(n)).doesNotContain("\"instance\":");
        }
        Collections.sort(millis);
        to.say(
                what,
                "median %.1f ms, slowest %.1f ms, first %.1f ms; %,d bytes each"
                        .formatted(
                                millis.get(QUESTIONS / 2),
                                millis.getLast(),
                                first,
                                bytes / QUESTIONS));
    }

    private void feed() throws Exception {
        long begin = System.nanoTime();
        long after = 0;
        long events = 0;
        for (int page = 0; page < FED_PAGES; page++) {
            var lines =
                    auditor.lines(
                            "/audit/v1/events?after=%d&limit=%d".formatted(after, PAGE), LINES);
            if (lines.isEmpty()) {
                break;
            }
            events += lines.size();
            after = JsonMapper.shared().readTree(lines.getLast()).path("position").asLong();
        }
        to.say("feed", "%,d events, %,.0f events/s".formatted(events, events / seconds(begin)));
    }

    private void seals() throws Exception {
        long begin = System.nanoTime();
        var heads = auditor.get("/audit/v1/seals");
        to.say("newest head, signed if it was not", "%.3f s".formatted(seconds(begin)));
        var size = heads.body().path("heads").path(0).path("size").asLong();
        to.say("sealed events", "%,d".formatted(size));
        begin = System.nanoTime();
        auditor.get("/audit/v1/seals/consistency?from=" + size / 2 + "&to=" + size);
        to.say("proof of consistency", "%.3f s".formatted(seconds(begin)));
        begin = System.nanoTime();
        var export = Files.createTempFile("export", ".ndjson");
        auditor.download("/audit/v1/export", LINES, export);
        to.say(
                "export",
                "%.1f s, %,d bytes, %,.0f events/s"
                        .formatted(seconds(begin), Files.size(export), size / seconds(begin)));
        begin = System.nanoTime();
        try (var lines = Files.newBufferedReader(export)) {
            var result = ExportCheck.of(lines, null, _ -> {});
            assertThat(result.findings()).isEmpty();
        } finally {
            Files.delete(export);
        }
        to.say(
                "export verified",
                "%.1f s, %,.0f events/s".formatted(seconds(begin), size / seconds(begin)));
        begin = System.nanoTime();
        assertThat(new LogCheck(database.dataSource(), null).run(Progress.UNHEARD).isIntact())
                .isTrue();
        to.say(
                "verify-seals",
                "%.1f s, %,.0f events/s".formatted(seconds(begin), size / seconds(begin)));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
