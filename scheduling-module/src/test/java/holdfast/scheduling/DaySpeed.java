package holdfast.scheduling;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;

/**
 * How long the list of one day takes: twelve desks, eighty bookings, a start every five minutes.
 * Run by hand; prints nanoseconds per day, round after round, until the numbers stand still.
 */
final class DaySpeed {

    private static final int CALLS = 200_000;

    private DaySpeed() {}

    public static void main(String[] args) {
        var town = Town.aBranchOpen("08:00", "16:00");
        var desks = new String[12];
        for (int i = 0; i < desks.length; i++) {
            desks[i] = "desk" + i;
        }
        boolean choosing = args.length > 0;
        town.withDesks(desks)
                .passport(
                        told -> {
                            told.minutes = 20;
                            told.interval = 5;
                            told.selectable = choosing;
                        });
        var rules = town.rules();
        var diary = new Diary();
        var date = LocalDate.parse("2026-06-01");
        var now = town.at("2026-05-20T00:00");
        var random = new Random(1);
        while (diary.lines().size() < 80) {
            diary.book(
                    rules,
                    town.at("2026-06-01T08:00").plus(Duration.ofMinutes(5L * random.nextInt(92))),
                    now);
        }
        long slots = 0;
        for (int round = 0; round < 10; round++) {
            long begin = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                slots += SlotEngine.freeSlots(rules, diary, now, date, date).size();
            }
            long nanos = (System.nanoTime() - begin) / CALLS;
            System.out.println(nanos + " ns a day, " + slots / CALLS / (round + 1) + " free slots");
        }
    }
}
