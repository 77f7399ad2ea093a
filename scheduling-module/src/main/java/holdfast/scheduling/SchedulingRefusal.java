package holdfast.scheduling;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Fault;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Why a visit cannot be booked, or not at that time. */
public sealed interface SchedulingRefusal extends Refusal {

    /** Because of one of the visit's services. */
    sealed interface OfService extends SchedulingRefusal {
        ServiceId service();
    }

    /**
     * The same where a request lists the services.
     *
     * @param index the service's place in that list, from 0
     */
    record AmongServices(OfService reason, int index) implements SchedulingRefusal {}

    /** The same where it was a query that asked, and no body. */
    record InQuery(SchedulingRefusal reason) implements SchedulingRefusal {}

    record UnknownBranch(BranchId branch) implements SchedulingRefusal {}

    record UnknownService(ServiceId service) implements OfService {}

    /** Both exist, but not together. */
    record ServiceNotOffered(ServiceId service, BranchId branch) implements OfService {}

    /** Only staff may book it. */
    record NotBookableOnline(ServiceId service, BranchId branch) implements OfService {}

    /**
     * @param max the most {@code numberOfReservations} may be; the least is 1
     */
    record CountOutOfRange(ServiceId service, int asked, int max) implements OfService {}

    /** A resource was asked for, but this service leaves no choice. */
    record ResourceNotSelectable(ServiceId service) implements SchedulingRefusal {}

    /** No pool that serves the visit has such a resource. */
    record UnknownResource(ResourceId resource) implements SchedulingRefusal {}

    /** The tenant does not book several services in one visit. */
    record CombinationsSwitchedOff() implements SchedulingRefusal {}

    /** Nobody configured these services as a set that is booked together here. */
    record NotCombined(List<ServiceId> services, BranchId branch) implements SchedulingRefusal {}

    /**
     * The rules do not offer this start.
     *
     * @param obstacles all of them; never empty
     * @param zone the branch's
     */
    record NotBookable(List<Obstacle> obstacles, ZoneId zone) implements SchedulingRefusal {}

    /**
     * The rules offer this start, but others have taken it.
     *
     * @param alternatives free at that moment, the nearest first; may be empty
     * @param zone the branch's
     */
    record SlotTaken(List<TimeRange> alternatives, ZoneId zone) implements SchedulingRefusal {}

    /** The address of a call names a service that there is not. */
    record NoSuchService(ServiceId service) implements SchedulingRefusal {}

    /** The address of a call names a branch that there is not. */
    record NoSuchBranch(BranchId branch) implements SchedulingRefusal {}

    /** The parameters of a query cannot be read, or contradict each other. */
    record UnclearQuery(Fault fault) implements SchedulingRefusal {}

    /** A range of dates begins after it ends. */
    record RangeTurnedRound(LocalDate from, LocalDate to) implements SchedulingRefusal {}

    /**
     * @param most days that one call may ask for, both ends counted
     */
    record RangeTooLong(LocalDate from, LocalDate to, int most) implements SchedulingRefusal {}
}
