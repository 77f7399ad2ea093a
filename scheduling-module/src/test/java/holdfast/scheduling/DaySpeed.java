package holdfast.scheduling;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;

/**
 * How long the list of one day takes: twelve desks, eighty bookings, a start every five minutes.
 * Run by hand; prints nanoseconds of processor time per day, so that a busy machine does not count,
 * round after round, until the numbers stand still. With any argument the customer may choose.
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
        var threads = ManagementFactory.getThreadMXBean();
        long slots = 0;
        for (int round = 0; round < 10; round++) {
            long begin = threads.getCurrentThreadCpuTime();
            for (int call = 0; call < CALLS; call++) {
                slots += SlotEngine.freeSlots(rules, diary, now, date, date).size();
            }
            long nanos = (threads.getCurrentThreadCpuTime() - begin) / CALLS;
            System.out.println(nanos + " ns a day, " + slots / CALLS / (round + 1) + " free slots");
        }
    }
}
