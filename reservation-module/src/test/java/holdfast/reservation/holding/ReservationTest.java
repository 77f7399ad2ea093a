package holdfast.reservation.holding;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import static java.time.Duration.ofMinutes;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Arrive;
import holdfast.reservation.ReservationCommand.Book;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.ChangeCustomer;
import holdfast.reservation.ReservationCommand.Complete;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Extend;
import holdfast.reservation.ReservationCommand.Miss;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationCommand.Reserve;
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
import holdfast.reservation.ReservationRefusal.AlreadyConfirmed;
import holdfast.reservation.ReservationRefusal.CancelDeadlinePassed;
import holdfast.reservation.ReservationRefusal.ConfirmedWithOtherDetails;
import holdfast.reservation.ReservationRefusal.DateOfBirthMissing;
import holdfast.reservation.ReservationRefusal.ExtensionsUsedUp;
import holdfast.reservation.ReservationRefusal.HoldLapsed;
import holdfast.reservation.ReservationRefusal.NotAnAppointment;
import holdfast.reservation.ReservationRefusal.NotAsAsked;
import holdfast.reservation.ReservationRefusal.NotBegun;
import holdfast.reservation.ReservationRefusal.NotOnHold;
import holdfast.reservation.ReservationRefusal.OutOfOrder;
import holdfast.reservation.ReservationRefusal.RescheduleDeadlinePassed;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Audience;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Claim;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitWish;

import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** What a reservation decides, with the ledger and the people played by stand-ins. */
class ReservationTest {

    private static final TenantId TENANT = TenantId.of("city");
    private static final BranchId BRANCH = BranchId.of("town-hall");
    private static final ReservationId ID =
            ReservationId.of("0190a000-0000-7000-8000-000000000001");
    private static final CustomerId CUSTOMER =
            CustomerId.of("0190a000-0000-7000-8000-00000000000c");
    private static final Sealed SEALED = new Sealed("key", "text");
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration HOLD = ofMinutes(15);
    private static final TimeRange VISIT =
            new TimeRange(
                    Instant.parse("2026-03-05T09:00:00Z"), Instant.parse("2026-03-05T09:20:00Z"));
    private static final ReservationId HOLD_ID =
            ReservationId.of("0190a000-0000-7000-8000-000000000002");
    private static final BranchId ANNEX = BranchId.of("annex");
    private static final TimeRange LATER_VISIT =
            new TimeRange(
                    Instant.parse("2026-03-06T09:00:00Z"), Instant.parse("2026-03-06T09:20:00Z"));
    private static final VisitWish WISH =
            new VisitWish(BRANCH, List.of(new ServiceCount(ServiceId.of("passport"), 1)), null);
    private static final List<Claim> CLAIMS =
            List.of(new Claim(PlacesId.of("desks"), PoolId.of("desks"), null, 1, 3));
    private static final CustomerDetails ADA =
            new CustomerDetails(
                    "ada1234567",
                    "Ada",
                    "Lovelace",
                    "ada@example.org",
                    null,
                    null,
                    List.of(),
                    List.of());

    private static final Arrived ARRIVED = new Arrived(TENANT, ID, BRANCH);
    private static final Completed COMPLETED = new Completed(TENANT, ID, BRANCH);
    private static final Missed MISSED = new Missed(TENANT, ID, BRANCH);

    private final AggregateTestFixture<Reservation> reservation =
            new AggregateTestFixture<>(Reservation.class);
    private final Placement placement = mock();
    private final Questionnaire questionnaire = mock();
    private final Dossiers dossiers = mock();
    private final HoldPolicy holds = mock();
    private final Handover handover = mock();
    private final CapacityLedger ledger = mock();
    private Instant now = NOW;

