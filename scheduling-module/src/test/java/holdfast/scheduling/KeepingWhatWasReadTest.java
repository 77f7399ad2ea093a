package holdfast.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Slots that were read once and kept, on towns made up from seeds in which people book, hold and
 * leave while the clock goes on. A failure names its seed.
 */
class KeepingWhatWasReadTest {

    private static final int TOWNS = Integer.getInteger("towns", 120);

    /** A town that goes on. */
    private static final class Life {

        final RandomTown town;
        final Random random;
        Instant now;
        private final List<ReservationId> there = new ArrayList<>();

        Life(long seed) {
            town = new RandomTown(seed);
            random = new Random(seed);
            now = town.now;
        }

        /** Something happens, or some time passes, or both. */
        void goOn() {
            switch (random.nextInt(6)) {
                case 0 -> book(null);
                case 1 -> book(now.plus(Duration.ofMinutes(random.nextInt(20))));
                case 2 -> {
                    if (!there.isEmpty()) {
                        town.diary.giveBack(there.remove(random.nextInt(there.size())));
                    }
                }
                case 3 -> now = now.plus(Duration.ofMinutes(random.nextInt(30)));
                case 4 -> now = now.plusNanos(1000L * random.nextInt(3));
                default -> now = now.plus(Duration.ofHours(random.nextInt(8)));
            }
        }

        private void book(@Nullable Instant until) {
            var holder = town.diary.hold(town.rules, someStart(), now, until);
            if (holder != null) {
                there.add(holder);
            }
        }

        private Instant someStart() {
            var free = fresh(town.first, town.last);
            return free.isEmpty() || random.nextInt(4) == 0
                    ? town.someInstant()
                    : free.get(random.nextInt(free.size())).start();
        }

        List<FreeSlot> fresh(@Nullable LocalDate from, @Nullable LocalDate to) {
            return SlotEngine.freeSlots(
                    town.rules,
                    town.diary,
                    now,
                    from == null ? town.rules.bookableFrom(now) : from,
                    to == null ? town.rules.bookableTo(now) : to);
        }

        FreeDays<List<FreeSlot>> read(@Nullable LocalDate from, @Nullable LocalDate to) {
            return FreeDays.of(town.rules, town.diary, now, from, to, Function.identity());
        }
    }

    private interface Promise {
        void keep(Life life);
    }

    private static void inEveryTown(Promise promise) {
        var one = Long.getLong("seed");
        for (long seed = one == null ? 0 : one; seed < (one == null ? TOWNS : one + 1); seed++) {
            try {
                promise.keep(new Life(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("Broken with -Dseed=" + seed, broken);
            }
        }
    }

    private static List<FreeSlot> slots(FreeDays<List<FreeSlot>> read) {
        return read.made().stream().flatMap(List::stream).toList();
    }

    @Test
    void what_counts_as_true_is_what_a_fresh_look_finds() {
        inEveryTown(
                life -> {
                    var from = life.random.nextBoolean() ? null : life.town.first;
                    // the desk may book for ten years
                    var to = life.town.audience == Audience.STAFF ? life.town.last : null;
                    var kept = life.read(from, to);
                    for (int step = 0; step < 60; step++) {
                        if (!kept.isTrue(life.town.diary, life.now)) {
                            kept = kept.readAgain(life.town.diary, life.now);
                        }
                        assertThat(slots(kept))
                                .as("at %s, step %d", life.now, step)
                                .isEqualTo(life.fresh(from, to));
                        life.goOn();
                    }
                });
    }

    @Test
    void at_the_very_instant_at_which_the_list_changes_it_counts_as_true_no_longer() {
        inEveryTown(
                life -> {
                    var kept = life.read(life.town.first, life.town.last);
                    // every instant that can matter: starts become too near, holds lapse, dates end
                    for (var instant : momentsToCome(life)) {
                        for (int nano = -1; nano <= 1; nano++) {
                            life.now = instant.plusNanos(nano);
                            if (kept.isTrue(life.town.diary, life.now)) {
                                assertThat(slots(kept))
                                        .as("at %s", life.now)
                                        .isEqualTo(life.fresh(life.town.first, life.town.last));
                            }
                        }
                    }
                });
    }

    private static List<Instant> momentsToCome(Life life) {
        var moments = new ArrayList<Instant>();
        var notice = Duration.between(life.now, life.town.rules.earliest(life.now));
        for (var slot : life.fresh(life.town.first, life.town.last)) {
            moments.add(slot.start().minus(notice));
        }
        for (var line : life.town.diary.lines()) {
            var lapse = line.busy().holdUntil();
            if (lapse != null) {
                moments.add(lapse);
            }
        }
        var zone = life.town.town.zone;
        for (int day = -3; day < 4; day++) {
            var midnight = life.town.first.plusDays(day).atStartOfDay(zone).toInstant();
            moments.add(midnight);
            moments.add(midnight.minus(notice));
        }
        return moments.stream().filter(moment -> moment.isAfter(life.now)).sorted().toList();
    }

    @Test
    void nothing_is_computed_again_while_nothing_happens() {
        inEveryTown(
                life -> {
                    var kept = life.read(life.town.first, life.town.last);
                    assertThat(kept.isTrue(life.town.diary, life.now)).isTrue();
                });
    }

    @Test
    void a_clock_that_was_set_back_finds_nothing_true() {
        inEveryTown(
                life -> {
                    var kept = life.read(life.town.first, life.town.last);
                    life.now = life.now.minusSeconds(1 + life.random.nextInt(200_000));
                    assertThat(kept.isTrue(life.town.diary, life.now)).isFalse();
                    assertThat(slots(kept.readAgain(life.town.diary, life.now)))
                            .isEqualTo(life.fresh(life.town.first, life.town.last));
                });
    }

    @Test
    void a_booking_computes_its_own_date_only() {
        var town = Town.aBranchOpen("08:00", "16:00").withDesks("desk1", "desk2").passport(_ -> {});
        var rules = town.rules();
        var diary = new Diary();
        var now = town.at("2026-06-01T00:00");
        var computed = new ArrayList<LocalDate>();
        var kept =
                FreeDays.of(
                        rules,
                        diary,
                        now,
                        null,
                        LocalDate.parse("2026-06-10"),
                        slots -> {
                            slots.stream()
                                    .limit(1)
                                    .forEach(
                                            slot ->
                                                    computed.add(
                                                            LocalDate.ofInstant(
                                                                    slot.start(), rules.zone())));
                            return slots;
                        });
        computed.clear();

        diary.book(rules, town.at("2026-06-03T08:00"), now);
        kept.readAgain(diary, now);

        assertThat(computed).containsExactly(LocalDate.parse("2026-06-03"));
    }
}
