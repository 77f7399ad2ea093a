package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What a browser is told and sent along with pages. */
class PagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static Town town;

    @BeforeAll
    static void aTown() {
        town =
                Town.found(
                        "headtown",
                        """
                        "anonymousBooking": true, "pages": {"colour": "#ffee00",
                          "logo": "https://pictures.example.org/arms.svg",
                          "frameAncestors": ["https://www.example.org", "https://example.net"]}
                        """);
    }

    @Test
    void the_first_load_weighs_less_than_100_kilobytes() throws Exception {
        var page = get(town.book(), "Accept-Encoding", "gzip");
        long bytes = page.body().length;
        var html = new String(get(town.book()).body(), StandardCharsets.UTF_8);
        var parts =
                Pattern.compile("(?:href|src)=\"(/(?:assets|book)/[^\"]+\\.(?:css|js))\"")
                        .matcher(html)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(parts).hasSize(4);
        for (var part : parts) {
            var answer = get(town.url(part), "Accept-Encoding", "gzip");
            assertThat(answer.statusCode()).as(part).isEqualTo(200);
            assertThat(header(answer, "Cache-Control")).as(part).contains("immutable", "public");
            bytes += answer.body().length;
        }
        assertThat(header(page, "Content-Encoding")).isEqualTo("gzip");
        assertThat(bytes).isLessThan(100_000);
    }

    @Test
    void only_those_whom_the_tenant_names_may_show_a_page_in_a_frame() throws Exception {
        assertThat(header(get(town.book()), "Content-Security-Policy"))
                .contains("frame-ancestors https://www.example.org https://example.net")
                .contains("img-src 'self' data: https://pictures.example.org;")
                .contains("script-src 'self';", "style-src 'self';")
                .doesNotContain("unsafe");
        var alone = Town.found("alonetown");
        assertThat(header(get(alone.book()), "Content-Security-Policy"))
                .contains("frame-ancestors 'none'");
        assertThat(header(get(town.book()), "X-Frame-Options")).isEmpty();
    }

    @Test
    void a_form_on_a_foreign_page_does_nothing() throws Exception {
        var foreign = post(town.book() + "/visit", "Sec-Fetch-Site", "cross-site");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(text(foreign)).contains("The form is on a foreign page");
        assertThat(post(town.book() + "/visit", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(post(town.book() + "/visit", "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(303);
    }

    @Test
    void where_calls_take_a_token_the_pages_are_no_way_around_it() throws Exception {
        var closed = Town.found("tokentown", "\"anonymousBooking\": false");
        assertThat(get(closed.book()).statusCode()).isEqualTo(200);
        assertThat(post(closed.book() + "/hold?start=2026-12-01T10:00:00Z").statusCode())
                .isEqualTo(401);
        var id = "/hold/00000000-0000-7000-8000-000000000000";
        assertThat(get(closed.book() + id).statusCode()).isEqualTo(401);
        assertThat(post(closed.book() + id).statusCode()).isEqualTo(401);
        assertThat(post(closed.book() + id + "/again").statusCode()).isEqualTo(401);
        assertThat(post(closed.book() + id + "/extension").statusCode()).isEqualTo(401);
    }

    @Test
    void where_there_is_no_page_a_browser_is_told_so_on_one() throws Exception {
        var browser = new String[] {"Accept", "text/html,*/*;q=0.8", "Accept-Language", "de"};
        for (var path : List.of("/book/headtown/nothing", "/manage/headtown", "/book/a/b")) {
            var page = get(town.url(path), browser);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
            assertThat(text(page)).contains("<html lang=\"de", "<h1>Hier ist nichts</h1>");
        }
        assertThat(text(get(town.url("/book/headtown/nothing"), browser)))
                .contains("arms.svg", "Termin buchen", "/book/headtown/nothing?lang=en-US");
        assertThat(header(get(town.url("/book/headtown/x"), browser), "Content-Security-Policy"))
                .contains("frame-ancestors https://www.example.org");

        var wrong = post(town.book(), browser);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(header(wrong, "Allow")).contains("GET");
        assertThat(text(wrong)).contains("<html lang=\"de-DE\">");

        // what no filter lets in
        var odd = get(town.url("/book/headtown;x=y"), browser);
        assertThat(odd.statusCode()).isEqualTo(400);
        assertThat(text(odd)).contains("<h1>");
        assertThat(header(odd, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(odd, "Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void programs_and_parts_of_pages_are_told_as_before() throws Exception {
        var html = "text/html,*/*;q=0.8";
        var nothing = town.url("/book/headtown/nothing");
        for (var answer :
                List.of(
                        get(nothing),
                        get(nothing, "Accept", "*/*"),
                        get(nothing, "Accept", html, "HX-Request", "true"),
                        get(town.url("/external/v1/nothing"), "Accept", html))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(text(answer)).contains("\"/problems/not-found\"", "\"instance\"");
        }
    }

    @Test
    void a_page_of_nobody_is_shown_in_no_frame() throws Exception {
        assertThat(header(get(town.url("/book/nobody")), "Content-Security-Policy"))
                .contains("frame-ancestors 'none'", "default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    de       | de-DE | Termin buchen           | Rathaus
                    fr       | fr-FR | Prendre rendez-vous     | Town hall
                    nl-NL    | nl-NL | Afspraak maken          | Town hall
                    it       | it-IT | Prenota un appuntamento | Town hall
                    es       | es-ES | Pedir cita              | Town hall
                    en-US    | en-US | Book an appointment     | Town hall
                    pl, en;q=0.5 | en-GB | Book an appointment | Town hall
                    """)
    void a_page_is_in_the_readers_language(String accepted, String lang, String title, String hall)
            throws Exception {
        var page = text(get(town.book(), "Accept-Language", accepted));
        assertThat(page).contains("<html lang=\"" + lang + "\">", "<h1>" + title + "</h1>");
        assertThat(text(get(town.book() + "?by=branch", "Accept-Language", accepted)))
                .contains(hall);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    de-DE | \\d{2}:\\d{2}<  | , \\d+\\. \\p{L}+ \\d{4}<
                    en-US | \\d+:\\d{2}\\h[AP]M< | , \\p{L}+ \\d+, \\d{4}<
                    fr-FR | \\d{2}:\\d{2}<  | \\p{L}+ \\d+(er)? \\p{L}+ \\d{4}<
                    """)
    void days_and_times_are_written_as_the_language_writes_them(
            String lang, String time, String date) throws Exception {
        var page = text(get(town.book("wedding") + "&lang=" + lang));
        assertThat(page).containsPattern(time).containsPattern("data-say>[^<]*" + date);
        assertThat(page).contains("lang=" + lang);
    }

    private static HttpResponse<byte[]> get(String address, String... headers)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)), headers);
    }

    private static HttpResponse<byte[]> post(String address, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("service=wedding&branch=hall")),
                headers);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
