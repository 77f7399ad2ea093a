package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/** Customers look after their appointments by the link they were shown. */
class ManagingByPageTest {

    private static final By FIRST_TIME = By.cssSelector(".times button");

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Town town;

    @BeforeAll
    static void aTownAndAVisitor() {
        browser = Browser.start();
        town = Town.found("linktown");
    }

    @AfterAll
    static void leave() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void inAFreshTab() {
        browser.startAfresh();
    }

    @Test
    void an_appointment_is_moved_and_its_old_time_is_free_again() {
        book(town);
        var before = appointment(town);
        browser.click("Choose another time");
        browser.sees("Choose another time").reads("So far:");
        browser.isAccessible();
        browser.click(FIRST_TIME);
        browser.reads("Your appointment was moved.");
        browser.isAccessible();
        var after = appointment(town);
        assertThat(after.reservation()).isEqualTo(before.reservation());
        assertThat(after.visit()).isNotEqualTo(before.visit());
        browser.click("Choose another time");
        browser.sees("Choose another time");
        assertThat(browser.find(FIRST_TIME).getDomAttribute("value"))
                .isEqualTo(before.visit().start().toString());
    }

    @Test
    void an_appointment_is_cancelled_with_a_reason() {
        book(town);
        browser.click("Cancel the appointment");
        browser.fill("Why?", "Rain");
        browser.isAccessible();
        browser.click("Cancel it now");
        browser.reads("Your appointment was cancelled.").reads("This appointment was cancelled.");
        browser.isAccessible();
        assertThat(appointment(town).status()).isEqualTo(ReservationStatus.CANCELLED);
        assertThat(browser.text()).doesNotContain("Choose another time");
    }

    @Test
    void after_the_deadline_it_is_said_that_it_is_too_late() {
        var strict =
                Town.found(
                        "stricttown",
                        "\"anonymousBooking\": true, \"cancelDeadlineMinutes\": 527040");
        book(strict);
        browser.reads("Moving and cancelling was possible until");
        browser.isAccessible();
        assertThat(browser.text()).doesNotContain("Cancel the appointment");
    }

    @Test
    void the_appointment_is_given_as_a_file_for_calendars() throws Exception {
        book(town);
        var file =
                get(
                        Objects.requireNonNull(
                                browser.find(By.linkText("Add to calendar"))
                                        .getDomProperty("href")));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type"))
                .hasValue("text/calendar;charset=UTF-8");
        assertThat(file.body())
                .startsWith("BEGIN:VCALENDAR")
                .contains("UID:" + appointment(town).reservation());
    }

    @Test
    void links_that_were_never_given_and_those_of_others_look_alike() throws Exception {
        book(town);
        var token = token();
        var other = Town.found("otherlinktown");
        var appointment = appointment(town).reservation();
        var onlyTheId =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                ByteBuffer.allocate(32)
                                        .putLong(appointment.value().getMostSignificantBits())
                                        .putLong(appointment.value().getLeastSignificantBits())
                                        .array());
        var unknown = get(town.url("/manage/linktown/nothing"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        for (var address :
                new String[] {
                    "/manage/linktown/" + onlyTheId,
                    "/manage/linktown/" + appointment,
                    "/manage/linktown/" + token + "A"
                }) {
            var answer = get(town.url(address));
            assertThat(answer.statusCode()).as(address).isEqualTo(404);
            assertThat(withoutAddresses(answer.body())).isEqualTo(withoutAddresses(unknown.body()));
        }
        var foreign = get(other.url("/manage/otherlinktown/" + token));
        var foreignUnknown = get(other.url("/manage/otherlinktown/nothing"));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(withoutAddresses(foreign.body()))
                .isEqualTo(withoutAddresses(foreignUnknown.body()));
    }

    /** The language chooser repeats what was asked for. */
    private static String withoutAddresses(String page) {
        return page.replaceAll("href=\"/manage/[^\"]*\"", "");
    }

    @Test
    void a_link_is_neither_kept_nor_passed_on_and_names_nobody() throws Exception {
        book(town);
        var page = get(browser.address());
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.body()).doesNotContain("Lovelace", "ada@example.org");
    }

    private static void book(Town where) {
        browser.open(where.book("wedding")).sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        browser.fill("First name", "Ada");
        browser.fill("Last name", "Lovelace");
        browser.fill("E-mail", "ada@example.org");
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    private static String token() {
        return browser.address().replaceAll(".*/manage/[^/]+/([^/?]+).*", "$1");
    }

    private static RegisterEntry appointment(Town where) {
        var id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token()));
        return where.bean(Register.class)
                .find(where.id(), new ReservationId(new UUID(id.getLong(), id.getLong())))
                .orElseThrow();
    }

    private static HttpResponse<String> get(String address)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        }
    }
}
