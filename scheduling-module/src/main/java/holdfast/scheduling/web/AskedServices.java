package holdfast.scheduling.web;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.Unsuitable;
import holdfast.scheduling.SchedulingRefusal.UnclearQuery;
import holdfast.scheduling.ServiceCount;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which services a query asks for, and how often: {@code serviceId=a&serviceId=b&serviceId=b} is
 * one of a and two of b, as is {@code serviceId=a&serviceId=b:2}.
 */
final class AskedServices {

    private static final Pattern TIMES = Pattern.compile("(.+):(-?\\d{1,9})");

    private AskedServices() {}

    /**
     * @param texts the values of {@code serviceId}
     * @param sum how many there are in all, if the query says so
     * @param isService an id may itself look like {@code b:2}, and then means that service
     * @return each service once, in an order of their own, so that equal visits are equal
     * @throws Refused if a value cannot be read, or the sum is another
     */
    static List<ServiceCount> read(
            String[] texts, @Nullable Integer sum, Predicate<ServiceId> isService) {
        if (texts.length == 0) { // what Spring makes of "serviceId="
            throw unclear(new Fault("serviceId", "is required"));
        }
        var counts = Arrays.stream(texts).map(text -> read(text, isService)).toList();
        long asked = counts.stream().mapToLong(ServiceCount::numberOfReservations).sum();
        if (sum != null && sum != asked) {
            throw unclear(
                    new Fault(
                            "numberOfReservations",
                            "must be %d, which the services add up to; name one of them n times or"
                                    + " as id:n",
                            asked));
        }
        return ServiceCount.together(counts).stream()
                .sorted(Comparator.comparing(count -> count.service().text()))
                .toList();
    }

    private static ServiceCount read(String text, Predicate<ServiceId> isService) {
        try {
            var times = TIMES.matcher(text);
            if (!times.matches() || isService.test(ServiceId.of(text))) {
                return new ServiceCount(ServiceId.of(text), 1);
            }
            return new ServiceCount(ServiceId.of(times.group(1)), Integer.parseInt(times.group(2)));
        } catch (Unsuitable noId) {
            throw unclear(new Fault("serviceId", noId.reason()));
        }
    }

    private static Refused unclear(Fault fault) {
        return new Refused(new UnclearQuery(fault));
    }
}
