package holdfast.scheduling;

import holdfast.catalogue.ServiceId;

import java.util.LinkedHashMap;
import java.util.List;

/** One service of a visit and how often it is wanted; {@code numberOfReservations} is 1 or more. */
public record ServiceCount(ServiceId service, int numberOfReservations) {

    /**
     * Each service once, wanted as often as it is named in all, in the order of their first naming.
     * No sum hides that one of its parts is out of every range: it is 0 then, and it never
     * overflows.
     */
    public static List<ServiceCount> together(List<ServiceCount> counts) {
        var sums = new LinkedHashMap<ServiceId, Integer>();
        counts.forEach(c -> sums.merge(c.service(), c.numberOfReservations(), ServiceCount::sum));
        return sums.entrySet().stream()
                .map(sum -> new ServiceCount(sum.getKey(), sum.getValue()))
                .toList();
    }

    private static int sum(int one, int other) {
        return one < 1 || other < 1 ? 0 : (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }
}
