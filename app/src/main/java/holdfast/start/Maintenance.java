package holdfast.start;

import holdfast.postgres.DatabaseRefused;
import holdfast.postgres.InstalledDatabase;
import holdfast.reservation.OversellProof;
import holdfast.reservation.Rebuild;
import holdfast.reservation.UnknownEvent;
import holdfast.reservation.Verification;
import holdfast.seals.ExportCheck;
import holdfast.seals.LogCheck;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import javax.sql.DataSource;

/**
 * What is done on the database without starting the application. The result goes to standard
 * output; how far it has come, and why it cannot go on, to the error stream.
 */
public final class Maintenance {

    private static final int EQUAL = 0;
    private static final int DIFFERENT = 1;
    private static final int CANNOT = 2;

    private Maintenance() {}

    /** Answers the exit code. */
    public static int run(CommandLine.Verify verify) {
        return on(
                verify.properties(),
                (database, progress) -> {
                    var result = Verification.of(database, verify.lateAfter()).run(progress);
                    progress.close();
                    System.out.println(verify.json() ? json(result) : text(result));
                    return result.isEqual() ? EQUAL : DIFFERENT;
                });
    }

    /** Answers the exit code. */
    public static int run(CommandLine.Replay replay) {
        return on(
                replay.properties(),
                (database, progress) -> {
                    var result = Rebuild.of(database, replay.compare()).run(progress);
                    progress.close();
                    System.out.println(
                            replay.json() ? json(result) : text(result, replay.compare()));
                    return EQUAL;
                });
    }

    /** Answers the exit code. */
    public static int run(CommandLine.Prove prove) {
        return on(
                prove.properties(),
                (database, progress) -> {
                    var result = OversellProof.of(database, null).run(progress);
                    progress.close();
                    System.out.println(prove.json() ? json(result) : text(result));
                    return result.holds() ? EQUAL : DIFFERENT;
                });
    }

    /** Answers the exit code. */
    public static int run(CommandLine.VerifySeals verify) {
        byte @Nullable [] key;
        try {
            key = key(verify.key());
        } catch (IOException | IllegalArgumentException e) {
            return cannot("'%s' is no key and no file with one.".formatted(verify.key()));
        }
        return on(
                verify.properties(),
                (database, progress) -> {
                    var result = new LogCheck(database, key).run(progress);
                    progress.close();
                    System.out.println(verify.json() ? json(result) : text(result));
                    return result.isIntact() ? EQUAL : DIFFERENT;
                });
    }

    /** Answers the exit code. Needs no database. */
    public static int run(CommandLine.VerifyExport verify) {
        byte @Nullable [] key;
        try {
            key = key(verify.key());
        } catch (IOException | IllegalArgumentException e) {
            return cannot("'%s' is no key and no file with one.".formatted(verify.key()));
        }
        try (var progress = new ProgressLines(System.err);
                var lines = lines(verify.file())) {
            var result = ExportCheck.of(lines, key, count -> progress.at("reading", count, 0));
            progress.close();
            System.out.println(verify.json() ? json(result) : text(result));
            return result.isIntact() ? EQUAL : DIFFERENT;
        } catch (IOException e) {
            return cannot("%s cannot be read.".formatted(verify.file()));
        }
    }

