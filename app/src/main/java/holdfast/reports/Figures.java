package holdfast.reports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A report's answer.
 *
 * @param from local date, inclusive
 * @param to local date, inclusive
 * @param position of the last event that is counted
 * @param rows in the order of their keys; what has nothing to count has none
 */
public record Figures(
        String report,
        LocalDate from,
        LocalDate to,
        String groupBy,
        long position,
        List<Row> rows) {

    /**
     * What is counted for one day, branch …
     *
     * @param key the day, branch … the row stands for
     * @param figures by name; a share of nothing is left out
     */
    public record Row(String key, Map<String, BigDecimal> figures) {}
}
