package holdfast.reservation;

import holdfast.catalogue.TenantId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.VisitWish;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What can be asked of a reservation. The tenant is the caller's: another's reservation is unknown.
 */
public sealed interface ReservationCommand {

    TenantId tenant();

    ReservationId reservation();

    /**
     * Hold the places of a visit.
     *
     * @param start as the client sent it; the rules judge it
     * @param end as the client sent it: it must be where the visit's length puts it
     * @param notes what the visitor wants to tell, readable; null if nothing
     * @param audience whose rules hold
     */
    record Reserve(
            TenantId tenant,
            @TargetAggregateIdentifier ReservationId reservation,
            VisitWish wish,
            Instant start,
            Instant end,
            @Nullable String notes,
            Audience audience)
            implements ReservationCommand {

        /** By the rules for everybody. */
        public Reserve(
                TenantId tenant,
                ReservationId reservation,
                VisitWish wish,
                Instant start,
                Instant end,
                @Nullable String notes) {
            this(tenant, reservation, wish, start, end, notes, Audience.PUBLIC);
        }

        /** Says what it is without what the visitor wrote. */
        @Override
        public String toString() {
            return "Reserve[%s, %s, %s/%s]".formatted(reservation, wish, start, end);
        }
    }

    /**
     * Make an appointment at once, as only staff may: without notice and beyond the horizon, and
     * within the places there are.
     *
     * @param visit what is reserved, with its note
     */
    record Book(Reserve visit, CustomerDetails details) implements ReservationCommand {

        @Override
        public TenantId tenant() {
            return visit.tenant();
        }

        @Override
        @TargetAggregateIdentifier
        public ReservationId reservation() {
            return visit.reservation();
        }
    }

    /** Note that the customer is there. */
    record Arrive(TenantId tenant, @TargetAggregateIdentifier ReservationId reservation)
            implements ReservationCommand {}

    /** Note that an appointment took place. */
    record Complete(TenantId tenant, @TargetAggregateIdentifier ReservationId reservation)
            implements ReservationCommand {}

    /** Note that nobody came to an appointment. */
    record Miss(TenantId tenant, @TargetAggregateIdentifier ReservationId reservation)
            implements ReservationCommand {}

    /** Give a hold in force its full time again. */
    record Extend(TenantId tenant, @TargetAggregateIdentifier ReservationId reservation)
            implements ReservationCommand {}

    /** Make an appointment of a hold. */
    record Confirm(
            TenantId tenant,
            @TargetAggregateIdentifier ReservationId reservation,
            CustomerDetails details)
            implements ReservationCommand {}

    /**
     * Give an appointment the time of a hold of the same services, which ends with that.
     *
     * @param reservation the appointment; it keeps its id
     * @param askedAt when the request arrived: the tenant's deadline is judged by it
     * @param audience the deadline does not bind staff
     */
    record Reschedule(
            TenantId tenant,
            @TargetAggregateIdentifier ReservationId reservation,
            ReservationId hold,
            Instant askedAt,
            Audience audience)
            implements ReservationCommand {

        /** By the rules for everybody. */
        public Reschedule(
                TenantId tenant, ReservationId reservation, ReservationId hold, Instant askedAt) {
            this(tenant, reservation, hold, askedAt, Audience.PUBLIC);
        }
    }

    /**
     * Say anew who comes; what was answered to questions, and the note, stay.
     *
     * @param details their answers are not looked at
     */
    record ChangeCustomer(
            TenantId tenant,
            @TargetAggregateIdentifier ReservationId reservation,
            CustomerDetails details)
            implements ReservationCommand {}

    /** Give a hold back. */
    record Release(TenantId tenant, @TargetAggregateIdentifier ReservationId reservation)
            implements ReservationCommand {}

    /**
     * Call an appointment off.
     *
     * @param reason readable; null if none is given
     * @param askedAt when the request arrived: the tenant's deadline is judged by it
     * @param audience the deadline does not bind staff
     */
    record Cancel(
            TenantId tenant,
            @TargetAggregateIdentifier ReservationId reservation,
            @Nullable String reason,
            Instant askedAt,
            Audience audience)
            implements ReservationCommand {

        /** By the rules for everybody. */
        public Cancel(
                TenantId tenant,
                ReservationId reservation,
                @Nullable String reason,
                Instant askedAt) {
            this(tenant, reservation, reason, askedAt, Audience.PUBLIC);
        }

        /** Says what it is without what the canceller wrote. */
        @Override
        public String toString() {
            return "Cancel[%s, askedAt=%s]".formatted(reservation, askedAt);
        }
    }
}
