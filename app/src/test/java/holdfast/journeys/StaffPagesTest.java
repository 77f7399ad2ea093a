package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import java.util.List;
import java.util.UUID;

/** A receptionist's day in a browser, from signing in to signing out. */
class StaffPagesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static String receptionist;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        receptionist = member("grace", Role.STAFF);
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        node.close();
    }

    private static String member(String userName, Role role) {
        return node.bean(StaffAccounts.class)
                .add(
                        TenantId.of("city"),
                        new Account(userName, "Grace Hopper"),
                        List.of(role))
                .password();
    }

    private static String desk() {
        return node.url() + "/staff/city/desk";
    }

    private static void signIn() {
        browser.driver().manage().deleteAllCookies();
        browser.open(node.url() + "/staff/city").sees("Sign in");
        browser.fill("User name", "grace");
        browser.fill("Password", receptionist);
        browser.click(By.cssSelector("main button"));
    }

    @Test
    void somebody_signs_in_and_sees_the_day() {
        signIn();
        browser.reads("No appointments on this day.");
        browser.isAccessible();
    }
}
