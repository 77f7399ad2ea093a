package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Chromium as a visitor uses it: things are found by what stands on them, and waited for.
 *
 * <p>Where Chromium or its driver is not installed, tests that want it are skipped, and say what to
 * install.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Exact text of an element or of its label, in XPath. */
    private static final String SAYS = "[normalize-space()=%s]";

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** With a window as on a desk. */
    public static Browser start() {
        return start(Map.of());
    }

    /** With scripts switched off. */
    public static Browser withoutScripts() {
        return start(Map.of("profile.managed_default_content_settings.javascript", 2));
    }

    private static Browser start(Map<String, Object> settings) {
        var chromium = installed("chromium");
        var chromedriver = installed("chromedriver");
        assumeTrue(
                chromium != null && chromedriver != null,
                "Pages are tested in a browser: apt-get install chromium chromium-driver");
        try {
            var profile = Files.createTempDirectory("holdfast-browser");
            var options = new ChromeOptions();
            options.setBinary(Objects.requireNonNull(chromium));
            options.addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,900",
                    "--user-data-dir=" + profile);
            var preferences = new HashMap<>(settings);
            preferences.put("intl.accept_languages", "en-GB");
            options.setExperimentalOption("prefs", preferences);
            var service =
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(new File(Objects.requireNonNull(chromedriver)))
                            .usingAnyFreePort()
                            .build();
            return new Browser(new ChromeDriver(service, options), profile);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static @Nullable String installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** For what this class has no word for. */
    public ChromeDriver driver() {
        return driver;
    }

    public Browser open(String address) {
        driver.get(address);
        return this;
    }

    public String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    public void back() {
        driver.navigate().back();
    }

    public void reload() {
        driver.navigate().refresh();
    }

    /** Begins anew, in a tab that remembers nothing. */
    public void startAfresh() {
        var used = driver.getWindowHandles();
        driver.switchTo().newWindow(WindowType.TAB);
        var fresh = driver.getWindowHandle();
        for (var handle : used) {
            driver.switchTo().window(handle).close();
        }
        driver.switchTo().window(fresh);
    }

    /** A second tab, which is looked at from now on; gives the handle of the first. */
    public String newTab() {
        var first = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        return first;
    }

    public void backToTab(String handle) {
        driver.switchTo().window(handle);
    }

    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** As somebody sees it who likes dark pages, or light ones. */
    public void prefers(String colourScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
    }

    /** Waits until the page's heading says so. */
    public Browser sees(String heading) {
        until(() -> !driver.findElements(By.xpath("//h1" + says(heading))).isEmpty(), heading);
        return this;
    }

    /** Waits until the page has the text somewhere. */
    public Browser reads(String text) {
        until(() -> driver.findElement(By.tagName("body")).getText().contains(text), text);
        return this;
    }

    /** Clicks the link, the button or the label with exactly this text. */
    public void click(String text) {
        click(
                By.xpath(
                        "//a%1$s | //button%1$s | //summary%1$s | //label%1$s | //a[strong%1$s]"
                                .formatted(says(text))));
    }

    public void click(By what) {
        untilDone(
                () -> {
                    var element = driver.findElement(what);
                    if (!element.isDisplayed()) {
                        return false;
                    }
                    element.click();
                    return true;
                },
                what);
    }

    /** Fills the field that the label, or its beginning, names. */
    public void fill(String label, String text) {
        var field = field(label);
        field.clear();
        field.sendKeys(text);
    }

    /** The field that the label, or its beginning, names. */
    public WebElement field(String label) {
        var named =
                find(
                        By.xpath(
                                "//label[starts-with(normalize-space(), %s)]"
                                        .formatted(quoted(label))));
        return find(By.id(Objects.requireNonNull(named.getDomAttribute("for"))));
    }

    public WebElement find(By what) {
        var found = new WebElement[1];
        untilDone(
                () -> {
                    found[0] = driver.findElement(what);
                    return found[0].isDisplayed();
                },
                what);
        return found[0];
    }

    public List<WebElement> all(By what) {
        return driver.findElements(what);
    }

    public boolean has(By what) {
        return !driver.findElements(what).isEmpty();
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses the tab key until the focus is on what begins with this text, at most 100 times. */
    public void tabTo(String text) {
        for (int i = 0; i < 100; i++) {
            var focused = driver.switchTo().activeElement();
            if (nameOf(focused).startsWith(text)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("No tab stop says: " + text);
    }

    private static String nameOf(WebElement element) {
        return Objects.requireNonNullElse(element.getAccessibleName(), "").strip();
    }

    /** Waits for something other than a text. */
    public void until(BooleanSupplier condition, Object what) {
        untilDone(condition, what);
    }

    private void untilDone(BooleanSupplier condition, Object what) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
                .withMessage(() -> "Waited for %s on %s:\n%s".formatted(what, address(), text()))
                .until(_ -> condition.getAsBoolean());
    }

    /** All that stands on the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Holds that the rules of WCAG 2.2 at level AA that a machine can judge are kept. */
    public void isAccessible() {
        driver.executeScript(Axe.SCRIPT);
        var found =
                (List<?>)
                        driver.executeAsyncScript(
                                """
                                const done = arguments[arguments.length - 1];
                                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
                                  'wcag22aa', 'best-practice']})
                                  .then(result => done(result.violations.flatMap(rule => rule.nodes.map(
                                    node => rule.id + ': ' + node.html + ' ' + node.failureSummary))))
                                  .catch(fault => done([String(fault)]));
                                """);
        assertThat(found).as("what axe finds on %s", address()).isEmpty();
    }

    private static final class Axe {
        static final String SCRIPT = script();

        private static String script() {
            try (var source = Browser.class.getResourceAsStream("/axe.min.js")) {
                return new String(
                        Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }
    }

    public void photograph(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static String says(String text) {
        return SAYS.formatted(quoted(text));
    }

    /** A text in XPath, which knows no escapes. */
    private static String quoted(String text) {
        return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
    }

    @Override
    public void close() {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile.toFile());
    }
}
