package holdfast.start;

import org.jspecify.annotations.Nullable;

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

    /** Say something and stop. */
    record Say(String text) implements CommandLine {}

    /** It cannot be understood. */
    record Unclear(String why) implements CommandLine {}

    String USAGE =
            """
            Holdfast takes bookings and never gives a slot twice.

              java -jar holdfast.jar [--demo] [--name=value ...]

              --demo     adds a tenant "demo" with a small catalogue, and says what to try
              --help     shows this
              --version  shows the version

            Environment:
              SERVER_PORT                  the port (8080)
              HOLDFAST_HOME                the folder of its own database (~/.holdfast)
              SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD
                                           another PostgreSQL, 15 or later; then it starts none
              HOLDFAST_OPERATOR_ID, HOLDFAST_OPERATOR_SECRET
                                           the first operator; made up and shown once if not set
            """;

    static CommandLine of(String... arguments) {
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
