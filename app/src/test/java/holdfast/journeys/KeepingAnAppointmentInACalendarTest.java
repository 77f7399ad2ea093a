package holdfast.journeys;

import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.into;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A calendar takes an appointment in, and follows it when it is moved or cancelled. */
class KeepingAnAppointmentInACalendarTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        var located =
                City.catalogue("city", "PT15M")
                        .replace(
                                "\"timeZone\": \"Europe/Berlin\",\n   \"openingHours\"",
                                "\"location\": {\"longitude\": 13.4, \"latitude\": 52.5},"
                                        + " \"timeZone\": \"Europe/Berlin\",\n   \"openingHours\"")
                        .replace("Rathaus", "Rathaus, Bürgeramt; Erdgeschoß links, neben dem Café")
                        .replace(
                                "{\"id\": \"passport\",",
                                """
                                {"id": "passport",
                                 "description": {"de_DE": "Bitte mitbringen:\\nFoto; alter Paß, Gebühr",
                                                 "en_US": "Please bring a photo"},\
                                """)
                        .replace("Reisepass", "Reisepass 🛂");
        assertThat(located).contains("52.5");
        var applied = Caller.operator(node.url()).of("city").put("/admin/v1/catalogue", located);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void it_says_what_where_and_when() throws Exception {
        var slot = aSlot(visitor, PASSPORT, 3);
        var id = appointment(visitor, PASSPORT, slot, "ada1234567");

        var answer = file(id, "de");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringWhitespace("text/calendar;charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Language")).contains("de-DE");
        var calendar = read(answer.body());
        assertThat(value(calendar, Property.UID)).isEqualTo(id);
        assertThat(value(calendar, Property.SUMMARY)).isEqualTo("Reisepass 🛂");
        assertThat(value(calendar, Property.DESCRIPTION))
                .isEqualTo("Bitte mitbringen:\nFoto; alter Paß, Gebühr");
        assertThat(value(calendar, Property.LOCATION))
                .isEqualTo(
                        "Rathaus, Bürgeramt; Erdgeschoß links, neben dem Café, Markt 1, 10117"
                                + " Berlin, DE");
        assertThat(value(calendar, Property.GEO)).isEqualTo("52.5;13.4");
        assertThat(value(calendar, Property.STATUS)).isEqualTo("CONFIRMED");
        assertThat(answer.body())
                .contains("DTSTART;TZID=Europe/Berlin:" + local(slot, "startTime"))
                .contains("DTEND;TZID=Europe/Berlin:" + local(slot, "endTime"))
                .contains("METHOD:PUBLISH")
                .contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n")
                .doesNotContain("Ada")
                .doesNotContain("ada");
        var english = read(file(id, "en").body());
        assertThat(value(english, Property.SUMMARY)).isEqualTo("Passport");
        assertThat(value(english, Property.DESCRIPTION)).isEqualTo("Please bring a photo");
    }

    @Test
    void no_line_is_too_long_and_each_ends_as_it_should() throws Exception {
        var id = appointment(visitor, PASSPORT, aSlot(visitor, PASSPORT, 4), "ada1234567");
        var text = file(id, "de").body();
        assertThat(text).endsWith("END:VCALENDAR\r\n");
        for (var line : text.split("\r\n")) {
            assertThat(line).doesNotContain("\n");
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75);
        }
    }

    @Test
    void the_same_state_is_the_same_file() throws Exception {
        var id = appointment(visitor, PASSPORT, aSlot(visitor, PASSPORT, 5), "ada1234567");
        var tag = file(id, "de").headers().firstValue("ETag").orElseThrow();
        var path = "/external/v1/appointments/" + id + "/calendar.ics";
        assertThat(visitor.speaking("de").get(path, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void it_follows_a_move_and_a_cancellation() throws Exception {
        var later = aSlot(visitor, WEDDING, 7);
        var id = appointment(visitor, WEDDING, aSlot(visitor, WEDDING, 6), "ada1234567");
        var before = read(file(id, "de").body());

        visitor.put("/appointments/" + id, into(hold(visitor, WEDDING, later)));
        var moved = file(id, "de").body();
        assertThat(moved).contains("DTSTART;TZID=Europe/Berlin:" + local(later, "startTime"));
        assertThat(value(read(moved), Property.UID)).isEqualTo(value(before, Property.UID));
        assertThat(number(moved)).isGreaterThan(Integer.parseInt(value(before, Property.SEQUENCE)));

        visitor.delete("/appointments/" + id);
        var cancelled = file(id, "de").body();
        assertThat(cancelled).contains("METHOD:CANCEL").contains("STATUS:CANCELLED");
        assertThat(number(cancelled)).isGreaterThan(number(moved));
    }

    @Test
    void a_hold_is_in_no_calendar() throws Exception {
        var held = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 8));
        for (var id : new String[] {held, "none", "0190a000-0000-7000-8000-000000000002"}) {
            var answer = file(id, "de");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("/problems/reservation-unknown");
        }
    }

    private static int number(String file) throws ParserException, IOException {
        return Integer.parseInt(value(read(file), Property.SEQUENCE));
    }

    private static String value(Calendar calendar, String property) {
        return calendar.getComponent(Component.VEVENT)
                .orElseThrow()
                .getProperty(property)
                .orElseThrow()
                .getValue();
    }

    private static String local(JsonNode slot, String end) {
        return OffsetDateTime.parse(slot.path("timeSlot").path(end).asString())
                .atZoneSameInstant(ZoneId.of("Europe/Berlin"))
                .format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss"));
    }

    private static Calendar read(String file) throws ParserException, IOException {
        var calendar = new CalendarBuilder().build(new StringReader(file));
        assertThat(calendar.validate().getEntries()).as(file).isEmpty();
        return calendar;
    }

    private static HttpResponse<String> file(String id, String language)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        node.url()
                                                + "/external/v1/appointments/"
                                                + id
                                                + "/calendar.ics"))
                        .header("X-TENANT-ID", "city")
                        .header("Accept-Language", language)
                        .header("Accept", "text/calendar")
                        .build(),
                BodyHandlers.ofString());
    }
}
