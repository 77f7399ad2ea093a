package holdfast.scheduling.web;

import static holdfast.catalogue.Phrase.phrase;
import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import holdfast.catalogue.Closure;
import holdfast.catalogue.Fault;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.Problem;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.scheduling.Obstacle;
import holdfast.scheduling.Obstacle.BeyondHorizon;
import holdfast.scheduling.Obstacle.BranchClosed;
import holdfast.scheduling.Obstacle.Closed;
import holdfast.scheduling.Obstacle.ClosedOnSpecialDay;
import holdfast.scheduling.Obstacle.DoesNotFit;
import holdfast.scheduling.Obstacle.Holiday;
import holdfast.scheduling.Obstacle.NoLongerServing;
import holdfast.scheduling.Obstacle.NoPlaces;
import holdfast.scheduling.Obstacle.OffGrid;
import holdfast.scheduling.Obstacle.OutsideServiceHours;
import holdfast.scheduling.Obstacle.OutsideWorkingHours;
import holdfast.scheduling.Obstacle.PoolClosed;
import holdfast.scheduling.Obstacle.PoolReduced;
import holdfast.scheduling.Obstacle.ResourceClosed;
import holdfast.scheduling.Obstacle.ServiceClosed;
import holdfast.scheduling.Obstacle.Taken;
import holdfast.scheduling.Obstacle.TooSoon;
import holdfast.scheduling.Obstacle.WrongEnd;
import holdfast.scheduling.SchedulingRefusal;
import holdfast.scheduling.SchedulingRefusal.AmongServices;
import holdfast.scheduling.SchedulingRefusal.CombinationsSwitchedOff;
import holdfast.scheduling.SchedulingRefusal.CountOutOfRange;
import holdfast.scheduling.SchedulingRefusal.InQuery;
import holdfast.scheduling.SchedulingRefusal.NoSuchBranch;
import holdfast.scheduling.SchedulingRefusal.NoSuchService;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.SchedulingRefusal.NotBookableOnline;
import holdfast.scheduling.SchedulingRefusal.NotCombined;
import holdfast.scheduling.SchedulingRefusal.RangeTooLong;
import holdfast.scheduling.SchedulingRefusal.RangeTurnedRound;
import holdfast.scheduling.SchedulingRefusal.ResourceNotSelectable;
import holdfast.scheduling.SchedulingRefusal.ServiceNotOffered;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.SchedulingRefusal.UnclearQuery;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.SchedulingRefusal.UnknownResource;
import holdfast.scheduling.SchedulingRefusal.UnknownService;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The refusals of scheduling as problems. No default: a new refusal asks for its place. */
@Component
class SchedulingProblems implements RefusalProblems {

