package holdfast.reports;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reports there are: each counts a view of schema {@code reporting}, whose columns {@code
 * docs/reports.md} explains. What divides is empty where it would divide by nothing.
 */
public enum Report {
    FUNNEL(
            "funnel",
            sum("held"),
            sum("confirmed"),
            sum("expired"),
            sum("released"),
            sum("handedOver", "handed_over"),
            sum("open"),
            sum("cancelled"),
            share("confirmedShare", "confirmed", "held")),
    EXPIRY(
            "expiry",
            sum("held"),
            sum("expired"),
            sum("extended"),
            sum("extendedAndExpired", "extended_and_expired"),
            share("expiredShare", "expired", "held")),
    LEAD_TIME(
            "lead_time",
            new Figure("appointments", "count(*)"),
            new Figure("averageMinutes", "round(avg(lead_minutes), 1)"),
            new Figure("medianMinutes", percentile(0.5)),
            new Figure("ninthDecileMinutes", percentile(0.9))),
    NO_SHOW(
            "no_show",
            sum("appointments"),
            sum("attended"),
            sum("missed"),
            sum("unmarked"),
            new Figure(
                    "missedShare",
                    "round(sum(missed)::numeric / nullif(sum(missed) + sum(attended), 0), 4)")),
    UTILISATION(
            "",
            new Figure("offeredMinutes", "sum(offered)"),
            new Figure("bookedMinutes", "round(sum(booked), 1)"),
            new Figure("share", "round(sum(booked) / nullif(sum(offered), 0), 4)")),
    DEMAND(
            "demand",
            new Figure("taken", "coalesce(sum(taken), 0)"),
            new Figure("nothingFree", "coalesce(sum(nothing_free), 0)"));

    /** A number in each row, and how it is counted. */
    public record Figure(String name, String sql) {}

    /** No visit with its buffers reaches further: an opening window ends two dates on at most. */
    private static final int DAYS_AROUND = 4;

    private static final Map<String, Report> BY_NAME = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(report -> BY_NAME.put(report.text(), report));
    }

    private final String view;

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that nobody can change
    private final List<Figure> figures;

    Report(String view, Figure... figures) {
        this.view = view;
        this.figures = List.of(figures);
    }

    /** By the name that addresses use. */
    public static Optional<Report> find(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }

    public List<Figure> figures() {
        return figures;
    }

    /** Demand that found no slot has no resource, and only appointments have a lead time. */
    public boolean canBeGroupedBy(Grouping grouping) {
        return switch (this) {
            case DEMAND -> !grouping.isByResource() && !grouping.isByDaysAhead();
            case LEAD_TIME -> true;
            default -> !grouping.isByDaysAhead();
        };
    }

    /** As addresses name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * One row per group: its key, then the figures.
     *
     * <p>Named parameters: tenant, from, to, branch, service; the last two may be null.
     */
    String query(Grouping grouping) {
        var counted = new StringBuilder();
        figures.forEach(figure -> counted.append(", ").append(figure.sql()));
        return """
        select %s as key%s from (%s) counted
        where tenant = :tenant and day between :from and :to
          and (:branch::text is null or branch = :branch)
        group by 1 order by 1
        """
                .formatted(grouping.key(), counted, source(grouping));
    }

    private String source(Grouping grouping) {
        if (this == UTILISATION) {
            return timeSource(grouping);
        }
        var resources = grouping.isByResource() && this != DEMAND;
        return """
        select * from reporting.%s%s where (:service::text is null or service = :service)\
        """
                .formatted(view, resources ? " cross join lateral unnest(resources) resource" : "");
    }

    /** Places are offered to several services at once, and each visit is for one. */
    private static String timeSource(Grouping grouping) {
        var perService = grouping.isByService();
        return """
        select tenant, branch, %s as service, resource, day, hour, minutes as offered, 0 as booked
        from reporting.offered_time%s
        where (:service::text is null or :service = %s)
        union all
        select tenant, branch, service, resource, day, hour, 0, minutes from reporting.booked_time
        where (:service::text is null or service = :service)
          and visit_day between :from::date - %d and :to::date + %d\
        """
                .formatted(
                        perService ? "per_service" : "null::text",
                        perService ? " cross join lateral unnest(services) per_service" : "",
                        perService ? "per_service" : "any (services)",
                        DAYS_AROUND,
                        DAYS_AROUND);
    }

    private static Figure sum(String name) {
        return sum(name, name);
    }

    private static Figure sum(String name, String column) {
        return new Figure(name, "sum(%s)".formatted(column));
    }

    private static Figure share(String name, String part, String whole) {
        return new Figure(
                name, "round(sum(%s)::numeric / nullif(sum(%s), 0), 4)".formatted(part, whole));
    }

    private static String percentile(double share) {
        return "percentile_disc(%s) within group (order by lead_minutes)".formatted(share);
    }
}
