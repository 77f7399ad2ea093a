package holdfast.reports;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reports there are. Each counts what the view of its name in schema {@code reporting} counts,
 * which {@code docs/reports.md} explains, but from rows that are read as they are: what the views
 * add up before is most of their work. What divides is empty where it would divide by nothing.
 */
public enum Report {
    FUNNEL(
            new Rows("held", ""),
            count("held", ""),
            count("confirmed", "confirmed"),
            count("expired", "status = 'EXPIRED'"),
            count("released", "status = 'RELEASED' and not handed_over"),
            count("handedOver", "handed_over"),
            count("open", "status = 'RESERVED'"),
            count("cancelled", "status = 'CANCELLED'"),
            share("confirmedShare", "confirmed", "true")),
    EXPIRY(
            new Rows("held", ""),
            count("held", ""),
            count("expired", "status = 'EXPIRED'"),
            count("extended", "extensions > 0"),
            count("extendedAndExpired", "extensions > 0 and status = 'EXPIRED'"),
            share("expiredShare", "status = 'EXPIRED'", "true")),
    LEAD_TIME(
            new Rows("confirmed", "and confirmed_at is not null"),
            count("appointments", ""),
            new Figure("averageMinutes", "round(avg(lead_minutes), 1)"),
            new Figure("medianMinutes", percentile(0.5)),
            new Figure("ninthDecileMinutes", percentile(0.9))),
    NO_SHOW(
            new Rows("visit", "and confirmed_at is not null and status <> 'CANCELLED'"),
            count("appointments", ""),
            count("attended", "status in ('ARRIVED', 'COMPLETED')"),
            count("missed", "status = 'NO_SHOW'"),
            count("unmarked", "status = 'CONFIRMED'"),
            share(
                    "missedShare",
                    "status = 'NO_SHOW'",
                    "status in ('ARRIVED', 'COMPLETED', 'NO_SHOW')")),
    UTILISATION(
            null,
            new Figure("offeredMinutes", "sum(offered)"),
            new Figure("bookedMinutes", "round(sum(booked), 1)"),
            new Figure("share", "round(sum(booked) / nullif(sum(offered), 0), 4)")),
    DEMAND(
            null,
            new Figure("taken", "coalesce(sum(taken), 0)"),
            new Figure("nothingFree", "coalesce(sum(nothing_free), 0)"));

    /** A number in each row, and how it is counted. */
    public record Figure(String name, String sql) {}

    /**
     * Which versions of reservations are counted.
     *
     * @param day by which of a reservation's days, such as {@code held}
     * @param which of them
     */
    private record Rows(String day, String which) {}

    private static final String NOW = "valid_to = " + Long.MAX_VALUE;
    private static final String AS_OF =
            "valid_from <= (select reporting.as_of()) and valid_to > (select reporting.as_of())";

    /** No visit with its buffers reaches further: an opening window ends two dates on at most. */
    private static final int DAYS_AROUND = 4;

    private static final Map<String, Report> BY_NAME = new LinkedHashMap<>();

    static {
        Arrays.stream(values()).forEach(report -> BY_NAME.put(report.text(), report));
    }

    @SuppressWarnings("ImmutableEnumChecker") // a record of two texts
    private final @Nullable Rows rows;

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that nobody can change
    private final List<Figure> figures;

    Report(@Nullable Rows rows, Figure... figures) {
        this.rows = rows;
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
     *
     * @param isAsOf whether {@code holdfast.as_of} says which versions count; else the last ones
     */
    String query(Grouping grouping, boolean isAsOf) {
        var counted = new StringBuilder();
        figures.forEach(figure -> counted.append(", ").append(figure.sql()));
        return """
        select %s as key%s from (%s) counted
        where tenant = :tenant and day between :from and :to
          and (:branch::text is null or branch = :branch)
          and (:service::text is null or service is null or service = :service)
        group by 1 order by 1
        """
                .formatted(grouping.key(), counted, source(grouping, isAsOf));
    }

    private String source(Grouping grouping, boolean isAsOf) {
        if (this == UTILISATION) {
            return timeSource(grouping);
        }
        if (rows == null) {
            return "select * from reporting.demand";
        }
        return """
        select tenant, branch, service, %1$s_day as day, %1$s_hour as hour, status, handed_over,
               extensions, confirmed_at is not null as confirmed, lead_minutes%2$s
        from public.reservation_fact%3$s
        where %4$s %5$s\
        """
                .formatted(
                        rows.day(),
                        grouping.isByResource() ? ", claim ->> 'places' as resource" : "",
                        grouping.isByResource()
                                ? " cross join lateral jsonb_array_elements(claims) claim"
                                : "",
                        isAsOf ? AS_OF : NOW,
                        rows.which());
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

    private static Figure count(String name, String which) {
        return new Figure(
                name, which.isEmpty() ? "count(*)" : "count(*) filter (where %s)".formatted(which));
    }

    private static Figure share(String name, String part, String whole) {
        return new Figure(
                name,
                "round(count(*) filter (where %s)::numeric / nullif(count(*) filter (where %s), 0), 4)"
                        .formatted(part, whole));
    }

    private static String percentile(double share) {
        return "percentile_disc(%s) within group (order by lead_minutes)".formatted(share);
    }
}