    /** A slot that is free instead. */
    record Alternative(Slot timeSlot) {}

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof SchedulingRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static Problem asProblem(SchedulingRefusal refusal) {
        return switch (refusal) {
            case NoSuchService(var service) ->
                    problem(
                            NOT_FOUND,
                            "service-unknown",
                            "There is no such service",
                            "This tenant has no service of this id.");
            case NoSuchBranch(var branch) ->
                    problem(
                            NOT_FOUND,
                            "branch-unknown",
                            "There is no such branch",
                            "This tenant has no branch of this id.");
            case AmongServices(var reason, var index) -> {
                var problem = asProblem(reason);
                problem.setProperty(
                        "errors", List.of(new Fault("/services/" + index, problem.detail())));
                yield problem;
            }
            case InQuery(var reason) -> {
                var problem = asProblem(reason);
                var properties = problem.getProperties();
                if (properties != null && properties.get("errors") instanceof List<?> faults) {
                    problem.setProperty(
                            "errors", faults.stream().map(SchedulingProblems::inQuery).toList());
                }
                yield problem;
            }
            case UnknownService(var service) ->
                    faulty(
                            "unknown-reference",
                            "Something named does not exist",
                            "/serviceId",
                            "This tenant has no service of this id.");
            case UnknownBranch(var branch) ->
                    faulty(
                            "unknown-reference",
                            "Something named does not exist",
                            "/branchId",
                            "This tenant has no branch of this id.");
            case ServiceNotOffered(var service, var branch) ->
                    faulty(
                            "service-not-offered",
                            "The service is not offered at this branch",
                            "/branchId",
                            "Choose one of the branches that offer it.");
            case NotBookableOnline(var service, var branch) ->
                    faulty(
                            "not-bookable-online",
                            "The service cannot be booked online at this branch",
                            "/serviceId",
                            "Only the branch's staff can book it.");
            case CountOutOfRange(var service, var asked, var max) -> {
                var problem =
                        faulty(
                                "count-out-of-range",
                                "Not so many at once",
                                "/numberOfReservations",
                                "The number of reservations must lie between 1 and %d.",
                                max);
                problem.setProperty("max", max);
                yield problem;
            }
            case ResourceNotSelectable(var service) ->
                    faulty(
                            "resource-not-selectable",
                            "The resource cannot be chosen",
                            "/requestedResourceId",
                            "This service leaves no choice of resource.");
            case UnknownResource(var resource) ->
                    faulty(
                            "unknown-reference",
                            "Something named does not exist",
                            "/requestedResourceId",
                            "No resource of this id serves the service at this branch.");
            case CombinationsSwitchedOff off ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "combinations-switched-off",
                            "One service a visit",
                            "This tenant does not book several services in one visit.");
            case NotCombined combined ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "not-combined",
                            "These services cannot be booked together",
                            "They are not combined at this branch.");
            case RangeTurnedRound(var from, var to) ->
                    unclear(
                            new Fault("from", "lies after \"to\""),
                            "The range of dates begins after it ends.");
            case RangeTooLong(var from, var to, var most) ->
                    unclear(
                            new Fault("to", "lies more than %d days on", most),
                            "One call answers %d days at most.",
                            most);
            case UnclearQuery(var fault) ->
                    unclear(fault, "The query is not what this call reads.");
            case NotBookable(var obstacles, var zone) -> notBookable(obstacles, zone);
            case SlotTaken(var alternatives, var zone) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "slot-taken",
                                "The slot is taken",
                                "Somebody else was faster. The nearest free slots are named.");
                problem.setProperty(
                        "alternatives",
                        alternatives.stream()
                                .map(free -> new Alternative(Slot.of(free, zone)))
                                .toList());
                yield problem;
            }
        };
    }

    /** A member of the body is called as the parameter is. */
    private static Fault inQuery(Object fault) {
        var inBody = (Fault) fault;
        return new Fault(inBody.pointer().replaceFirst("^/", ""), inBody.detail());
    }

    /** The first obstacle gives the type; all are named. */
    private static Problem notBookable(List<Obstacle> obstacles, ZoneId zone) {
        var problem = asProblem(obstacles.getFirst(), zone);
        problem.setProperty(
                "errors",
                obstacles.stream()
                        .map(
                                obstacle ->
                                        new Fault(
                                                pointer(obstacle),
                                                asProblem(obstacle, zone).detail()))
                        .toList());
        return problem;
    }

    private static String pointer(Obstacle obstacle) {
        return obstacle instanceof WrongEnd ? "/timeSlot/endTime" : "/timeSlot/startTime";
    }

    private static Problem asProblem(Obstacle obstacle, ZoneId zone) {
        return switch (obstacle) {
            case WrongEnd(var expected) -> {
                var problem =
                        against(
                                "wrong-end",
                                "The slot ends elsewhere",
                                "A visit that starts then ends at %s.",
                                at(expected, zone));
                problem.setProperty("expectedEnd", at(expected, zone));
                yield problem;
            }
            case TooSoon(var earliest) -> {
                var problem =
                        against(
                                "too-soon",
                                "The slot is too soon",
                                "The earliest bookable start is %s.",
                                at(earliest, zone));
                problem.setProperty("earliest", at(earliest, zone));
                yield problem;
            }
            case BeyondHorizon(var lastDate) -> {
                var problem =
                        against(
                                "beyond-horizon",
                                "The slot is too far ahead",
                                "The last bookable date is %s.",
                                lastDate);
                problem.setProperty("lastDate", lastDate);
                yield problem;
            }
            case Closed(var date) ->
                    against(
                            "outside-opening-hours",
                            "The branch is not open then",
                            "No opening window of %s has this start in it.",
                            date);
            case ClosedOnSpecialDay(var date, var reason) ->
                    against(
                            "closed-on-special-day",
                            "The branch has other hours on that day",
                            reason == null
                                    ? phrase("Special hours hold on %s.", date)
                                    : phrase("Special hours hold on %s: %s.", date, reason));
            case Holiday(var date, var name) ->
                    against(
                            "closed-on-holiday",
                            "The branch is closed on that holiday",
                            "%s is a holiday: %s.",
                            date,
                            name);
            case DoesNotFit(var windowEnd) ->
                    against(
                            "does-not-fit",
                            "The visit does not fit",
                            "It would run past %s.",
                            at(windowEnd, zone));
            case OffGrid(var before, var after) ->
                    against("off-grid", "No slot starts then", nearest(before, after, zone));
            case BranchClosed(var closure) -> closed(phrase("The branch"), closure);
            case ServiceClosed(var service, var closure) -> closed(phrase("The service"), closure);
            case PoolClosed(var pool, var closure) -> closed(phrase("What it needs"), closure);
            case ResourceClosed(var resource, var closure) ->
                    closed(phrase("What it needs"), closure);
            case OutsideServiceHours(var service) ->
                    against(
                            "outside-service-hours",
                            "The service is not offered then",
                            "The service has hours of its own at this branch.");
            case OutsideWorkingHours(var resource) ->
                    against(
                            "outside-working-hours",
                            "Nobody is there then",
                            "Who or what could serve has other working hours.");
            case PoolReduced(var pool, var period) ->
                    against(
                            "fewer-places",
                            "There are too few places for a time",
                            "From %s to %s there are %d: %s.",
                            period.from(),
                            period.to(),
                            period.capacity(),
                            period.reason());
            case NoLongerServing(var places) ->
                    against(
                            "no-places",
                            "There is no place for it",
                            "What it has does not serve such visits any more.");
            case NoPlaces(var resourceType) ->
                    against(
                            "no-places",
                            "There is no place for it",
                            "The branch never has so many places at once.");
            case Taken(var by) ->
                    against("slot-taken", "The slot is taken", "Others are there then.");
        };
    }

    private static Phrase nearest(@Nullable Instant before, @Nullable Instant after, ZoneId zone) {
        if (before != null && after != null) {
            return phrase("The nearest starts are %s and %s.", at(before, zone), at(after, zone));
        }
        var only = before == null ? after : before;
        return only == null
                ? phrase("This opening has no start for such a visit.")
                : phrase("The nearest start is %s.", at(only, zone));
    }

    private static Problem closed(Phrase what, Closure closure) {
        return against(
                "within-closure",
                "It is closed then",
                "%s is not available from %s to %s: %s.",
                what,
                closure.from(),
                closure.to(),
                closure.reason());
    }

    private static OffsetDateTime at(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    @FormatMethod
    private static Problem against(
            String type, String title, @FormatString String template, Object... arguments) {
        return against(type, title, phrase(template, arguments));
    }

    private static Problem against(String type, String title, Phrase detail) {
        return problem(UNPROCESSABLE_CONTENT, type, title, detail);
    }

    @FormatMethod
    private static Problem unclear(
            Fault fault, @FormatString String template, Object... arguments) {
        var problem =
                problem(
                        BAD_REQUEST,
                        "malformed-query",
                        "The query cannot be read",
                        template,
                        arguments);
        problem.setProperty("errors", List.of(fault));
        return problem;
    }

    @FormatMethod
    private static Problem faulty(
            String type,
            String title,
            String pointer,
            @FormatString String template,
            Object... arguments) {
        var detail = phrase(template, arguments);
        var problem = problem(UNPROCESSABLE_CONTENT, type, title, detail);
        problem.setProperty("errors", List.of(new Fault(pointer, detail)));
        return problem;
    }
}
