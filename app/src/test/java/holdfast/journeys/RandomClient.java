package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Books as people do, at random, and remembers every answer. What it was not answered it does not
 * know, and asks again: confirming, releasing and cancelling may be sent twice.
 */
final class RandomClient {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(50);
    private static final List<String> SERVICES = List.of(PASSPORT, ADVICE, WEDDING);

    /**
     * What the service promised by answering.
     *
     * @param service what is booked
     * @param start of the visit, as the service wrote it
     * @param event the log must have it
     * @param firstSent when this was asked for first
     * @param until when the hold was to end, as far as the client knew; null: no matter
     */
    record Promise(
            String tenant,
            String reservation,
            String service,
            String start,
            String event,
            Instant firstSent,
            @Nullable Instant until) {}

    private final String tenant;
    private final Random random;
    private final Supplier<String> url;
    private final Queue<Promise> promises;
    private final Queue<String> surprises;
    private volatile boolean enough;

    RandomClient(
            String tenant,
            Random random,
            Supplier<String> url,
            Queue<Promise> promises,
            Queue<String> surprises) {
        this.tenant = tenant;
        this.random = random;
        this.url = url;
        this.promises = promises;
        this.surprises = surprises;
    }

    void stop() {
        enough = true;
    }

    void run() {
        while (!enough) {
            book();
        }
    }

    private void book() {
        var service = SERVICES.get(random.nextInt(3));
        var slots =
                once(
                        caller ->
                                caller.get(
                                        "/external/v1/services/%s/timeslots?branchId=hall"
                                                .formatted(service)));
        if (slots == null || slots.status() != 200 || slots.body().size() < 200) {
            return;
        }
        var slot = slots.body().get(100 + random.nextInt(60));
        var start = slot.path("timeSlot").path("startTime").asString();
        var sent = CLOCK.instant();
        var held = once(c -> c.post("/external/v1/reservations", reserve(service, slot)));
        if (held == null || held.status() != 201) {
            return;
        }
        var id = held.body().path("reservationId").asString();
        var until = instant(held, "expiresAt");
        var visit = new Visit(id, service, start);
        promise(visit, "Reserved", sent, null);

        if (random.nextInt(4) == 0) {
            sent = CLOCK.instant();
            var extended = once(c -> c.post("/external/v1/reservations/" + id + "/extension", ""));
            if (extended == null) {
                return; // when the hold ends, the client does not know now
            }
            if (extended.status() == 200) {
                promise(visit, "HoldExtended", sent, until);
                until = instant(extended, "expiresAt");
            }
        }
        switch (random.nextInt(6)) {
            case 0 -> {} // forgets it
            case 1 -> release(visit);
            case 2 -> {
                if (tenant.equals("quick")) {
                    // to the very end of its time
                    pause(Duration.between(CLOCK.instant(), until).minusMillis(random.nextInt(40)));
                }
                confirm(visit, until);
            }
            default -> confirm(visit, until);
        }
    }

    private record Visit(String id, String service, String start) {}

    private void release(Visit visit) {
        var sent = CLOCK.instant();
        var released = repeatedly(c -> c.delete("/external/v1/reservations/" + visit.id()));
        if (released != null && released.status() == 204) {
            promise(visit, "Released", sent, null);
        }
    }

    private void confirm(Visit visit, Instant until) {
        var sent = CLOCK.instant();
        var who = person("ada%07d".formatted(random.nextInt(200)), "Ada");
        var confirmed = repeatedly(c -> c.put("/external/v1/reservations/" + visit.id(), who));
        if (confirmed == null || confirmed.status() != 201) {
            return;
        }
        promise(visit, "Confirmed", sent, until);
        if (random.nextInt(5) < 3) {
            sent = CLOCK.instant();
            var cancelled = repeatedly(c -> c.delete("/external/v1/appointments/" + visit.id()));
            if (cancelled != null && cancelled.status() == 204) {
                promise(visit, "Cancelled", sent, null);
            }
        }
    }

    private void promise(Visit visit, String event, Instant sent, @Nullable Instant until) {
        promises.add(
                new Promise(
                        tenant,
                        visit.id(),
                        visit.service(),
                        visit.start(),
                        "reservation." + event,
                        sent,
                        until));
    }

    /** Null if there was no answer, or only one that it cannot be answered now. */
    private Caller.@Nullable Answer once(Function<Caller, Caller.Answer> call) {
        try {
            var answer = call.apply(Caller.anonymous(url.get()).of(tenant));
            if (answer.status() >= 500 && answer.status() != 503) {
                surprises.add(answer.status() + " " + answer.body());
            }
            return answer.status() >= 500 ? null : answer;
        } catch (UncheckedIOException cutOff) {
            pause(BEFORE_NEXT_TRY);
            return null;
        }
    }

    private static void pause(Duration howLong) {
        LockSupport.parkNanos(howLong.toNanos());
    }

    /** The same again until it is answered; null if that is no longer worth while. */
    private Caller.@Nullable Answer repeatedly(Function<Caller, Caller.Answer> call) {
        while (true) {
            var answer = once(call);
            if (answer != null || enough) {
                return answer;
            }
        }
    }

    private static Instant instant(Caller.Answer answer, String member) {
        return OffsetDateTime.parse(answer.body().path(member).asString()).toInstant();
    }
}
