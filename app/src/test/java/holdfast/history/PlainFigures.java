package holdfast.history;

import holdfast.history.PastDemand.Happened;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures counted in the plainest way: each life is read from its beginning, then counted. */
public final class PlainFigures {

    /** A reservation as it ended up. */
    private static final class Life {
        String branch = "";
        String service = "";
        List<Claim> claims = List.of();
        TimeRange visit = new TimeRange(Instant.EPOCH, Instant.MAX);
        TimeRange busy = visit;
        ReservationStatus status = ReservationStatus.RESERVED;
        boolean handedOver;
        boolean extended;
        Instant held = Instant.EPOCH;
        @Nullable Instant confirmed;
        long lead;
    }

    private final Collection<Life> lives;
    private final ZoneId zone;

    public PlainFigures(List<Happened> events, ZoneId zone) {
        this.zone = zone;
        var all = new LinkedHashMap<ReservationId, Life>();
        for (var happened : events) {
            var life = all.computeIfAbsent(happened.event().reservation(), _ -> new Life());
            switch (happened.event()) {
                case Reserved event -> {
                    life.branch = event.branch().text();
                    life.service = event.services().getFirst().service().text();
                    life.claims = event.claims();
                    life.visit = event.visit();
                    life.busy = event.busy();
                    life.held = happened.at();
                }
                case HoldExtended _ -> life.extended = true;
                case Confirmed _ -> {
                    life.status = ReservationStatus.CONFIRMED;
                    life.confirmed = happened.at();
                    life.lead = Duration.between(happened.at(), life.visit.start()).toMinutes();
                }
                case Rescheduled event -> {
                    life.branch = event.branch().text();
                    life.service = event.services().getFirst().service().text();
                    life.claims = event.claims();
                    life.visit = event.visit();
                    life.busy = event.busy();
                }
                case HandedOver _ -> {
                    life.status = ReservationStatus.RELEASED;
                    life.handedOver = true;
                }
                case CustomerChanged _ -> {}
                case Arrived _ -> life.status = ReservationStatus.ARRIVED;
                case Completed _ -> life.status = ReservationStatus.COMPLETED;
                case Missed _ -> life.status = ReservationStatus.NO_SHOW;
                case Expired _ -> life.status = ReservationStatus.EXPIRED;
                case Released _ -> life.status = ReservationStatus.RELEASED;
                case Cancelled _ -> life.status = ReservationStatus.CANCELLED;
            }
        }
        this.lives = all.values();
    }

    /** A report's figures by their names, for each key. */
    public Map<String, Map<String, BigDecimal>> of(String report, String groupBy) {
        return switch (report) {
            case "funnel" -> count(groupBy, life -> life.held, life -> true, PlainFigures::funnel);
            case "expiry" -> count(groupBy, life -> life.held, life -> true, PlainFigures::expiry);
            case "lead-time" ->
                    count(
                            groupBy,
                            life -> life.confirmed == null ? Instant.EPOCH : life.confirmed,
                            life -> life.confirmed != null,
                            PlainFigures::leadTime);
            case "no-show" ->
                    count(
                            groupBy,
                            life -> life.visit.start(),
                            life ->
                                    life.confirmed != null
                                            && life.status != ReservationStatus.CANCELLED,
                            PlainFigures::noShow);
            default -> throw new IllegalArgumentException(report);
        };
    }

    private Map<String, Map<String, BigDecimal>> count(
            String groupBy,
            Function<Life, Instant> when,
            Function<Life, Boolean> counts,
            Function<List<Life>, Map<String, BigDecimal>> figures) {
        var groups = new TreeMap<String, List<Life>>();
        for (var life : lives) {
            if (!counts.apply(life)) {
                continue;
            }
            var keys =
                    groupBy.equals("resource")
                            ? life.claims.stream().map(claim -> claim.places().text()).toList()
                            : List.of(key(groupBy, life, when.apply(life).atZone(zone)));
            keys.forEach(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(life));
        }
        var counted = new TreeMap<String, Map<String, BigDecimal>>();
        groups.forEach((key, group) -> counted.put(key, figures.apply(group)));
        return counted;
    }

    private static String key(String groupBy, Life life, ZonedDateTime at) {
        return switch (groupBy) {
            case "branch" -> life.branch;
            case "service" -> life.service;
            case "days-ahead" -> "%04d".formatted(Duration.ofMinutes(life.lead).toDays());
            default -> key(groupBy, at);
        };
    }

