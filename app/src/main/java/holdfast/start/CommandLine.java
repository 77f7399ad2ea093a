package holdfast.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * <p>{@code --name=value} sets any property of the application; everything else is in {@link
 * #USAGE}.
 */
public sealed interface CommandLine {

    /** Start, with these properties. */
    record Run(List<String> properties) implements CommandLine {}

    /** Compare ledger and register with the log. */
    record Verify(List<String> properties, boolean json, Duration lateAfter)
            implements CommandLine {}

    /** Make ledger and register anew from the log. */
    record Replay(List<String> properties, boolean json, boolean compare) implements CommandLine {}

    /** Show from the log that nothing was given twice. */
    record Prove(List<String> properties, boolean json) implements CommandLine {}

    /**
     * Check an export, without a database.
     *
     * @param file {@code -} for standard input
     * @param key base64 or a file with it; empty: the one in the export
     */
    record VerifyExport(String file, String key, boolean json) implements CommandLine {}

    /**
     * Compare the log with its seals.
     *
     * @param key base64 or a file with it; empty: those in the database
     */
    record VerifySeals(List<String> properties, String key, boolean json) implements CommandLine {}

    /** Say something and stop. */
    record Say(String text) implements CommandLine {}

    /** It cannot be understood. */
    record Unclear(String why) implements CommandLine {}

    String LATE_AFTER = "--late-after=";
    String KEY = "--key=";

    String USAGE =
            """
            Holdfast takes bookings and never gives a slot twice.

              java -jar holdfast.jar [--demo] [--name=value ...]
              java -jar holdfast.jar verify [--json] [--late-after=60s]
              java -jar holdfast.jar replay [--json] [--no-compare]
              java -jar holdfast.jar prove [--json]
              java -jar holdfast.jar verify-seals [--json] [--key=KEY]
              java -jar holdfast.jar verify-export FILE [--json] [--key=KEY]

              --demo     adds a tenant "demo" with a small catalogue, and says what to try
              --help     shows this
              --version  shows the version

              verify     compares the ledger and the register with the log, beside the running
                         system or while it is stopped; ends with 0 if they are equal, 1 if they
                         differ, 2 if it cannot tell
                --late-after=60s  how long after its end a hold may wait to be recorded
              replay     makes the ledger and the register anew from the log and swaps them in,
                         beside the running system or while it is stopped; ends with 0 when done,
                         2 if it cannot
                --no-compare      does not say where the old ones differed, which is faster
              prove      folds the log alone, beside the running system or while it is stopped,
                         and shows the most that was ever taken of each pool and resource; ends
                         with 0 if nothing was given twice and no stream is broken, 1 if not,
                         2 if it cannot tell
              verify-seals   compares the log with the signed heads of its hash trees; ends with 0
                         if it is what was sealed, 1 if not, 2 if it cannot tell
              verify-export  checks a file from /audit/v1/export, or standard input if FILE is -,
                         without a database; ends in the same way
                --key=KEY         the public key to trust, in base64, or a file with it; without
                                  one, that which lies beside the signature is used
              --json     prints the result of any of these as JSON

            Environment:
              SERVER_PORT                  the port (8080)
              HOLDFAST_HOME                the folder of its own database (~/.holdfast)
              SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD
                                           another PostgreSQL, 15 or later; then it starts none
              HOLDFAST_OPERATOR_ID, HOLDFAST_OPERATOR_SECRET
                                           the first operator; made up and shown once if not set
            """;

    static CommandLine of(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return switch (first) {
            case "verify", "replay", "prove" ->
                    maintenance(first, List.of(arguments).subList(1, arguments.length));
            case "verify-seals", "verify-export" ->
                    seals(first, List.of(arguments).subList(1, arguments.length));
            default -> start(arguments);
        };
    }

    private static CommandLine maintenance(String what, List<String> options) {
        List<String> properties = new ArrayList<>();
        boolean verify = what.equals("verify");
        boolean json = false;
        boolean compare = true;
        Duration lateAfter = Duration.ofSeconds(60);
        for (String option : options) {
            if (option.equals("--help") || option.equals("-h")) {
                return new Say(USAGE);
            } else if (option.equals("--json")) {
                json = true;
            } else if (what.equals("replay") && option.equals("--no-compare")) {
                compare = false;
            } else if (verify && option.startsWith(LATE_AFTER)) {
                try {
                    lateAfter = DurationStyle.detectAndParse(option.substring(LATE_AFTER.length()));
                } catch (IllegalArgumentException e) {
                    return new Unclear("'" + option + "' is no time; 60s is one.");
                }
            } else if (isOfDatabase(option)) {
                properties.add(option);
            } else {
                return noOption(option, what);
            }
        }
        return switch (what) {
            case "verify" -> new Verify(properties, json, lateAfter);
            case "replay" -> new Replay(properties, json, compare);
            default -> new Prove(properties, json);
        };
    }

    private static CommandLine seals(String what, List<String> options) {
        List<String> properties = new ArrayList<>();
        List<String> files = new ArrayList<>();
        boolean ofExport = what.equals("verify-export");
        boolean json = false;
        String key = "";
        for (String option : options) {
            if (option.equals("--help") || option.equals("-h")) {
                return new Say(USAGE);
            } else if (option.equals("--json")) {
                json = true;
            } else if (option.startsWith(KEY)) {
                key = option.substring(KEY.length());
            } else if (ofExport && !option.startsWith("--")) {
                files.add(option);
            } else if (!ofExport && isOfDatabase(option)) {
                properties.add(option);
            } else {
                return noOption(option, what);
            }
        }
        if (!ofExport) {
            return new VerifySeals(properties, key, json);
        }
        return files.size() == 1
                ? new VerifyExport(files.getFirst(), key, json)
                : new Unclear("verify-export takes one file, or - for standard input.");
    }

    private static boolean isOfDatabase(String option) {
        return option.matches("--(holdfast\\.home|spring\\.datasource\\.\\w+)=.*");
    }

    private static Unclear noOption(String option, String of) {
        return new Unclear("'%s' is no option of %s; --help shows them.".formatted(option, of));
    }

    private static CommandLine start(String... arguments) {
        List<String> properties = new ArrayList<>();
        for (String argument : arguments) {
            switch (argument) {
                case "--help", "-h" -> {
                    return new Say(USAGE);
                }
                case "--version" -> {
                    return new Say("holdfast " + version());
                }
                case "--demo" -> properties.add("--holdfast.demo=true");
                default -> {
                    if (!argument.matches("--[\\w.\\[\\]-]+=.*")) {
                        return new Unclear("'" + argument + "' is no option; --help shows them.");
                    }
                    properties.add(argument);
                }
            }
        }
        return new Run(properties);
    }

    private static String version() {
        @Nullable String built = CommandLine.class.getPackage().getImplementationVersion();
        return built == null ? "(not packaged)" : built;
    }
}
