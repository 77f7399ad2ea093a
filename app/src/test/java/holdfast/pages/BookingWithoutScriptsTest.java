package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.reservation.Register;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Everything works where scripts do not run. */
class BookingWithoutScriptsTest {

    private static final By FIRST_TIME = By.cssSelector(".times button");

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Town town;

    @BeforeAll
    static void aTownAndAVisitor() {
        browser = Browser.withoutScripts();
        town = Town.found("plaintown");
    }

    @AfterAll
    static void leave() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void a_visitor_searches_books_moves_and_cancels() {
        browser.open(town.book()).sees("Book an appointment");
        browser.fill("What do you need?", "child");
        browser.click("Find");
        browser.click("Passport");
        browser.click("Town hall");
        browser.sees("Your visit");
        browser.click("Identity card");
        browser.click("Show free times");
        browser.sees("Choose a day and a time").reads("Passport, Identity card");
        browser.click(By.id("month-after"));
        browser.click(By.cssSelector(".month td a:not([aria-current])"));
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        assertThat(browser.all(By.cssSelector("[data-left]")).getFirst().getText()).isEmpty();
        fillIn();
        browser.click("Book the appointment");
        browser.reads("This is needed.");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.fill("What is the number", "C01X00T47");
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
        browser.click("Choose another time");
        browser.sees("Choose another time");
        browser.click(FIRST_TIME);
        browser.reads("Your appointment was moved.");
        browser.click("Cancel the appointment");
        browser.click("Cancel it now");
        browser.reads("Your appointment was cancelled.");
    }

    @Test
    void more_time_is_given_and_what_was_typed_stays() {
        browser.open(town.book("wedding")).sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        fillIn();
        browser.click("I need more time");
        browser.until(() -> browser.address().contains("/extension"), "the extended hold");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.click("I need more time");
        browser.reads("The hold cannot be extended again");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.click("Book the appointment");
        browser.reads("Your appointment is booked.");
    }

    @Test
    void a_hold_that_ended_is_replaced_by_another_time_with_what_was_typed() {
        var hasty =
                Town.found(
                        "plainhasty",
                        "\"hold\": \"PT3S\", \"maxHoldExtensions\": 0, \"anonymousBooking\": true");
        browser.open(hasty.book("wedding")).sees("Choose a day and a time");
        browser.click(FIRST_TIME);
        browser.sees("Your details");
        fillIn();
        var hold = ReservationId.of(browser.address().replaceAll(".*/hold/([^/?]+).*", "$1"));
        browser.until(
                () ->
                        hasty.bean(Register.class).find(hasty.id(), hold).orElseThrow().status()
                                == ReservationStatus.EXPIRED,
                "the end of the hold");
        browser.click("Book the appointment");
        browser.reads("The hold has ended").reads("Which time suits you?");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Ada");
        browser.click("Book this time");
        browser.reads("Your appointment is booked.");
    }

    private static void fillIn() {
        browser.fill("First name", "Ada");
        browser.fill("Last name", "Lovelace");
        browser.fill("E-mail", "ada@example.org");
    }
}
