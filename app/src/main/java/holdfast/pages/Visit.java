package holdfast.pages;

import static holdfast.pages.Visitor.encoded;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a visitor has chosen so far: all of it stands in the address, so that a page can be
 * reloaded, kept and passed on. What cannot be read was not chosen.
 *
 * @param resource the only one that will do; null: any
 * @param isSettled whether the visitor was asked for how many, with what else, and with whom
 * @param screened the {@link Screening#mark} of the questions that were answered as they must be
 * @param day the day looked at; null: the first with a free time
 * @param month the month looked at; null: that of the day
 * @param held a hold that is given back once there is another
 */
record Visit(
        List<ServiceCount> services,
        @Nullable BranchId branch,
        @Nullable ResourceId resource,
        boolean isSettled,
        @Nullable String screened,
        @Nullable LocalDate day,
        @Nullable YearMonth month,
        @Nullable ReservationId held) {

    /** Before the id of a service, where it is said how many are wanted of it. */
    static final String COUNT = "n.";

    static Visit of(HttpServletRequest request) {
        return new Visit(
                services(request),
                read(request, "branch", BranchId::of),
                read(request, "resource", ResourceId::of),
                "times".equals(request.getParameter("step")),
                read(request, "screened", text -> text),
                read(request, "day", LocalDate::parse),
                read(request, "month", YearMonth::parse),
                read(request, "held", ReservationId::of));
    }

    /** To another time for what is booked or held already. */
    static Visit again(BranchId branch, List<ServiceCount> services, HttpServletRequest request) {
        return new Visit(
                services,
                branch,
                null,
                true,
                read(request, "screened", text -> text),
                read(request, "day", LocalDate::parse),
                read(request, "month", YearMonth::parse),
                null);
    }

    private static List<ServiceCount> services(HttpServletRequest request) {
        var named = request.getParameterValues("service");
        return named == null
                ? List.of()
                : Arrays.stream(named)
                        .distinct()
                        .flatMap(Visit::id)
                        .map(id -> new ServiceCount(id, count(request, id)))
                        .toList();
    }

    private static Stream<ServiceId> id(String text) {
        try {
            return Stream.of(ServiceId.of(text));
        } catch (IllegalArgumentException noId) {
            return Stream.empty();
        }
    }

    private static int count(HttpServletRequest request, ServiceId service) {
        var count = read(request, COUNT + service, Integer::valueOf);
        return count == null ? 1 : count;
    }

    /** Null if it is absent, empty, or not readable. */
    static <T> @Nullable T read(
            HttpServletRequest request, String name, Function<String, @Nullable T> reader) {
        var text = request.getParameter(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return null;
        }
    }

    /** Of a visit whose branch and services are chosen. */
    VisitWish wish() {
        if (branch == null) {
            throw new IllegalStateException("No branch is chosen yet");
        }
        return new VisitWish(branch, services, resource);
    }

    Visit at(@Nullable BranchId another) {
        return new Visit(services, another, resource, isSettled, screened, day, month, held);
    }

    Visit holding(ReservationId hold) {
        return new Visit(services, branch, resource, isSettled, screened, day, month, hold);
    }

    Visit settled(@Nullable String mark) {
        return new Visit(services, branch, resource, true, mark, day, month, held);
    }

    /** All but the day and the month, as a query, with its question mark. */
    String query() {
        var parameters = new ArrayList<String>();
        for (var service : services) {
            parameters.add("service=" + encoded(service.service().text()));
            if (service.numberOfReservations() != 1) {
                parameters.add(
                        COUNT
                                + encoded(service.service().text())
                                + "="
                                + service.numberOfReservations());
            }
        }
        add(parameters, "branch", branch);
        add(parameters, "resource", resource);
        add(parameters, "step", isSettled ? "times" : null);
        add(parameters, "screened", screened);
        add(parameters, "held", held);
        return "?" + String.join("&", parameters);
    }

    private static void add(List<String> parameters, String name, @Nullable Object value) {
        Optional.ofNullable(value)
                .ifPresent(there -> parameters.add(name + "=" + encoded(there.toString())));
    }
}
