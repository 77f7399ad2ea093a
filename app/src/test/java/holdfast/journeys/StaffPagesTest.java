package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.inDays;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.pages.Browser;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A receptionist's work in a browser, from signing in to signing out. */
class StaffPagesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static String password;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    /** In the place of the application's clock; it can be put forward. */
    static class ClockOfTheTest {

        static volatile Duration ahead = Duration.ZERO;

        @Bean
        @Primary
        Clock clockThatCanBePutForward() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MICROS);
                }
            };
        }
    }

    @BeforeAll
    static void aCity() {
        browser = Browser.start();
        node = Nodes.startWith(ClockOfTheTest.class, DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        password = member("grace", "Grace Hopper", Role.STAFF);
    }

    @AfterAll
    static void stop() {
        browser.close();
        node.close();
    }

    private static String member(String userName, String name, Role... roles) {
        return node.bean(StaffAccounts.class)
                .add(TenantId.of("city"), new Account(userName, name), List.of(roles))
                .password();
    }

    @BeforeEach
    void somebodyIsSignedIn() {
        browser.open(node.url() + "/staff/city/sign-in").driver().manage().deleteAllCookies();
        signIn("grace", password);
        browser.reads("Grace Hopper");
    }

    private static void signIn(String userName, String with) {
        browser.open(node.url() + "/staff/city").sees("Sign in");
        browser.fill("User name", userName);
        browser.fill("Password", with);
        browser.click(By.cssSelector("main button"));
    }

    private static void openDay(LocalDate date) {
        browser.open(node.url() + "/staff/city/desk?branch=hall&date=" + date);
    }

    private static String status(String appointment) {
        return visitor.get("/appointments/" + appointment).body().path("status").asString();
    }

    @Test
    void a_day_shows_who_comes_when_and_where_and_visits_that_overlap_side_by_side() {
        var day = inDays(20);
        var slots = City.slots(visitor, ADVICE, day);
        appointment(visitor, ADVICE, slots.get(20), "side1234567");
        appointment(visitor, ADVICE, slots.get(20), "byside1234567");
        appointment(visitor, PASSPORT, City.slots(visitor, PASSPORT, day).get(21), "desk1234567");
        var off = appointment(visitor, ADVICE, slots.get(30), "gone1234567");
        visitor.delete("/appointments/" + off);

        openDay(day);
        browser.reads("10:00");
        assertThat(browser.all(By.cssSelector(".calendar thead th[colspan='2']"))).hasSize(1);
        var visits = browser.all(By.cssSelector(".calendar td.visit"));
        assertThat(visits).hasSize(3);
        assertThat(visits.get(0).getText()).contains("Ada Lovelace", "10:00–10:30", "Awaited");
        assertThat(visits.get(0).getLocation().getY())
                .isEqualTo(visits.get(1).getLocation().getY());
        assertThat(visits.get(2).getText()).contains("10:30–11:00", "Passport");
        assertThat(browser.all(By.cssSelector(".agenda > li"))).hasSize(4);
        assertThat(browser.find(By.cssSelector(".agenda .cancelled")).getText())
                .contains("Cancelled");
        browser.isAccessible();

        // the list alone on a phone
        browser.resize(390, 844);
        browser.until(
                () -> !browser.all(By.cssSelector(".calendar")).getFirst().isDisplayed(),
                "no calendar");
        browser.isAccessible();
        browser.resize(1280, 900);
    }

    @Test
    void somebody_is_booked_arrives_and_is_served() {
        var day = inDays(21);
        openDay(day);
        browser.reads("No appointments on this day.");
        browser.isAccessible();

        browser.click("Book for somebody");
        browser.sees("Book for somebody");
        new Select(browser.field("Service")).selectByVisibleText("Passport");
        browser.click("Show times");
        browser.reads("Who comes");
        browser.click("Book");
        browser.reads("Nothing is booked yet.");
        browser.reads("Choose a time.");
        browser.isAccessible();

        browser.fill("First name", "Mary");
        browser.fill("Last name", "Somerville");
        browser.fill("E-mail address", "mary@example.org");
        browser.fill("Customer number", "short");
        browser.click("09:00");
        browser.click("Book");
        browser.reads("10 to 48 letters and digits");
        assertThat(browser.field("First name").getDomProperty("value")).isEqualTo("Mary");
        browser.fill("Customer number", "mary1234567");
        browser.fill("Note", "Comes by wheelchair");
        browser.click("Book");

        browser.reads("The appointment is booked.");
        browser.click(By.cssSelector(".calendar td.visit a"));
        browser.find(By.cssSelector("#chosen h2"));
        browser.reads("Comes by wheelchair");
        browser.isAccessible();
        assertThat(browser.address()).contains("/desk?");

        browser.click(By.xpath("//*[@id='chosen']//button[starts-with(., 'Arrived')]"));
        browser.reads("Noted: the customer is here.");
        browser.click(By.cssSelector(".agenda li.arrived button"));
        browser.reads("Noted: the appointment took place.");
        assertThat(browser.find(By.cssSelector(".calendar td.visit")).getText()).contains("Done");
        browser.isAccessible();
    }

    @Test
    void an_appointment_is_moved_and_called_off() {
        var day = inDays(22);
        var slot = City.slots(visitor, PASSPORT, day).get(18);
        var id = appointment(visitor, PASSPORT, slot, "move1234567");
        openDay(day);
        browser.click(By.cssSelector(".agenda a"));
        browser.sees("Appointment");
        browser.isAccessible();
        browser.click("Move");
        browser.sees("Move the appointment");
        browser.isAccessible();
        browser.click("15:30");
        browser.reads("The appointment is moved.");
        var start =
                OffsetDateTime.parse(
                        visitor.get("/appointments/" + id)
                                .body()
                                .at("/timeSlot/startTime")
                                .asString());
        assertThat(start.toInstant()).isEqualTo(day.atTime(15, 30).atZone(BERLIN).toInstant());

        // further ahead than visitors may book
        browser.open(
                "%s/staff/city/desk/appointments/%s/move?date=%s"
                        .formatted(node.url(), id, inDays(70)));
        browser.click("16:00");
        browser.reads("The appointment is moved.");
        browser.click(By.cssSelector(".agenda a"));
        browser.click("Cancel …");
        browser.fill("Reason", "Is ill");
        browser.click("Cancel the appointment");
        browser.reads("The appointment is cancelled.");
        assertThat(status(id)).isEqualTo("CANCELLED");
    }

    @Test
    void a_day_is_closed_once_it_is_seen_whom_that_hits() {
        var day = inDays(23);
        var hit = City.slots(visitor, PASSPORT, day).get(20); // 10:00
        appointment(visitor, PASSPORT, hit, "hit1234567");
        appointment(visitor, ADVICE, City.slots(visitor, ADVICE, day).get(20), "safe1234567");
        openDay(day);
        browser.click("Close a day");
        browser.sees("Close a day");
        browser.click("Who is affected?");
        browser.reads("Say why.");
        browser.isAccessible();

        new Select(browser.field("What is closed")).selectByVisibleText("Schalter – Schalter 1");
        browser.fill("Reason", "Fire drill");
        browser.click("Who is affected?");
        browser.reads("These appointments do not fit any more.");
        assertThat(browser.all(By.cssSelector("#hit li"))).hasSize(1);
        assertThat(City.slots(visitor, PASSPORT, day)).isNotEmpty();
        browser.isAccessible();

        browser.click(By.cssSelector("#hit form button"));
        browser.reads("It is closed.");
        browser.until(() -> City.slots(visitor, PASSPORT, day).isEmpty(), "closed");
        assertThat(browser.all(By.cssSelector(".calendar td.shut"))).isNotEmpty();
        browser.isAccessible();
        assertThat(City.slots(visitor, ADVICE, day)).isNotEmpty();
    }

    @Test
    void who_did_not_come_is_noted_once_it_has_begun() {
        var slot = City.slots(visitor, PASSPORT).getFirst();
        var start = OffsetDateTime.parse(slot.at("/timeSlot/startTime").asString());
        var id = appointment(visitor, PASSPORT, slot, "late1234567");
        var day = start.atZoneSameInstant(BERLIN).toLocalDate();
        var nobodyCame =
                By.xpath(
                        "//li[.//a[contains(@href, '%s')]]//button[starts-with(., 'Nobody')]"
                                .formatted(id));
        openDay(day);
        assertThat(browser.has(nobodyCame)).isFalse();

        ClockOfTheTest.ahead = Duration.between(Instant.now(), start.toInstant().plusSeconds(60));
        try {
            somebodyIsSignedIn(); // the session may have ended meanwhile
            openDay(day);
            assertThat(browser.all(By.cssSelector("tr[aria-current=time]"))).hasSize(1);
            browser.click(nobodyCame);
            browser.reads("Noted: nobody came.");
            assertThat(status(id)).isEqualTo("NO_SHOW");
        } finally {
            ClockOfTheTest.ahead = Duration.ZERO;
        }
    }

    @Test
    void what_is_refused_is_told_where_it_was_asked() {
        var slot = City.slots(visitor, PASSPORT, inDays(24)).get(20);
        var id = appointment(visitor, PASSPORT, slot, "twice1234567");
        openDay(inDays(24));
        browser.click(By.cssSelector(".agenda a"));
        browser.sees("Appointment");
        visitor.delete("/appointments/" + id);
        browser.click(By.xpath("//main//button[starts-with(., 'Arrived')]"));
        browser.find(By.cssSelector(".note.bad"));
        assertThat(browser.text()).contains("Cancelled");
        browser.isAccessible();

        browser.open(node.url() + "/staff/city/desk?branch=nowhere");
        browser.find(By.tagName("h1"));
        browser.isAccessible();
        browser.open(node.url() + "/staff/city/nothing").sees("There is nothing here");
        browser.isAccessible();
        browser.click("Back to the beginning");
        browser.reads("Grace Hopper");
    }

    @Test
    void everything_can_be_done_by_keyboard() {
        browser.driver().manage().deleteAllCookies();
        browser.open(node.url() + "/staff/city/sign-in").sees("Sign in");
        browser.tabTo("User name");
        browser.press("grace", Keys.TAB, password, Keys.ENTER);
        browser.reads("Grace Hopper");
        var day = inDays(25);
        var slot = City.slots(visitor, PASSPORT, day).get(20);
        var id = appointment(visitor, PASSPORT, slot, "keys1234567");
        openDay(day);
        browser.reads("Ada Lovelace");
        browser.tabTo("Arrived Ada Lovelace");
        browser.press(Keys.ENTER);
        browser.reads("Noted: the customer is here.");
        assertThat(status(id)).isEqualTo("ARRIVED");
    }

    @Test
    void whoever_is_not_let_in_is_told_so_on_a_page() {
        browser.click("Sign out");
        browser.reads("You are signed out.");
        browser.isAccessible();
        signIn("grace", "wrong");
        browser.reads("User name or password is not right.");
        browser.isAccessible();
        signIn("ruth", member("ruth", "Ruth", Role.REPORTING));
        browser.sees("Staff pages");
        browser.isAccessible();
        browser.open(node.url() + "/staff/city/desk").sees("Not for your account");
        browser.isAccessible();
    }

    @Test
    void somebody_chooses_a_password_of_their_own() {
        var made = member("stella", "Stella", Role.STAFF);
        browser.driver().manage().deleteAllCookies();
        signIn("stella", made);
        browser.click("Your account: Stella");
        browser.sees("Your account");
        browser.isAccessible();
        browser.fill("Current password", made);
        browser.fill("New password", "short");
        browser.fill("New password, once more", "longer");
        browser.click(By.cssSelector("main form.card button"));
        browser.reads("fewer than 12 characters");
        browser.reads("not what you typed above");
        browser.isAccessible();
        browser.fill("Current password", made);
        browser.fill("New password", "seven green kettles");
        browser.fill("New password, once more", "seven green kettles");
        browser.click(By.cssSelector("main form.card button"));
        browser.reads("Your password is changed");
        browser.isAccessible();
    }

    @Test
    void the_pages_speak_german_too_and_remember_that() {
        browser.open(node.url() + "/staff/city/desk?lang=de-DE").reads("Abmelden");
        openDay(inDays(26));
        browser.reads("An diesem Tag gibt es keine Termine.");
        assertThat(browser.find(By.tagName("html")).getDomAttribute("lang")).isEqualTo("de-DE");
        browser.isAccessible();
        browser.open(node.url() + "/staff/city/desk?lang=en-GB").reads("Sign out");
    }

    @Test
    void a_manager_sees_what_a_document_would_change_and_whom_it_strands_and_then_changes_it(
            @TempDir Path folder) throws IOException {
        var manager = member("mary", "Mary Manager", Role.MANAGER);
        browser.driver().manage().deleteAllCookies();
        signIn("mary", manager);
        browser.click("Catalogue");
        browser.sees("Catalogue");
        browser.reads("City hall");
        browser.isAccessible();
        browser.resize(390, 844);
        browser.isAccessible();
        browser.resize(1280, 900);

        browser.click("Bring in a document");
        browser.sees("Bring in a document");
        browser.isAccessible();
        var whole = Objects.requireNonNull(browser.field("Document").getDomProperty("value"));
        browser.click("Show what would change");
        browser.reads("Nothing would change.");

        var slot = City.slots(visitor, PASSPORT, inDays(26)).getFirst();
        var stranded = appointment(visitor, PASSPORT, slot, "strand1234567");
        var other =
                whole.replace("\"City hall\"", "\"Town hall\"")
                        .replaceFirst("\"id\" : \"passport\"", "\"id\" : \"travel\"")
                        .replace("\"service\" : \"passport\"", "\"service\" : \"travel\"");
        var file = Files.writeString(folder.resolve("city.json"), other);
        browser.field("Take it from a file").sendKeys(file.toString());
        browser.until(
                () -> other.equals(browser.field("Document").getDomProperty("value")), "the file");
        browser.click("Show what would change");
        browser.reads("name › en_US");
        browser.reads("Town hall");
        browser.reads("removed");
        browser.reads(stranded);
        browser.isAccessible();
        browser.prefers("dark");
        browser.isAccessible();
        browser.prefers("light");

        // somebody else comes first
        var operator = Caller.operator(node.url()).of("city");
        var types = operator.get("/admin/v1/resource-types/desk").body();
        operator.put(
                "/admin/v1/resource-types/desk",
                types.toString().replace("Schalter", "Schreibtisch"));
        browser.click("Change the catalogue");
        browser.reads("Somebody changed the catalogue while you looked.");
        browser.isAccessible();

        browser.click("Change the catalogue");
        browser.sees("Catalogue");
        browser.reads("things were changed.");
        browser.reads("Town hall");
        browser.isAccessible();
        assertThat(visitor.get("/services/passport").status()).isEqualTo(404);
        assertThat(operator.put("/admin/v1/catalogue", whole).status()).isEqualTo(200);
    }

    @Test
    void a_faulty_document_is_told_with_all_its_faults_and_changes_nothing() {
        var password = member("mona", "Mona Manager", Role.MANAGER);
        var mona = new Person(node.url());
        mona.signIn("city", "mona", password);
        var changes = "/staff/city/catalogue/changes";
        var before = Caller.operator(node.url()).of("city").get("/admin/v1/catalogue").body();

        var malformed = mona.fill(changes, changes, Map.of("document", "{\"tenant\": 1}"));
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("/tenant", "{&quot;tenant&quot;: 1}");

        var faulty =
                mona.fill(
                        changes,
                        changes,
                        Map.of(
                                "document",
                                before.toString()
                                        .replace(
                                                "\"resourceTypes\":[\"desk\"]",
                                                "\"resourceTypes\":[\"none\"]"),
                                "seen",
                                "0"));
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body()).contains("/services/0");
        assertThat(Caller.operator(node.url()).of("city").get("/admin/v1/catalogue").body())
                .isEqualTo(before);
        assertThat(mona.get("/staff/city/catalogue/document").body()).startsWith("{");
    }
}