    private static BufferedReader lines(String file) throws IOException {
        return file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                // as it is: a byte that is no UTF-8 is an altered one, and not the end of reading
                : new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8));
    }

    /** Null if none is named. */
    private static byte @Nullable [] key(String named) throws IOException {
        if (named.isEmpty()) {
            return null;
        }
        var file = Path.of(named);
        var text = Files.isRegularFile(file) ? Files.readString(file) : named;
        return Base64.getMimeDecoder().decode(text.strip());
    }

    @FunctionalInterface
    private interface Work {
        int on(DataSource database, ProgressLines progress) throws SQLException;
    }

    private static int on(List<String> properties, Work work) {
        // Without Spring Boot nobody else keeps the log off standard output.
        System.setProperty("logback.configurationFile", "holdfast/start/maintenance-log.xml");
        try (var database = database(properties);
                var progress = new ProgressLines(System.err)) {
            return work.on(database.dataSource(), progress);
        } catch (DatabaseRefused refused) {
            return cannot(refused.getMessage() + " " + refused.remedy());
        } catch (SQLException e) {
            return cannot("The database: " + firstLine(e));
        } catch (UnknownEvent | IllegalStateException e) {
            return cannot(firstLine(e));
        }
    }

    private static InstalledDatabase database(List<String> properties) {
        var environment = environment(properties);
        var url = environment.getProperty("spring.datasource.url");
        if (StringUtils.hasText(url)) {
            return InstalledDatabase.at(
                    url,
                    environment.getProperty("spring.datasource.username"),
                    environment.getProperty("spring.datasource.password"));
        }
        var home = environment.getProperty("holdfast.home", "${user.home}/.holdfast");
        var folder = environment.resolveRequiredPlaceholders(home);
        return InstalledDatabase.in(Path.of(folder).toAbsolutePath().normalize());
    }

    private static Environment environment(List<String> properties) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(properties.toArray(String[]::new)));
        return environment;
    }

    private static int cannot(String why) {
        System.err.println("holdfast: " + why);
        return CANNOT;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String json(Object result) {
        return JsonMapper.shared().writeValueAsString(result);
    }

    private static String text(Verification.Result result) {
        return """
        %s%,d events of %,d reservations, %,d rows of the register, %,d of the ledger: %s (%s)\
        """
                .formatted(
                        lines(result.named()),
                        result.events(),
                        result.reservations(),
                        result.rows(),
                        result.claims(),
                        result.isEqual()
                                ? "equal"
                                : "%,d differences".formatted(result.differences()),
                        seconds(result.took()));
    }

    private static String text(Rebuild.Result result, boolean compared) {
        return """
        %s%,d events made %,d rows of the register, %,d of the ledger (%s, bookings waited %d ms)%s\
        """
                .formatted(
                        lines(result.named()),
                        result.events(),
                        result.rows(),
                        result.claims(),
                        seconds(result.took()),
                        result.blocked().toMillis(),
                        compared
                                ? "; the old ones had %,d differences"
                                        .formatted(result.differences())
                                : "");
    }

    private static String text(OversellProof.Result result) {
        var peaks = new StringBuilder();
        result.peaks()
                .forEach(
                        use ->
                                peaks.append(
                                        "%s/%s: %d of %d at %s%n"
                                                .formatted(
                                                        use.tenant(),
                                                        use.places(),
                                                        use.peak(),
                                                        use.capacity(),
                                                        use.at())));
        return "%s%s%,d events of %,d reservations: %s (%s)"
                .formatted(
                        peaks,
                        lines(result.named()),
                        result.events(),
                        result.reservations(),
                        result.holds()
                                ? "nothing was given twice"
                                : "%,d faults".formatted(result.differences()),
                        seconds(result.took()));
    }

    private static String text(LogCheck.Result result) {
        return "%s%,d tenants, %,d sealed events, %,d not sealed yet: %s"
                .formatted(
                        lines(result.findings()),
                        result.tenants(),
                        result.sealed(),
                        result.notYetSealed(),
                        result.isIntact() ? "the log is what was sealed" : "NOT what was sealed");
    }

    private static String text(ExportCheck.Result result) {
        return "%s%,d events of %s, sealed at %s with the key %s: %s%s"
                .formatted(
                        lines(result.findings()),
                        result.events(),
                        result.tenant(),
                        result.signedAt(),
                        result.keyId(),
                        result.isIntact() ? "the file is what was sealed" : "NOT what was sealed",
                        result.checkedWith() == ExportCheck.CheckedWith.OWN
                                ? ""
                                : " (checked with the key in the file; --key names one to trust)");
    }

    private static String lines(List<?> named) {
        var lines = new StringBuilder();
        named.forEach(difference -> lines.append(difference).append(System.lineSeparator()));
        return lines.toString();
    }

    private static String seconds(Duration took) {
        return "%.1f s".formatted(took.toMillis() / 1_000.0);
    }
}
