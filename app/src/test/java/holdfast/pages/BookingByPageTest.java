package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ServiceId;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.slf4j.MDC;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Visitors book, whatever happens on the way. */
class BookingByPageTest {

    private static final By FIRST_TIME = By.cssSelector(".times button");

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Town town;

    @BeforeAll
    static void aTownAndAVisitor() {
        browser = Browser.start();
        town = Town.found("booktown");
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
    void a_visitor_books_from_the_first_page_to_the_appointment() {
        browser.open(town.book()).sees("Book an appointment");
        browser.isAccessible();
        browser.click("Passport");
        browser.sees("Where would you like to come?");
        browser.isAccessible();
        browser.click("Town hall");
        browser.sees("Your visit");
        browser.isAccessible();
        browser.click("Show free times");
        browser.sees("Choose a day and a time");
        browser.isAccessible();
        browser.click(FIRST_TIME);
        browser.sees("Your details").reads("We keep this time for you until");
        browser.isAccessible();
        browser.click("Book the appointment");
        browser.reads("Please look at this again");
        browser.isAccessible();
        fillIn();
        browser.fill("What is the number", "C01X00T47");
        browser.click("Book the appointment");
        browser.sees("Your appointment").reads("Your appointment is booked.");
        browser.isAccessible();
        assertThat(browser.text()).contains("Passport", "Town hall", "Markt 1", "10117 Berlin");
    }

    @Test
    void what_is_typed_into_the_search_is_found_at_once() {
        browser.open(town.book()).sees("Book an appointment");
        browser.fill("What do you need?", "CHILD");
        browser.until(() -> browser.all(By.cssSelector("#found li")).size() == 1, "one service");
        assertThat(browser.text()).contains("Passport");
        browser.fill("What do you need?", "spaceship");
        browser.reads("Nothing with these words");
        browser.isAccessible();
    }

    @Test
    void who_begins_with_a_branch_sees_what_it_offers() {
        browser.open(town.book()).sees("Book an appointment");
        browser.click("By branch");
        browser.sees("Where would you like to come?");
        browser.isAccessible();
        browser.click("Island office");
        browser.sees("Book an appointment").reads("at Island office");
        assertThat(browser.text()).contains("Passport").doesNotContain("Wedding");
        browser.isAccessible();
    }

    @Test
    void branches_are_sorted_by_distance_where_the_visitor_agrees() {
        browser.open(town.book() + "?service=passport").sees("Where would you like to come?");
        browser.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions", Map.of("permissions", List.of("geolocation")));
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setGeolocationOverride",
                        Map.of("latitude", 50, "longitude", -6, "accuracy", 1));
        browser.click("Show the nearest first");
        browser.until(
                () ->
                        browser.all(By.cssSelector(".choices strong"))
                                .getFirst()
                                .getText()
                                .equals("Island office"),
                "the island first");
        assertThat(browser.text()).contains("mi");
        browser.isAccessible();
    }

    @Test
    void another_day_is_shown_without_leaving_the_page() {
        browser.open(town.book("wedding")).sees("Choose a day and a time");
        var later = By.cssSelector(".month td a:not([aria-current])");
        var day = Objects.requireNonNull(browser.find(later).getAccessibleName());
        browser.click(later);
        browser.until(
                () -> browser.find(By.id("day-name")).getText().equals(day), "the times of " + day);
        assertThat(browser.address()).contains("day=");
        browser.isAccessible();
        browser.reload();
        browser.sees("Choose a day and a time");
        assertThat(browser.find(By.id("day-name")).getText()).isEqualTo(day);
        browser.click(By.id("month-after"));
        browser.until(
                () -> !browser.find(By.id("day-name")).getText().equals(day), "another month");
    }

