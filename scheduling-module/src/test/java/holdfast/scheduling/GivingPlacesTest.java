package holdfast.scheduling;

import static holdfast.scheduling.LedgerOnPostgres.atOnce;
import static holdfast.scheduling.LedgerOnPostgres.newReservation;
import static holdfast.scheduling.Town.aBranchOpen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.Occurrences;
import holdfast.catalogue.Refused;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who is given a place, on a real PostgreSQL and by many at once. */
class GivingPlacesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(15));

    private final LedgerOnPostgres postgres = new LedgerOnPostgres();

    @AfterEach
    void close() {
        postgres.close();
    }

    private static boolean isTaken(Object answer) {
        return answer instanceof Refused refused && refused.reason() instanceof SlotTaken;
    }

    @Test
    void of_fifty_who_want_one_desk_exactly_one_gets_it() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var rules = town.rules();
        var start = town.at("2026-03-05T09:00");
        var answers = atOnce(50, () -> postgres.claim(rules, start, NOW, LATER));
        assertThat(answers).filteredOn(CapacityLedger.Given.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(GivingPlacesTest::isTaken).hasSize(49);
    }

    @Test
    void of_fifty_who_want_a_pool_of_seven_exactly_seven_get_in() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withCounters(7);
        var rules = town.rules();
        var start = town.at("2026-03-05T09:00");
        var answers = atOnce(50, () -> postgres.claim(rules, start, NOW, LATER));
        assertThat(answers).filteredOn(CapacityLedger.Given.class::isInstance).hasSize(7);
        assertThat(answers).filteredOn(GivingPlacesTest::isTaken).hasSize(43);
    }

    @Test
    void visits_that_take_several_desks_at_once_never_lock_each_other_out() throws Exception {
        var town =
                aBranchOpen("09:00", "17:00")
                        .withDesks("anna", "bert", "cleo", "dora", "emil")
                        .passport(service -> service.occurrences = Occurrences.PARALLEL);
        var rules = town.rules(2);
        var start = town.at("2026-03-05T09:00");
        var answers = atOnce(20, () -> postgres.claim(rules, start, NOW, LATER));
        assertThat(answers).filteredOn(CapacityLedger.Given.class::isInstance).hasSize(2);
        assertThat(answers).filteredOn(GivingPlacesTest::isTaken).hasSize(18);
    }

    @Test
    void a_pool_never_refuses_because_bookings_lie_awkwardly() {
        var town = aBranchOpen("09:00", "17:00").withCounters(2);
        var half = town.rules();
        var nine = town.at("2026-03-05T09:00");
        var halfPast = town.at("2026-03-05T09:30");
        var first = newReservation();
        postgres.claim(first, half, nine, NOW, LATER); // place 0
        postgres.claim(half, nine, NOW, LATER); // place 1
        postgres.claim(half, halfPast, NOW, LATER); // place 0
        var last = newReservation();
        postgres.claim(last, half, halfPast, NOW, LATER); // place 1
        postgres.giveBack(first);
        postgres.giveBack(last);

        // one place is free at each instant, though none is free throughout
        var whole = postgres.claim(town.rules(2), nine, NOW, LATER);

        assertThat(whole.allocation().claims()).hasSize(1);
        assertThatThrownBy(() -> postgres.claim(half, nine, NOW, LATER))
                .isInstanceOf(Refused.class);
    }

    @Test
    void whatever_is_asked_in_whatever_order_the_count_alone_decides() {
        var town = aBranchOpen("08:00", "20:00").withCounters(4);
        town.passport(service -> service.interval = 10);
        town.passport(service -> service.before = 5);
        var random = new Random(20260305);
        var diary = new HashMap<ReservationId, TimeRange>();
        for (int n = 0; n < 400; n++) {
            var rules = town.rules(1 + random.nextInt(4));
            var start =
                    town.at("2026-03-05T08:00").plus(Duration.ofMinutes(10L * random.nextInt(48)));
            var busy = new TimeRange(rules.busyFrom(start), rules.busyTo(start));
            var reservation = newReservation();
            boolean given;
            try {
                postgres.claim(reservation, rules, start, NOW, LATER);
                given = true;
            } catch (Refused refused) {
                given = false;
            }
            assertThat(given).as("step %s", n).isEqualTo(peak(diary, busy) < 4);
            if (given) {
                diary.put(reservation, busy);
            }
            if (random.nextInt(3) == 0 && !diary.isEmpty()) {
                var gone = diary.keySet().iterator().next();
                postgres.giveBack(gone);
                diary.remove(gone);
            }
        }
    }

    @Test
    void of_fifty_who_want_a_pool_that_has_two_places_for_a_time_exactly_two_get_in()
            throws Exception {
        var town =
                aBranchOpen("09:00", "17:00")
                        .withCounters(7)
                        .temporarily("counters", 2, "2026-03-05T09:00", "2026-03-05T09:30");
        var rules = town.rules();
        var start = town.at("2026-03-05T09:00");
        var answers = atOnce(50, () -> postgres.claim(rules, start, NOW, LATER));
        assertThat(answers).filteredOn(CapacityLedger.Given.class::isInstance).hasSize(2);
        assertThat(answers).filteredOn(GivingPlacesTest::isTaken).hasSize(48);
    }

    @Test
    void where_there_are_fewer_or_more_places_for_a_time_the_count_alone_decides() {
        var town =
                aBranchOpen("08:00", "20:00")
                        .withCounters(3)
                        .temporarily("counters", 1, "2026-03-05T10:00", "2026-03-05T12:00")
                        .temporarily("counters", 6, "2026-03-05T12:00", "2026-03-05T15:00");
        town.passport(service -> service.interval = 10);
        var ten = town.at("2026-03-05T10:00");
        var noon = town.at("2026-03-05T12:00");
        var three = town.at("2026-03-05T15:00");
        var random = new Random(20260305);
        var diary = new HashMap<ReservationId, TimeRange>();
        for (int n = 0; n < 300; n++) {
            var rules = town.rules(1 + random.nextInt(4));
            var start =
                    town.at("2026-03-05T08:00").plus(Duration.ofMinutes(10L * random.nextInt(48)));
            var visit = new TimeRange(start, start.plus(rules.length()));
            boolean isInTheLeanHours = start.isBefore(noon) && visit.end().isAfter(ten);
            boolean isInTheFatHours = !start.isBefore(noon) && !visit.end().isAfter(three);
            int places = isInTheLeanHours ? 1 : isInTheFatHours ? 6 : 3;
            var reservation = newReservation();
            boolean given;
            try {
                var claims =
                        postgres.claim(reservation, rules, start, NOW, LATER).allocation().claims();
                assertThat(claims).extracting(Claim::capacity).containsExactly(places);
                given = true;
            } catch (Refused refused) {
                given = false;
            }
            assertThat(given).as("step %s", n).isEqualTo(peak(diary, visit) < places);
            if (given) {
                diary.put(reservation, visit);
            }
            if (random.nextInt(3) == 0 && !diary.isEmpty()) {
                var gone = diary.keySet().iterator().next();
                postgres.giveBack(gone);
                diary.remove(gone);
            }
        }
    }

    /** The most that are there at one instant of the stretch. */
    private static long peak(Map<ReservationId, TimeRange> diary, TimeRange stretch) {
        return diary.values().stream()
                .map(TimeRange::start)
                .map(start -> start.isBefore(stretch.start()) ? stretch.start() : start)
                .filter(instant -> instant.isBefore(stretch.end()))
                .mapToLong(
                        instant ->
                                diary.values().stream()
                                        .filter(other -> !other.start().isAfter(instant))
                                        .filter(other -> other.end().isAfter(instant))
                                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void a_lapsed_hold_gives_way_at_its_instant_and_is_named() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var start = town.at("2026-03-05T09:00");
        var sleeper = newReservation();
        postgres.claim(sleeper, town.rules(), start, NOW, LATER);

        assertThatThrownBy(
                        () ->
                                postgres.claim(
                                        town.rules(),
                                        start,
                                        LATER.minusNanos(1000),
                                        LATER.plusSeconds(900)))
                .isInstanceOf(Refused.class);
        var given = postgres.claim(town.rules(), start, LATER, LATER.plusSeconds(900));

        assertThat(given.lapsed()).containsExactly(sleeper);
        assertThat(postgres.keep(sleeper, LATER)).isFalse();
    }

    @Test
    void who_tidies_up_waits_for_nobody_and_takes_a_hold_whole() throws Exception {
        var town =
                aBranchOpen("09:00", "17:00")
                        .withDesks("anna", "bert")
                        .passport(service -> service.occurrences = Occurrences.PARALLEL);
        var sleepers = newReservation();
        var start = town.at("2026-03-05T09:00");
        postgres.claim(sleepers, town.rules(2), start, NOW, LATER);

        var whileOneRowIsLocked =
                postgres.inTransaction(
                        () -> {
                            postgres.jdbc.queryForList(
                                    "select 1 from claim where places = 'bert' for update");
                            return CompletableFuture.supplyAsync(this::tidiedUp)
                                    .orTimeout(10, TimeUnit.SECONDS)
                                    .join();
                        });

        assertThat(whileOneRowIsLocked).isEmpty();
        assertThat(tidiedUp()).containsExactly(sleepers);
        assertThat(tidiedUp()).isEmpty();
    }

    private Set<ReservationId> tidiedUp() {
        return postgres.inTransaction(
                () -> postgres.ledger.giveBackEnded(LedgerOnPostgres.TENANT, LATER, 1));
    }

    @Test
    void a_kept_hold_stays_whatever_its_instant_was() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var start = town.at("2026-03-05T09:00");
        var booked = newReservation();
        postgres.claim(booked, town.rules(), start, NOW, LATER);

        assertThat(postgres.keep(booked, LATER.minusNanos(1000))).isTrue();

        assertThatThrownBy(() -> postgres.claim(town.rules(), start, LATER.plusSeconds(1), LATER))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_hold_cannot_be_kept_from_its_instant_on() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var late = newReservation();
        postgres.claim(late, town.rules(), town.at("2026-03-05T09:00"), NOW, LATER);
        assertThat(postgres.keep(late, LATER)).isFalse();
    }

    @Test
    void confirming_and_claiming_at_the_instant_of_expiry_have_one_winner() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var rules = town.rules();
        for (int round = 0; round < 40; round++) {
            var start = town.at("2026-03-05T09:00").plus(Duration.ofMinutes(30L * (round % 16)));
            var day = Duration.ofDays(round / 16);
            var first = newReservation();
            postgres.claim(first, rules, start.plus(day), NOW, LATER);
            // The confirming node's clock is a moment behind the claiming one's.
            var confirmFirst = new java.util.concurrent.atomic.AtomicBoolean(round % 2 == 0);
            var answers =
                    atOnce(
                            2,
                            () ->
                                    confirmFirst.getAndSet(!confirmFirst.get())
                                            ? postgres.keep(first, LATER.minusNanos(1000))
                                            : postgres.claim(
                                                    rules,
                                                    start.plus(day),
                                                    LATER,
                                                    LATER.plusSeconds(900)));
            var winners =
                    answers.stream()
                            .filter(
                                    answer ->
                                            Boolean.TRUE.equals(answer)
                                                    || answer instanceof CapacityLedger.Given)
                            .count();
            assertThat(winners).as("round %s: %s", round, answers).isEqualTo(1);
        }
    }

    @Test
    void an_appointment_gets_the_places_of_a_hold_for_good_and_gives_its_own_back() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var nine = town.at("2026-03-05T09:00");
        var ten = town.at("2026-03-05T10:00");
        var appointment = newReservation();
        var hold = newReservation();
        postgres.claim(appointment, town.rules(), nine, NOW, LATER);
        postgres.keep(appointment, NOW);
        postgres.claim(hold, town.rules(), ten, NOW, LATER);

        assertThat(postgres.handOver(hold, appointment, NOW)).isTrue();

        assertThat(postgres.claim(town.rules(), nine, NOW, LATER).allocation().claims()).hasSize(1);
        assertThatThrownBy(() -> postgres.claim(town.rules(), ten, LATER.plusSeconds(1), LATER))
                .isInstanceOf(Refused.class);
        postgres.giveBack(hold);
        assertThat(takenBy(appointment)).isEqualTo(1);
    }

    @Test
    void a_hold_that_ended_is_not_handed_over_and_the_appointment_keeps_its_own() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var nine = town.at("2026-03-05T09:00");
        var appointment = newReservation();
        var hold = newReservation();
        postgres.claim(appointment, town.rules(), nine, NOW, LATER);
        postgres.keep(appointment, NOW);
        postgres.claim(hold, town.rules(), town.at("2026-03-05T10:00"), NOW, LATER);

        assertThat(postgres.handOver(hold, appointment, LATER)).isFalse();

        assertThatThrownBy(() -> postgres.claim(town.rules(), nine, NOW, LATER))
                .isInstanceOf(Refused.class);
        assertThat(takenBy(hold)).isEqualTo(1);
    }

    @Test
    void what_gets_another_place_while_it_is_given_back_is_gone() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withCounters(2);
        var visit = newReservation();
        postgres.claim(visit, town.rules(), town.at("2026-03-05T09:00"), NOW, LATER);

        var givenBack = whileItsPlaceChanges(visit, () -> postgres.giveBack(visit));

        givenBack.get(10, TimeUnit.SECONDS);
        assertThat(takenBy(visit)).isZero();
    }

    @Test
    void what_gets_another_place_while_it_is_kept_or_handed_over_is_kept() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withCounters(2);
        var first = newReservation();
        var second = newReservation();
        postgres.claim(first, town.rules(), town.at("2026-03-05T09:00"), NOW, LATER);
        postgres.claim(second, town.rules(), town.at("2026-03-05T10:00"), NOW, LATER);

        whileItsPlaceChanges(first, () -> assertThat(postgres.keep(first, NOW)).isTrue())
                .get(10, TimeUnit.SECONDS);
        whileItsPlaceChanges(
                        second, () -> assertThat(postgres.handOver(second, first, NOW)).isTrue())
                .get(10, TimeUnit.SECONDS);

        assertThat(takenBy(first)).isEqualTo(1);
        assertThat(takenBy(second)).isZero();
    }

    /** Does something that has to wait until the visit's place has become another one. */
    private CompletableFuture<Void> whileItsPlaceChanges(ReservationId visit, Runnable work) {
        return postgres.inTransaction(
                () -> {
                    postgres.jdbc.update(
                            "update claim set place = 1 where reservation = ?", visit.value());
                    var working = CompletableFuture.runAsync(work);
                    await().atMost(Duration.ofSeconds(10)).until(this::somebodyWaits);
                    return working;
                });
    }

    private boolean somebodyWaits() {
        return count("select count(*) from pg_locks where not granted") > 0;
    }

    @Test
    void a_hold_that_is_handed_over_while_places_are_dealt_anew_keeps_one() throws Exception {
        var town = aBranchOpen("09:00", "17:00").withCounters(2);
        var half = town.rules();
        for (int round = 0; round < 40; round++) {
            var nine = town.at("2026-03-05T09:00").plus(Duration.ofDays(round));
            var halfPast = nine.plus(Duration.ofMinutes(30));
            var first = newReservation();
            var hold = newReservation();
            var last = newReservation();
            var appointment = newReservation();
            postgres.claim(first, half, nine, NOW, LATER); // place 0
            postgres.claim(hold, half, nine, NOW, LATER); // place 1
            postgres.claim(newReservation(), half, halfPast, NOW, LATER); // place 0
            postgres.claim(last, half, halfPast, NOW, LATER); // place 1
            postgres.giveBack(first);
            postgres.giveBack(last);
            var whole = town.rules(2); // fits only if the places are dealt anew
            var handsOver = new AtomicBoolean();

            var answers =
                    atOnce(
                            2,
                            () ->
                                    handsOver.getAndSet(true)
                                            ? postgres.claim(whole, nine, NOW, LATER)
                                            : postgres.handOver(hold, appointment, NOW));

            assertThat(answers)
                    .as("round %d", round)
                    .allMatch(
                            answer ->
                                    answer instanceof CapacityLedger.Given
                                            || Boolean.TRUE.equals(answer));
            assertThat(takenBy(appointment)).isEqualTo(1);
        }
        assertThat(count("select count(*) from claim where place < 0")).isZero();
    }

    private long takenBy(ReservationId reservation) {
        return count("select count(*) from claim where reservation = ?", reservation.value());
    }

    private long count(String sql, Object... parameters) {
        return Objects.requireNonNull(postgres.jdbc.queryForObject(sql, Long.class, parameters));
    }

    @Test
    void a_refused_claim_leaves_nothing_behind() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var start = town.at("2026-03-05T09:00");
        postgres.claim(town.rules(), start, NOW, LATER);
        assertThatThrownBy(() -> postgres.claim(town.rules(), start, NOW, LATER))
                .isInstanceOf(Refused.class);
        assertThat(postgres.jdbc.queryForObject("select count(*) from claim", Long.class))
                .isEqualTo(1);
    }

    @Test
    void the_database_itself_gives_no_place_twice() {
        var town = aBranchOpen("09:00", "17:00").withCounters(1);
        postgres.claim(town.rules(), town.at("2026-03-05T09:00"), NOW, LATER);
        assertThatThrownBy(
                        () ->
                                postgres.jdbc.update(
                                        """
                                        insert into claim
                                            (tenant, places, place, capacity, reservation, busy, visit)
                                        select tenant, places, place, capacity, gen_random_uuid(), busy, visit
                                        from claim
                                        """))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("place_is_given_once");
        assertThatThrownBy(() -> postgres.jdbc.update("update claim set place = 1"))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("place_exists");
    }

    @Test
    void another_tenants_places_of_the_same_name_are_other_places() {
        var town = aBranchOpen("09:00", "17:00").withDesks("anna");
        var start = town.at("2026-03-05T09:00");
        postgres.claim(town.rules(), start, NOW, LATER);
        var theirs =
                postgres.inTransaction(
                        () ->
                                postgres.ledger.claim(
                                        holdfast.catalogue.TenantId.of("other"),
                                        newReservation(),
                                        town.rules(),
                                        start,
                                        NOW,
                                        LATER));
        assertThat(theirs.allocation().claims()).hasSize(1);
    }
}
