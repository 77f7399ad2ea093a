package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.slots;
import static holdfast.reservation.Progress.UNHEARD;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.seals.ExportCheck;
import holdfast.seals.Hash;
import holdfast.seals.LogCheck;
import holdfast.seals.Proof;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The log proves itself: to clients by proofs, and to anybody by an export. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealingTheLogTest {

    private static final String TENANT = "sealed";

    private final TestDatabase database = TestDatabase.fresh();
    private final TestNode node = Nodes.start(database);
    private final Caller auditor = Caller.operator(node.url()).of(TENANT);

    @BeforeAll
    void someThingsHappen() {
        var visitor = City.found(node.url(), TENANT, "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        var slots = slots(visitor, ADVICE);
        for (int n = 0; n < 40; n++) {
            hold(visitor, ADVICE, slots.get(100 + n));
        }
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void the_newest_head_covers_what_was_committed_before_the_question() {
        var seals = auditor.get("/audit/v1/seals").body();
        var head = seals.path("heads").get(0);
        assertThat(head.path("size").asLong()).isEqualTo(events(TENANT));
        assertThat(head.path("keyId").asString())
                .isEqualTo(seals.path("keys").get(0).path("keyId").asString());
    }

    @Test
    void each_event_is_proved_in_the_newest_tree_and_in_an_earlier_one() {
        var head = auditor.get("/audit/v1/seals").body().path("heads").get(0);
        for (long position : positions(TENANT)) {
            var proof = auditor.get("/audit/v1/proof/" + position).body();
            assertThat(isProved(proof)).as("position %d", position).isTrue();
            assertThat(proof.path("root")).isEqualTo(head.path("root"));
            long early = proof.path("leaf").asLong() + 1;
            assertThat(
                            isProved(
                                    auditor.get(
                                                    "/audit/v1/proof/%d?size=%d"
                                                            .formatted(position, early))
                                            .body()))
                    .isTrue();
        }
    }

    @Test
    void the_log_is_shown_to_have_only_grown() {
        long size =
                auditor.get("/audit/v1/seals").body().path("heads").get(0).path("size").asLong();
        for (long from = 1; from <= size; from++) {
            var proof =
                    auditor.get("/audit/v1/seals/consistency?from=%d&to=%d".formatted(from, size))
                            .body();
            assertThat(
                            Proof.isConsistent(
                                    from,
                                    hash(proof.path("fromRoot")),
                                    size,
                                    hash(proof.path("toRoot")),
                                    hashes(proof.path("path"))))
                    .isTrue();
        }
    }

    @Test
    void events_of_others_and_sizes_that_never_were_have_no_proof() {
        var foreign = auditor.get("/audit/v1/proof/" + positions("neighbour").getFirst());
        var unknown = auditor.get("/audit/v1/proof/999999");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.type()).isEqualTo("/problems/event-unknown").isEqualTo(unknown.type());
        assertThat(auditor.get("/audit/v1/proof/none").status()).isEqualTo(404);

        var tooBig = auditor.get("/audit/v1/seals/consistency?from=1&to=999999");
        assertThat(tooBig.status()).isEqualTo(422);
        assertThat(tooBig.type()).isEqualTo("/problems/tree-size-out-of-range");
        var position = positions(TENANT).getLast();
        assertThat(auditor.get("/audit/v1/proof/%d?size=1".formatted(position)).status())
                .isEqualTo(422);
    }

    @Test
    void an_export_is_intact_with_the_key_of_the_installation_and_with_no_other() throws Exception {
        var export = export();
        assertThat(check(export).findings()).isEmpty();
        assertThat(check(export).events()).isEqualTo(events(TENANT));

        var key = auditor.get("/audit/v1/seals").body().path("keys").get(0).path("publicKey");
        assertThat(check(export, Base64.getDecoder().decode(key.asString())).isIntact()).isTrue();
        var another =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
        assertThat(check(export, another).findings())
                .containsExactly("the signature of the head is not that of this key");
    }

    @Test
    void a_byte_changed_in_any_event_is_found_and_located() throws IOException {
        var export = export();
        for (int event = 1; event <= events(TENANT); event++) {
            var changed = new ArrayList<>(export);
            var line = changed.get(event);
            int at = line.length() * event / (int) (events(TENANT) + 2) / 2 + 20;
            char other = line.charAt(at) == 'x' ? 'y' : 'x';
            changed.set(event, line.substring(0, at) + other + line.substring(at + 1));
            assertThat(check(changed).findings())
                    .singleElement()
                    .asString()
                    .startsWith("event %d of the log".formatted(event))
                    .endsWith("was changed");
        }
    }

    @Test
    void an_event_that_was_dropped_added_doubled_or_moved_is_found_and_located()
            throws IOException {
        var export = export();
        for (int event = 1; event < events(TENANT); event++) {
            var dropped = new ArrayList<>(export);
            dropped.remove(event);
            assertThat(check(dropped).findings())
                    .containsExactly("event %d of the log was dropped".formatted(event));

            var added = new ArrayList<>(export);
            added.add(event, export.get(event).replace("\"sequence\":", "\"sequence\":9"));
            assertThat(check(added).findings())
                    .singleElement()
                    .asString()
                    .startsWith("event %d of the log".formatted(event))
                    .endsWith("was added");

            var doubled = new ArrayList<>(export);
            doubled.add(event, export.get(event));
            assertThat(check(doubled).findings())
                    .singleElement()
                    .asString()
                    .startsWith("event %d of the log".formatted(event));

            var moved = new ArrayList<>(export);
            Collections.swap(moved, event, event + 1);
            assertThat(check(moved).findings())
                    .singleElement()
                    .asString()
                    .startsWith("event %d of the log".formatted(event))
                    .endsWith("stands in another place or twice");
        }
    }

    @Test
    void nothing_else_of_an_export_can_be_changed_either() throws IOException {
        var export = export();
        for (int line : new int[] {0, export.size() - 2, export.size() - 1}) {
            var text = export.get(line);
            for (int at = 0; at < text.length(); at += 7) {
                char old = text.charAt(at);
                if (!Character.isLetterOrDigit(old)) {
                    continue;
                }
                var changed = new ArrayList<>(export);
                var other = old == '1' ? '2' : '1';
                changed.set(line, text.substring(0, at) + other + text.substring(at + 1));
                if (line < export.size() - 1 || at < text.indexOf("\"keys\"")) {
                    assertThat(check(changed).isIntact())
                            .as("line %d, character %d of %s", line, at, text)
                            .isFalse();
                }
            }
        }
        assertThat(check(export.subList(0, export.size() - 1)).findings())
                .containsExactly("the signed head is missing: the file ends early");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update domain_event_entry set payload = replace(convert_from(payload, 'UTF8'), '"hall"', '"mall"')::bytea | changed
                    update domain_event_entry set time_stamp = time_stamp - interval '1 day' | changed
                    delete from domain_event_entry | dropped
                    """)
    void what_somebody_did_to_the_log_in_the_database_is_found(String deed, String finding)
            throws SQLException, IOException {
        auditor.get("/audit/v1/seals");
        var position = positions(TENANT).get(50);
        var sql = database.sql();
        sql.sql("create table kept as table domain_event_entry").update();
        try {
            assertThat(new LogCheck(database.dataSource(), null).run(UNHEARD).isIntact()).isTrue();
            sql.sql(deed + " where global_index = " + position).update();

            var result = new LogCheck(database.dataSource(), null).run(UNHEARD);
            assertThat(result.findings())
                    .singleElement()
                    .asString()
                    .startsWith("sealed: event 51 of the log")
                    .endsWith("was " + finding);
            assertThat(check(export()).findings())
                    .singleElement()
                    .asString()
                    .startsWith("event 51 of the log")
                    .endsWith("was " + finding);
        } finally {
            sql.sql("delete from domain_event_entry where global_index = " + position).update();
            sql.sql(
                            "insert into domain_event_entry select * from kept where global_index ="
                                    + " "
                                    + position)
                    .update();
            sql.sql("drop table kept").update();
        }
    }

    @Test
    void a_head_that_was_signed_anew_by_somebody_else_is_found() throws SQLException {
        auditor.get("/audit/v1/seals");
        var sql = database.sql();
        sql.sql("create table kept_head as table seal_head").update();
        try {
            sql.sql("update seal_head set root = sha256(root) where tenant = ?")
                    .param(TENANT)
                    .update();
            assertThat(new LogCheck(database.dataSource(), null).run(UNHEARD).findings())
                    .contains("sealed: the signature of the head is not that of this key");
        } finally {
            sql.sql("truncate seal_head").update();
            sql.sql("insert into seal_head select * from kept_head").update();
            sql.sql("drop table kept_head").update();
        }
    }

    private static boolean isProved(JsonNode proof) {
        return Proof.includes(
                hash(proof.path("hash")),
                proof.path("leaf").asLong(),
                proof.path("size").asLong(),
                hashes(proof.path("path")),
                hash(proof.path("root")));
    }

    private static Hash hash(JsonNode text) {
        return Hash.of(text.asString());
    }

    private static List<Hash> hashes(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(SealingTheLogTest::hash)
                .toList();
    }

    private long events(String tenant) {
        return positions(tenant).size();
    }

    /** Of the tenant's events, in order. */
    private List<Long> positions(String tenant) {
        return database.sql()
                .sql(
                        """
                        select position from event_log where payload ->> 'tenant' = ?
                        order by position
                        """)
                .param(tenant)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private List<String> export() throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create(node.url() + "/audit/v1/export"))
                        .header("X-TENANT-ID", TENANT)
                        .header(
                                "Authorization",
                                "Bearer " + Objects.requireNonNull(auditor.token()))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body()
                    .lines()
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static ExportCheck.Result check(List<String> export) throws IOException {
        return check(export, null);
    }

    private static ExportCheck.Result check(List<String> export, byte @Nullable [] key)
            throws IOException {
        try (var lines = new BufferedReader(new StringReader(String.join("\n", export)))) {
            return ExportCheck.of(lines, key, count -> {});
        }
    }
}