    @Test
    void a_wrong_answer_ends_the_way_and_a_right_one_goes_on() {
        browser.open(town.book("parking")).sees("Your visit");
        browser.click("No");
        browser.click("Show free times");
        browser.reads("Only residents may park.");
        browser.isAccessible();
        browser.click("Yes");
        browser.click("Show free times");
        browser.sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        fillIn();
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    @Test
    void several_services_are_booked_in_one_visit() {
        browser.open(town.book("passport")).sees("Your visit");
        browser.click("Identity card");
        browser.click("Show free times");
        browser.sees("Choose a day and a time").reads("Passport, Identity card");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        fillIn();
        browser.fill("What is the number", "C01X00T47");
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.").reads("Identity card");
    }

    @Test
    void the_whole_booking_needs_no_mouse() {
        browser.open(town.book()).sees("Book an appointment");
        browser.press(Keys.TAB);
        assertThat(browser.driver().switchTo().activeElement().getText())
                .isEqualTo("Skip to the content");
        press("Wedding");
        browser.sees("Choose a day and a time");
        var time = browser.find(FIRST_TIME).getText();
        press(time);
        browser.sees("Your details");
        type("First name", "Ada");
        type("Last name", "Lovelace");
        type("E-mail", "ada@example.org");
        press("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    private static void press(String text) {
        browser.tabTo(text);
        browser.press(Keys.ENTER);
    }

    private static void type(String label, String text) {
        browser.tabTo(label);
        browser.press(text);
    }

    @Test
    void the_enter_key_in_a_field_books_and_does_not_extend() {
        hold("wedding");
        fillIn();
        browser.press(Keys.ENTER);
        browser.reads("Your appointment is booked.");
    }

    @Test
    void more_time_is_given_and_what_was_typed_stays() {
        hold("wedding");
        browser.fill("First name", "Ada");
        var before = held().expiresAt();
        browser.click("I need more time");
        browser.until(() -> held().expiresAt().isAfter(before), "the extension");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.isAccessible();
        browser.click("I need more time");
        browser.sees("Your details");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
    }

    @Test
    void two_clicks_on_a_time_are_one_hold() {
        browser.open(town.book("wedding")).sees("Choose a day and a time");
        browser.driver()
                .executeScript(
                        """
                        const button = document.querySelector('.times button');
                        const body = new URLSearchParams(new FormData(button.form, button));
                        window.twice = Promise.all([1, 2].map(() => fetch(button.form.action,
                          {method: 'POST', body}).then(answer => answer.url)));
                        """);
        var both =
                List.copyOf(
                        (List<?>)
                                Objects.requireNonNull(
                                        browser.driver()
                                                .executeAsyncScript(
                                                        "window.twice.then(arguments[arguments.length"
                                                            + " - 1])")));
        assertThat(both).hasSize(2);
        assertThat(both.getFirst()).isEqualTo(both.getLast());
        assertThat(both.getFirst().toString()).contains("/hold/");
    }

    @Test
    void a_double_click_books_once() {
        hold("wedding");
        fillIn();
        browser.driver()
                .executeScript(
                        """
                        const button = [...document.querySelectorAll('form#details button')].at(-1);
                        button.click();
                        button.click();
                        """);
        browser.reads("Your appointment is booked.");
    }

    @Test
    void a_time_that_was_taken_meanwhile_leads_to_the_nearest_free_ones() {
        browser.open(town.book("wedding")).sees("Choose a day and a time");
        var times = browser.all(FIRST_TIME);
        var last = times.getLast();
        takeElsewhere(Instant.parse(Objects.requireNonNull(last.getDomAttribute("value"))));
        last.click();
        browser.reads("The slot is taken").reads("Free times nearby");
        browser.isAccessible();
        browser.click(By.cssSelector(".choices button"));
        browser.sees("Your details");
    }

    private static void takeElsewhere(Instant start) {
        MDC.put("tenant", town.id().text());
        try {
            town.bean(CommandGateway.class)
                    .sendAndWait(
                            new Reserve(
                                    town.id(),
                                    new ReservationId(UUID.randomUUID()),
                                    new VisitWish(
                                            BranchId.of("hall"),
                                            List.of(new ServiceCount(ServiceId.of("wedding"), 1)),
                                            null),
                                    start,
                                    start.plus(Duration.ofHours(1)),
                                    null));
        } finally {
            MDC.clear();
        }
    }

    @Test
    void a_hold_that_ends_while_the_form_is_open_loses_nothing() {
        var hasty =
                Town.found(
                        "hastytown",
                        "\"hold\": \"PT4S\", \"maxHoldExtensions\": 0, \"anonymousBooking\": true");
        browser.open(hasty.book("wedding")).sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        browser.reads("The time is over");
        browser.isAccessible();
        fillIn();
        browser.click("Book the appointment");
        browser.reads("The hold has ended").reads("Which time suits you?");
        browser.isAccessible();
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.click("Book this time");
        browser.reads("Your appointment is booked.");
    }

    @Test
    void the_way_back_leads_to_the_times_and_another_one_replaces_the_first() {
        hold("wedding");
        var first = held().reservation();
        browser.back();
        browser.sees("Choose a day and a time");
        browser.click(By.cssSelector(".times li:nth-child(2) button"));
        browser.sees("Your details");
        assertThat(held().reservation()).isNotEqualTo(first);
        assertThat(statusOf(first)).isEqualTo(ReservationStatus.RELEASED);
    }

    @Test
    void another_time_is_chosen_before_the_first_is_given_back() {
        hold("wedding");
        var first = held().reservation();
        browser.click("Choose another time");
        browser.sees("Choose a day and a time");
        assertThat(statusOf(first)).isEqualTo(ReservationStatus.RESERVED);
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        assertThat(statusOf(first)).isEqualTo(ReservationStatus.RELEASED);
    }

    @Test
    void reloading_and_coming_back_show_what_there_is_by_then() {
        hold("wedding");
        browser.fill("First name", "Ada");
        browser.reload();
        browser.sees("Your details");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        fillIn();
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
        browser.back();
        browser.sees("Your appointment");
        assertThat(browser.text()).doesNotContain("Book the appointment");
    }

    @Test
    void two_tabs_book_two_visits_of_their_own() {
        hold("wedding");
        var one = held().reservation();
        var tab = browser.newTab();
        hold("wedding");
        var other = held().reservation();
        assertThat(other).isNotEqualTo(one);
        assertThat(statusOf(one)).isEqualTo(ReservationStatus.RESERVED);
        fillIn();
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
        browser.driver().close();
        browser.backToTab(tab);
        fillIn();
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    @Test
    void without_a_connection_nothing_is_sent_and_nothing_is_lost() {
        hold("wedding");
        fillIn();
        offline(true);
        try {
            browser.click("Book the appointment");
            browser.reads("There is no connection at the moment.");
            browser.isAccessible();
        } finally {
            offline(false);
        }
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    private static void offline(boolean isOffline) {
        browser.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of(
                                "offline",
                                isOffline,
                                "latency",
                                0,
                                "downloadThroughput",
                                -1,
                                "uploadThroughput",
                                -1));
    }

    @Test
    void a_tenant_that_wants_tokens_says_so() {
        var closed = Town.found("closedtown", "\"anonymousBooking\": false");
        browser.open(closed.book()).sees("Appointments cannot be booked here");
        browser.isAccessible();
    }

    @Test
    void an_address_that_leads_nowhere_says_so() {
        browser.open(town.url("/book/atlantis")).sees("There is no such tenant");
        browser.isAccessible();
        browser.open(town.book() + "?service=moon").sees("There is no such service");
        browser.open(town.book() + "/hold/" + UUID.randomUUID())
                .sees("There is no such reservation");
        browser.isAccessible();
    }

    /** Goes to the form of a new hold. */
    private static void hold(String service) {
        browser.open(town.book(service)).sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
    }

    private static RegisterEntry held() {
        var id = browser.address().replaceAll(".*/hold/([^/?]+).*", "$1");
        return town.bean(Register.class).find(town.id(), ReservationId.of(id)).orElseThrow();
    }

    private static ReservationStatus statusOf(ReservationId id) {
        return town.bean(Register.class).find(town.id(), id).orElseThrow().status();
    }

    private static void fillIn() {
        browser.fill("First name", "Ada");
        browser.fill("Last name", "Lovelace");
        browser.fill("E-mail", "ada@example.org");
    }
}
