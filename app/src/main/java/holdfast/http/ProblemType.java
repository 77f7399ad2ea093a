package holdfast.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of problem as {@code docs/problems.md} describes it, which is also what {@code
 * /problems/<name>} shows.
 *
 * @param name in kebab-case; the last part of the type's URI
 * @param text when it occurs and what a client can do, in Markdown
 */
record ProblemType(String name, int status, String title, String text) {

    private static final Pattern SECTION =
            Pattern.compile(
                    "^## (?<name>[a-z0-9-]+)\\R\\R\\*(?<status>\\d{3}) · (?<title>.+)\\*\\R\\R"
                            + "(?<text>(?s:.*?))(?=^## |\\z)",
                    Pattern.MULTILINE);

    private static final Map<String, ProblemType> KNOWN = parse(documented());

    static Optional<ProblemType> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    static Collection<ProblemType> all() {
        return KNOWN.values();
    }

    /** The URI reference by which problems name their type. */
    String uri() {
        return "/problems/" + name;
    }

    static Map<String, ProblemType> parse(String document) {
        var types = new LinkedHashMap<String, ProblemType>();
        var section = SECTION.matcher(document);
        while (section.find()) {
            var type =
                    new ProblemType(
                            section.group("name"),
                            Integer.parseInt(section.group("status")),
                            section.group("title"),
                            section.group("text").strip());
            if (types.put(type.name(), type) != null) {
                throw new IllegalStateException("Two problems are named " + type.name());
            }
        }
        return Collections.unmodifiableMap(types);
    }

    private static String documented() {
        try (InputStream document = ProblemType.class.getResourceAsStream("problems.md")) {
            if (document == null) {
                throw new IllegalStateException("docs/problems.md is not in the jar");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