    @BeforeEach
    void theHouseRules() {
        when(placement.place(any(), any()))
                .thenReturn(
                        new Placement.Placed(
                                VISIT, VISIT, CLAIMS, ChosenBy.SYSTEM, NOW.plus(HOLD)));
        when(holds.expiryOf(eq(TENANT), any()))
                .thenAnswer(asked -> asked.<Instant>getArgument(1).plus(HOLD));
        when(holds.extensions(TENANT)).thenReturn(1);
        when(holds.cancelDeadline(TENANT)).thenReturn(Duration.ofHours(2));
        when(dossiers.open(any(), any(), any(), any()))
                .thenReturn(new Dossiers.Dossier(CUSTOMER, SEALED, "print"));
        when(dossiers.tellsTheSame(any(), eq(ADA), eq(CUSTOMER), eq("print"))).thenReturn(true);
        reservation
                .registerInjectableResource(placement)
                .registerInjectableResource(questionnaire)
                .registerInjectableResource(dossiers)
                .registerInjectableResource(holds)
                .registerInjectableResource(handover)
                .registerInjectableResource(ledger)
                .registerInjectableResource(
                        new Clock() {
                            @Override
                            public ZoneId getZone() {
                                return ZoneOffset.UTC;
                            }

                            @Override
                            public Clock withZone(ZoneId zone) {
                                return this;
                            }

                            @Override
                            public Instant instant() {
                                return now;
                            }
                        });
    }

    private static Reserve reserve() {
        return new Reserve(TENANT, ID, WISH, VISIT.start(), VISIT.end(), null);
    }

    private static Reserved reserved() {
        return new Reserved(
                TENANT,
                ID,
                BRANCH,
                WISH.services(),
                VISIT,
                VISIT,
                CLAIMS,
                ChosenBy.SYSTEM,
                null,
                NOW.plus(HOLD));
    }

    private static Confirmed confirmed() {
        return new Confirmed(TENANT, ID, BRANCH, CUSTOMER, SEALED, "print");
    }

    private static Cancelled cancelled(Instant askedAt) {
        return new Cancelled(TENANT, ID, BRANCH, null, askedAt);
    }

    private static Cancel cancel(Instant askedAt) {
        return new Cancel(TENANT, ID, null, askedAt);
    }

    @Test
    void a_hold_is_placed_until_its_instant() {
        reservation
                .givenNoPriorActivity()
                .andGivenCurrentTime(NOW)
                .when(reserve())
                .expectEvents(reserved())
                .expectResultMessagePayload(
                        new RegisterEntry(
                                TENANT,
                                ID,
                                BRANCH,
                                ReservationStatus.RESERVED,
                                VISIT,
                                NOW.plus(HOLD),
                                WISH.services(),
                                CLAIMS,
                                ChosenBy.SYSTEM,
                                null,
                                null,
                                null));
    }

    @Test
    void what_the_placement_refuses_leaves_no_trace() {
        when(placement.place(any(), any()))
                .thenThrow(new Refused(new SlotTaken(List.of(), ZoneOffset.UTC)));
        reservation
                .givenNoPriorActivity()
                .when(reserve())
                .expectException(Refused.class)
                .expectNoEvents();
    }

    @Test
    void confirming_makes_an_appointment() {
        reservation
                .givenNoPriorActivity()
                .andGivenCurrentTime(NOW)
                .andGivenCommands(reserve())
                .when(new Confirm(TENANT, ID, ADA))
                .expectEvents(confirmed());
        verify(ledger).keep(ID, NOW);
    }

