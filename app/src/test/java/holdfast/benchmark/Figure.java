package holdfast.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * One line of the table.
 *
 * @param ratio of what is measured to its floor; null where there is no floor
 * @param details everything else that was measured, for the JSON
 * @param note what the reader must know of this run; may be empty
 */
record Figure(
        String row,
        String what,
        String measured,
        String floor,
        @Nullable Double ratio,
        Goal goal,
        Map<String, ?> details,
        String note) {

    enum Verdict {
        AIM,
        REACHED,
        MISSED,
        STATED,
        FAILED
    }

    /** What is asked for, in the words of the table, and whether it is so. */
    record Goal(String reach, String aim, Verdict verdict) {

        static Goal atLeast(double value, double reach, double aim) {
            return new Goal(text(reach, ""), text(aim, ""), verdict(value >= reach, value >= aim));
        }

        static Goal atMost(double value, double reach, double aim, String unit) {
            return new Goal(
                    "≤ " + text(reach, unit),
                    "≤ " + text(aim, unit),
                    verdict(value <= reach, value <= aim));
        }

        /** There is an aim and no more than that. */
        static Goal stated(double value, double aim) {
            return new Goal(
                    "stated", "≤ " + text(aim, ""), value <= aim ? Verdict.AIM : Verdict.STATED);
        }

        /** For information only. */
        static Goal none() {
            return new Goal("–", "–", Verdict.STATED);
        }

        /**
         * The same, not reached whatever the value: it was not measured under what was promised.
         */
        Goal missed() {
            return new Goal(reach, aim, Verdict.MISSED);
        }

        private static Verdict verdict(boolean reached, boolean aimed) {
            return aimed ? Verdict.AIM : reached ? Verdict.REACHED : Verdict.MISSED;
        }

        private static String text(double value, String unit) {
            var text = value == Math.rint(value) ? "%.0f".formatted(value) : String.valueOf(value);
            return unit.isEmpty() ? text : text + " " + unit;
        }
    }

    /** A row that could not be measured: loud, and never taken for a figure. */
    static Figure failed(String row, String what, Throwable why) {
        return new Figure(
                row,
                what,
                "–",
                "–",
                null,
                new Goal("–", "–", Verdict.FAILED),
                Map.of(),
                String.join(" / ", String.valueOf(why.getMessage()).lines().toList()));
    }
}