    private static String key(String groupBy, ZonedDateTime at) {
        return switch (groupBy) {
            case "day" -> at.toLocalDate().toString();
            case "month" -> at.toLocalDate().toString().substring(0, 7);
            case "hour" -> "%02d".formatted(at.getHour());
            case "weekday-hour" -> "%dT%02d".formatted(at.getDayOfWeek().getValue(), at.getHour());
            case "total" -> "total";
            case "week" ->
                    String.format(
                            Locale.ROOT,
                            "%d-W%02d",
                            at.get(IsoFields.WEEK_BASED_YEAR),
                            at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            default -> throw new IllegalArgumentException(groupBy);
        };
    }

    private static Map<String, BigDecimal> funnel(List<Life> group) {
        return figures(
                "held", group.size(),
                "confirmed", count(group, life -> life.confirmed != null),
                "expired", count(group, life -> life.status == ReservationStatus.EXPIRED),
                "released",
                        count(
                                group,
                                life ->
                                        life.status == ReservationStatus.RELEASED
                                                && !life.handedOver),
                "handedOver", count(group, life -> life.handedOver),
                "open", count(group, life -> life.status == ReservationStatus.RESERVED),
                "cancelled", count(group, life -> life.status == ReservationStatus.CANCELLED),
                "confirmedShare",
                        share(count(group, life -> life.confirmed != null), group.size()));
    }

    private static Map<String, BigDecimal> expiry(List<Life> group) {
        long expired = count(group, life -> life.status == ReservationStatus.EXPIRED);
        return figures(
                "held", group.size(),
                "expired", expired,
                "extended", count(group, life -> life.extended),
                "extendedAndExpired",
                        count(
                                group,
                                life -> life.extended && life.status == ReservationStatus.EXPIRED),
                "expiredShare", share(expired, group.size()));
    }

    private static Map<String, BigDecimal> leadTime(List<Life> group) {
        var leads = group.stream().map(life -> life.lead).sorted().toList();
        return figures(
                "appointments", leads.size(),
                "averageMinutes",
                        BigDecimal.valueOf(leads.stream().mapToLong(lead -> lead).sum())
                                .divide(BigDecimal.valueOf(leads.size()), 1, RoundingMode.HALF_UP),
                "medianMinutes", leads.get((int) Math.ceil(0.5 * leads.size()) - 1),
                "ninthDecileMinutes", leads.get((int) Math.ceil(0.9 * leads.size()) - 1));
    }

    private static Map<String, BigDecimal> noShow(List<Life> group) {
        long missed = count(group, life -> life.status == ReservationStatus.NO_SHOW);
        long attended =
                count(
                        group,
                        life ->
                                life.status == ReservationStatus.ARRIVED
                                        || life.status == ReservationStatus.COMPLETED);
        return figures(
                "appointments", group.size(),
                "attended", attended,
                "missed", missed,
                "unmarked", count(group, life -> life.status == ReservationStatus.CONFIRMED),
                "missedShare", share(missed, missed + attended));
    }

    /** Minutes for which places are taken by appointments, for each key. */
    public Map<String, BigDecimal> bookedMinutes(String groupBy) {
        var minutes = new TreeMap<String, BigDecimal>();
        for (var life : lives) {
            if (life.confirmed == null || life.status == ReservationStatus.CANCELLED) {
                continue;
            }
            for (var claim : life.claims) {
                for (var at = life.busy.start();
                        at.isBefore(life.busy.end());
                        at = at.plus(1, ChronoUnit.MINUTES)) {
                    var local = at.atZone(zone);
                    var key =
                            groupBy.equals("resource")
                                    ? claim.places().text()
                                    : key(groupBy, life, local);
                    minutes.merge(key, BigDecimal.valueOf(claim.units()), BigDecimal::add);
                }
            }
        }
        return minutes;
    }

    private static long count(List<Life> group, Function<Life, Boolean> which) {
        return group.stream().filter(which::apply).count();
    }

    private static @Nullable BigDecimal share(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
    }

    /** Names and numbers in turn; those that are null are left out. */
    private static Map<String, BigDecimal> figures(@Nullable Object... namesAndNumbers) {
        var figures = new TreeMap<String, BigDecimal>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            var number = namesAndNumbers[i + 1];
            if (number != null) {
                figures.put(
                        String.valueOf(namesAndNumbers[i]),
                        new BigDecimal(number.toString()).stripTrailingZeros());
            }
        }
        return figures;
    }
}
