package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Lists of slots are kept, and nobody can tell but by their speed. */
class KeepingAnswersTest {

    private static final String SLOTS = "/external/v1/services/passport/timeslots?branchId=hall";
    private static final String DATES = "/external/v1/services/passport/dates?branchId=hall";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestDatabase database;
    private static TestNode node;
    private static Caller visitor;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        node = Nodes.start(database);
        visitor = City.found(node.url(), "city", "PT15M");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<byte[]> get(String url, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("X-TENANT-ID", "city");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Far from now, so that no start passes while the test looks. */
    private static String window(String path) {
        var day = LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(20);
        return path + "&from=" + day + "&to=" + day.plusDays(9);
    }

    @Test
    void an_answer_that_still_holds_is_304_until_somebody_books() throws Exception {
        for (var path : new String[] {window(SLOTS), window(DATES)}) {
            var first = get(node.url(), path);
            var tag = header(first, "ETag");
            assertThat(tag).startsWith("W/\"");
            assertThat(header(first, "Content-Length"))
                    .isEqualTo(Integer.toString(first.body().length));

            var again = get(node.url(), path, "If-None-Match", tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);

            City.hold(visitor, City.PASSPORT, City.aSlot(visitor, City.PASSPORT, 22));

            var changed = get(node.url(), path, "If-None-Match", tag);
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.body()).isNotEqualTo(first.body());
            assertThat(header(changed, "ETag")).isNotEqualTo(tag);
        }
    }

    @Test
    void a_node_that_kept_its_answer_and_one_that_was_never_asked_say_the_same() throws Exception {
        get(node.url(), window(SLOTS));
        for (int day = 20; day < 26; day++) {
            City.hold(visitor, City.WEDDING, City.aSlot(visitor, City.WEDDING, day));
            var kept = get(node.url(), window(SLOTS));
            assertThat(kept.statusCode()).isEqualTo(200);
        }
        try (var other = Nodes.start(database)) {
            for (var path : new String[] {window(SLOTS), window(DATES)}) {
                var kept = get(node.url(), path);
                var fresh = get(other.url(), path);
                assertThat(fresh.body()).isEqualTo(kept.body());
                assertThat(header(fresh, "ETag")).isEqualTo(header(kept, "ETag"));
            }
        }
    }

    @Test
    void whoever_accepts_gzip_gets_the_same_in_fewer_bytes() throws Exception {
        var plain = get(node.url(), window(SLOTS));
        var small = get(node.url(), window(SLOTS), "Accept-Encoding", "gzip, deflate");

        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(small, "Content-Encoding")).isEqualTo("gzip");
        assertThat(small.body().length).isLessThan(plain.body().length / 5);
        try (var read = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
            assertThat(read.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(header(small, "ETag")).isEqualTo(header(plain, "ETag"));
        for (var answer : List.of(plain, small)) {
            assertThat(String.join(", ", answer.headers().allValues("Vary")))
                    .contains("Accept-Encoding", "X-TENANT-ID");
        }
    }

    @Test
    void a_catalogue_that_changed_is_asked_at_once() throws Exception {
        var before = get(node.url(), SLOTS);
        assertThat(before.statusCode()).isEqualTo(200);
        var operator = Caller.operator(node.url()).of("city");
        var shorter =
                City.catalogue("city", "PT15M")
                        .replace("\"horizonDays\": 60", "\"horizonDays\": 59");

        assertThat(operator.put("/admin/v1/catalogue", shorter).status()).isEqualTo(200);

        assertThat(get(node.url(), SLOTS).body().length).isLessThan(before.body().length);
        operator.put("/admin/v1/catalogue", City.catalogue("city", "PT15M"));
    }
}