    @Test
    void answers_that_are_not_as_asked_make_no_appointment() {
        doThrow(new Refused(new NotAsAsked(List.of(new DateOfBirthMissing()))))
                .when(questionnaire)
                .check(TENANT, WISH.services(), ADA);
        refuses(reservation.given(reserved()).when(new Confirm(TENANT, ID, ADA)), NotAsAsked.class);
        // what is confirmed stays so, whatever is asked nowadays
        reservation
                .given(reserved(), confirmed())
                .when(new Confirm(TENANT, ID, ADA))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void confirming_again_with_the_same_details_says_nothing_new() {
        reservation
                .given(reserved(), confirmed())
                .when(new Confirm(TENANT, ID, ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void confirming_again_with_other_details_is_refused() {
        var grace =
                new CustomerDetails(
                        "grace12345",
                        "Grace",
                        "Hopper",
                        "g@example.org",
                        null,
                        null,
                        List.of(),
                        List.of());
        refuses(
                reservation.given(reserved(), confirmed()).when(new Confirm(TENANT, ID, grace)),
                ConfirmedWithOtherDetails.class);
    }

    @Test
    void at_its_instant_a_hold_cannot_be_confirmed_any_more() {
        now = NOW.plus(HOLD);
        refuses(reservation.given(reserved()).when(new Confirm(TENANT, ID, ADA)), HoldLapsed.class);
    }

    @Test
    void a_moment_before_its_instant_a_hold_can_be_confirmed() {
        now = NOW.plus(HOLD).minusNanos(1000);
        reservation.given(reserved()).when(new Confirm(TENANT, ID, ADA)).expectEvents(confirmed());
    }

    @Test
    void after_its_expiry_was_recorded_confirming_says_the_hold_lapsed() {
        refuses(
                reservation
                        .given(reserved(), new Expired(TENANT, ID, BRANCH, NOW.plus(HOLD)))
                        .when(new Confirm(TENANT, ID, ADA)),
                HoldLapsed.class);
    }

    @Test
    void what_was_released_or_cancelled_cannot_be_confirmed() {
        refuses(
                reservation
                        .given(reserved(), new Released(TENANT, ID, BRANCH))
                        .when(new Confirm(TENANT, ID, ADA)),
                NotOnHold.class);
        refuses(
                reservation
                        .given(reserved(), confirmed(), cancelled(NOW))
                        .when(new Confirm(TENANT, ID, ADA)),
                NotOnHold.class);
    }

    @Test
    void a_released_hold_gives_its_places_back_once() {
        reservation
                .givenNoPriorActivity()
                .andGivenCurrentTime(NOW)
                .andGivenCommands(reserve())
                .when(new Release(TENANT, ID))
                .expectEvents(new Released(TENANT, ID, BRANCH));
        verify(ledger).giveBack(ID);
        reservation
                .given(reserved(), new Released(TENANT, ID, BRANCH))
                .when(new Release(TENANT, ID))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void releasing_a_hold_that_ended_is_no_fault_and_no_event() {
        now = NOW.plus(HOLD);
        reservation
                .given(reserved())
                .when(new Release(TENANT, ID))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void an_appointment_is_not_released() {
        refuses(
                reservation.given(reserved(), confirmed()).when(new Release(TENANT, ID)),
                AlreadyConfirmed.class);
    }

    @Test
    void an_extended_hold_has_its_full_time_again_and_only_so_often() {
        now = NOW.plus(ofMinutes(10));
        reservation
                .givenNoPriorActivity()
                .andGivenCurrentTime(NOW)
                .andGivenCommands(reserve())
                .when(new Extend(TENANT, ID))
                .expectEvents(new HoldExtended(TENANT, ID, BRANCH, now.plus(HOLD)));
        refuses(
                reservation
                        .given(reserved(), new HoldExtended(TENANT, ID, BRANCH, now.plus(HOLD)))
                        .when(new Extend(TENANT, ID)),
                ExtensionsUsedUp.class);
    }

    @Test
    void an_appointment_can_be_cancelled_until_the_tenants_deadline() {
        var deadline = VISIT.start().minus(Duration.ofHours(2));
        reservation
                .given(reserved(), confirmed())
                .when(cancel(deadline.minusNanos(1000)))
                .expectEvents(cancelled(deadline.minusNanos(1000)));
        refuses(
                reservation.given(reserved(), confirmed()).when(cancel(deadline)),
                CancelDeadlinePassed.class);
    }

    @Test
    void cancelling_twice_is_cancelling_once() {
        reservation
                .given(reserved(), confirmed(), cancelled(NOW))
                .when(cancel(NOW))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void what_never_became_an_appointment_cannot_be_cancelled() {
        refuses(
                reservation.given(reserved(), new Released(TENANT, ID, BRANCH)).when(cancel(NOW)),
                NotAnAppointment.class);
        refuses(reservation.given(reserved()).when(cancel(NOW)), UnknownReservation.class);
    }

    private Reschedule reschedule() {
        return new Reschedule(TENANT, ID, HOLD_ID, now);
    }

    private Rescheduled rescheduled() {
        return new Rescheduled(
                TENANT,
                ID,
                ANNEX,
                WISH.services(),
                LATER_VISIT,
                LATER_VISIT,
                CLAIMS,
                ChosenBy.CUSTOMER,
                HOLD_ID,
                NOW);
    }

    private static Reserved laterHold() {
        return new Reserved(
                TENANT,
                HOLD_ID,
                ANNEX,
                WISH.services(),
                LATER_VISIT,
                LATER_VISIT,
                CLAIMS,
                ChosenBy.CUSTOMER,
                null,
                NOW.plus(HOLD));
    }

    @Test
    void an_appointment_takes_the_time_of_a_hold() {
        when(handover.take(reschedule(), WISH.services())).thenReturn(laterHold());
        reservation
                .given(reserved(), confirmed())
                .when(reschedule())
                .expectEvents(rescheduled())
                .expectResultMessagePayload(
                        new RegisterEntry(
                                TENANT,
                                ID,
                                ANNEX,
                                ReservationStatus.CONFIRMED,
                                LATER_VISIT,
                                NOW.plus(HOLD),
                                WISH.services(),
                                CLAIMS,
                                ChosenBy.CUSTOMER,
                                null,
                                CUSTOMER,
                                SEALED));
    }

    @Test
    void moving_to_the_same_hold_again_says_nothing_new() {
        reservation
                .given(reserved(), confirmed(), rescheduled())
                .when(reschedule())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void an_appointment_can_be_moved_as_long_as_it_can_be_cancelled() {
        when(handover.take(any(), any())).thenReturn(laterHold());
        now = VISIT.start().minus(Duration.ofHours(2));
        refuses(
                reservation.given(reserved(), confirmed()).when(reschedule()),
                RescheduleDeadlinePassed.class);
        now = now.minusNanos(1000);
        reservation
                .given(reserved(), confirmed())
                .when(reschedule())
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void the_deadline_does_not_bind_staff() {
        var late = VISIT.start().minusSeconds(60);
        reservation
                .given(reserved(), confirmed())
                .when(new Cancel(TENANT, ID, null, late, Audience.STAFF))
                .expectEvents(cancelled(late));
    }

    @Test
    void what_was_moved_is_cancelled_by_the_deadline_of_its_new_time() {
        var deadline = LATER_VISIT.start().minus(Duration.ofHours(2));
        reservation
                .given(reserved(), confirmed(), rescheduled())
                .when(cancel(deadline.minusNanos(1000)))
                .expectEvents(new Cancelled(TENANT, ID, ANNEX, null, deadline.minusNanos(1000)));
        refuses(
                reservation.given(reserved(), confirmed(), rescheduled()).when(cancel(deadline)),
                CancelDeadlinePassed.class);
    }

    @Test
    void what_is_no_appointment_is_not_moved() {
        refuses(reservation.given(reserved()).when(reschedule()), UnknownReservation.class);
        refuses(
                reservation.given(reserved(), confirmed(), cancelled(NOW)).when(reschedule()),
                NotAnAppointment.class);
    }

    @Test
    void a_hold_that_was_handed_over_is_over() {
        var handedOver = new HandedOver(TENANT, ID, BRANCH, HOLD_ID);
        refuses(
                reservation.given(reserved(), handedOver).when(new Confirm(TENANT, ID, ADA)),
                NotOnHold.class);
        refuses(
                reservation.given(reserved(), handedOver).when(new Extend(TENANT, ID)),
                NotOnHold.class);
        reservation
                .given(reserved(), handedOver)
                .when(new Release(TENANT, ID))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void another_customer_is_said_once() {
        var other = CustomerId.of("0190a000-0000-7000-8000-00000000000d");
        var changed = new CustomerChanged(TENANT, ID, BRANCH, other, SEALED, "new print");
        var change = new ChangeCustomer(TENANT, ID, ADA);
        when(dossiers.change(TENANT, ADA, CUSTOMER, SEALED, "print"))
                .thenReturn(new Dossiers.Dossier(other, SEALED, "new print"));
        reservation.given(reserved(), confirmed()).when(change).expectEvents(changed);
        // the stand-in knows nothing new of the other customer
        reservation
                .given(reserved(), confirmed(), changed)
                .when(change)
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        verify(dossiers).change(TENANT, ADA, other, SEALED, "new print");
    }

    @Test
    void the_desk_books_in_one_step_and_by_its_own_rules() {
        when(dossiers.open(TENANT, ADA, null))
                .thenReturn(new Dossiers.Dossier(CUSTOMER, SEALED, "print"));
        reservation
                .givenNoPriorActivity()
                .when(new Book(reserve(), ADA))
                .expectEvents(reserved(), confirmed());
        verify(placement).place(reserve(), Audience.STAFF);
        verify(ledger).keep(ID, NOW);
    }

    @Test
    void a_customer_arrives_and_then_it_is_completed() {
        reservation
                .given(reserved(), confirmed())
                .when(new Arrive(TENANT, ID))
                .expectEvents(ARRIVED);
        reservation
                .given(reserved(), confirmed(), ARRIVED)
                .when(new Complete(TENANT, ID))
                .expectEvents(COMPLETED);
    }

    @Test
    void what_the_desk_says_again_is_nothing_new() {
        saysNothing(new Arrive(TENANT, ID), reserved(), confirmed(), ARRIVED);
        saysNothing(new Complete(TENANT, ID), reserved(), confirmed(), ARRIVED, COMPLETED);
        saysNothing(new Miss(TENANT, ID), reserved(), confirmed(), MISSED);
    }

    private void saysNothing(Object command, Object... history) {
        reservation
                .given(history)
                .when(command)
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void what_the_desk_says_has_an_order() {
        refuses(
                reservation.given(reserved(), confirmed()).when(new Complete(TENANT, ID)),
                OutOfOrder.class);
        refuses(
                reservation.given(reserved(), confirmed(), MISSED).when(new Arrive(TENANT, ID)),
                OutOfOrder.class);
        now = VISIT.end();
        refuses(
                reservation.given(reserved(), confirmed(), ARRIVED).when(new Miss(TENANT, ID)),
                OutOfOrder.class);
        refuses(
                reservation
                        .given(reserved(), confirmed(), cancelled(NOW))
                        .when(new Arrive(TENANT, ID)),
                OutOfOrder.class);
        refuses(
                reservation.given(reserved()).when(new Arrive(TENANT, ID)),
                UnknownReservation.class);
    }

    @Test
    void nobody_stays_away_before_the_start() {
        now = VISIT.start().minusNanos(1000);
        refuses(
                reservation.given(reserved(), confirmed()).when(new Miss(TENANT, ID)),
                NotBegun.class);
        now = VISIT.start();
        reservation.given(reserved(), confirmed()).when(new Miss(TENANT, ID)).expectEvents(MISSED);
    }

    @Test
    void who_has_arrived_is_neither_moved_nor_cancelled_nor_released() {
        refuses(
                reservation.given(reserved(), confirmed(), ARRIVED).when(cancel(NOW)),
                NotAnAppointment.class);
        refuses(
                reservation.given(reserved(), confirmed(), ARRIVED).when(reschedule()),
                NotAnAppointment.class);
        refuses(
                reservation.given(reserved(), confirmed(), ARRIVED).when(new Release(TENANT, ID)),
                AlreadyConfirmed.class);
    }

    @Test
    void another_tenants_reservation_is_unknown_to_every_command() {
        var stranger = TenantId.of("stranger");
        for (var command :
                List.of(
                        new Confirm(stranger, ID, ADA),
                        new Release(stranger, ID),
                        new Extend(stranger, ID),
                        new Reschedule(stranger, ID, HOLD_ID, NOW),
                        new ChangeCustomer(stranger, ID, ADA),
                        new Arrive(stranger, ID),
                        new Complete(stranger, ID),
                        new Miss(stranger, ID),
                        new Cancel(stranger, ID, null, NOW))) {
            refuses(reservation.given(reserved()).when(command), UnknownReservation.class);
        }
    }

    private static void refuses(
            org.axonframework.test.aggregate.ResultValidator<Reservation> result, Class<?> reason) {
        result.expectNoEvents()
                .expectException(
                        Matchers.predicate(
                                thrown ->
                                        thrown instanceof Refused refused
                                                && reason.isInstance(refused.reason())));
    }
}
