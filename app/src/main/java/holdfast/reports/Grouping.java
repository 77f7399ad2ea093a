package holdfast.reports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import holdfast.catalogue.Unsuitable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the rows of a report stand for: one of day, week, month, hour, branch, service, resource.
 * Days are local to the branch, weeks those of ISO 8601, hours those of the day.
 */
public record Grouping(@JsonValue String text) {

    private static final String RESOURCE = "resource";
    private static final String SERVICE = "service";

    /** Expressions over the columns that all views of figures have. */
    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("day", "to_char(day, 'YYYY-MM-DD')");
        KEYS.put("week", "to_char(day, 'IYYY-\"W\"IW')");
        KEYS.put("month", "to_char(day, 'YYYY-MM')");
        KEYS.put("hour", "lpad(hour::text, 2, '0')");
        KEYS.put("branch", "branch");
        KEYS.put(SERVICE, SERVICE);
        KEYS.put(RESOURCE, RESOURCE);
    }

    static final Grouping DAY = new Grouping("day"); // checked against the keys

    public Grouping {
        if (!KEYS.containsKey(text)) {
            throw new Unsuitable("must be one of %s", String.join(", ", KEYS.keySet()));
        }
    }

    @JsonCreator
    public static Grouping of(String text) {
        return new Grouping(text);
    }

    String key() {
        return KEYS.getOrDefault(text, text);
    }

    boolean isByResource() {
        return text.equals(RESOURCE);
    }

    boolean isByService() {
        return text.equals(SERVICE);
    }

    @Override
    public String toString() {
        return text;
    }
}
