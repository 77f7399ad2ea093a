package holdfast.reports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import holdfast.catalogue.Unsuitable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the rows of a report stand for: one of day, week, month, hour, weekday-hour, branch,
 * service, resource, days-ahead, total. Days are local to the branch, weeks and weekdays those of
 * ISO 8601, hours those of the day.
 */
public record Grouping(@JsonValue String text) {

    private static final String RESOURCE = "resource";
    private static final String SERVICE = "service";
    private static final String DAYS_AHEAD = "days-ahead";

    /** Expressions over the columns that all views of figures have. */
    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("day", "to_char(day, 'YYYY-MM-DD')");
        KEYS.put("week", "to_char(day, 'IYYY-\"W\"IW')");
        KEYS.put("month", "to_char(day, 'YYYY-MM')");
        KEYS.put("hour", "lpad(hour::text, 2, '0')");
        KEYS.put(
                "weekday-hour", "extract(isodow from day)::int || 'T' || lpad(hour::text, 2, '0')");
        KEYS.put("branch", "branch");
        KEYS.put(SERVICE, SERVICE);
        KEYS.put(RESOURCE, RESOURCE);
        KEYS.put(DAYS_AHEAD, "lpad((greatest(lead_minutes, 0) / 1440)::text, 4, '0')");
        KEYS.put("total", "'total'::text");
    }

    public static final Grouping DAY = new Grouping("day"); // checked against the keys
    public static final Grouping WEEKDAY_HOUR = new Grouping("weekday-hour");
    public static final Grouping DAYS_AHEAD_OF_VISIT = new Grouping(DAYS_AHEAD);
    public static final Grouping TOTAL = new Grouping("total");

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

    /** Only appointments have a lead time. */
    boolean isByDaysAhead() {
        return text.equals(DAYS_AHEAD);
    }

    boolean isByService() {
        return text.equals(SERVICE);
    }

    @Override
    public String toString() {
        return text;
    }
}
