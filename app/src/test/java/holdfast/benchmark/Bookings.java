package holdfast.benchmark;

import holdfast.benchmark.Plan.Visit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Books free visits over HTTP: each is held and confirmed once, by people who have booked before.
 */
final class Bookings {

    /** Enough that two threads seldom confirm for the same person at the same time. */
    static final int PEOPLE = 400;

    private final String tenant;
    private final List<Visit> free;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * @param free visits that fit all together, far enough from now
     */
    Bookings(String tenant, List<Visit> free) {
        this.tenant = tenant;
        this.free = free;
    }

    Visit next() {
        int number = next.getAndIncrement();
        if (number >= free.size()) {
            throw new IllegalStateException("All " + number + " free visits are booked");
        }
        return free.get(number);
    }

    /** The visits that nobody was given. */
    List<Visit> unused() {
        return free.subList(Math.min(next.get(), free.size()), free.size());
    }

    /** Gives the reservation's id. */
    static String hold(Wire wire, String tenant, Visit visit) throws IOException {
        must(201, wire.exchange(holdRequest(tenant, visit)), wire);
        return idOf(wire.body());
    }

    static byte[] holdRequest(String tenant, Visit visit) {
        var body =
                """
                {"serviceId": "%s", "branchId": "%s",\
                 "timeSlot": {"startTime": "%s", "endTime": "%s"}}\
                """
                        .formatted(visit.service(), visit.branch(), visit.start(), visit.end());
        return Wire.request("POST", "/external/v1/reservations", tenant, "", body);
    }

    static void confirm(Wire wire, String tenant, String reservation, int person)
            throws IOException {
        must(201, wire.exchange(confirmRequest(tenant, reservation, person)), wire);
    }

    static byte[] confirmRequest(String tenant, String reservation, int person) {
        var body =
                """
                {"personalIdentifier": "person%010d", "firstName": "Ada", "lastName": "Lovelace",\
                 "email": "ada.lovelace@example.org", "phoneNumber": "+49 30 1234567"}\
                """
                        .formatted(person % PEOPLE);
        return Wire.request("PUT", "/external/v1/reservations/" + reservation, tenant, "", body);
    }

    private static String idOf(String body) {
        var begin = body.indexOf(':', body.indexOf("\"reservationId\"")) + 2;
        return body.substring(begin, body.indexOf('"', begin));
    }

    static void must(int expected, int status, Wire wire) {
        if (status != expected) {
            throw new UnexpectedAnswer(expected, status, wire.body());
        }
    }

    /** Holds only. */
    Load.Workers holds(int port) {
        return worker(port, (wire, _) -> hold(wire, tenant, next()));
    }

    /** Cycles of hold and confirm, as fast as the server answers. */
    Load.Workers cycles(int port) {
        return worker(port, this::cycle);
    }

    void cycle(Wire wire, int person) throws IOException {
        confirm(wire, tenant, hold(wire, tenant, next()), person);
    }

    private interface Booking {
        void make(Wire wire, int person) throws IOException;
    }

    private static Load.Workers worker(int port, Booking booking) {
        return number -> {
            var wire = new Wire(port);
            return new Load.Work() {
                private int person = number * 37;

                @Override
                public void once() throws IOException {
                    booking.make(wire, person++);
                }

                @Override
                public void close() throws IOException {
                    wire.close();
                }
            };
        };
    }
}
