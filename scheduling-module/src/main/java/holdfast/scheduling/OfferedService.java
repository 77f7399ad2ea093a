package holdfast.scheduling;

import holdfast.catalogue.Occurrences;
import holdfast.catalogue.Offer;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A service of a wish as a branch offers it: what the offer leaves open is as the service says. */
record OfferedService(Service service, Offer offer, int count, Hours hours, Closures closures) {

    static OfferedService of(Service service, Offer offer, int count, WallClock clock) {
        return new OfferedService(
                service,
                offer,
                count,
                new Hours(offer.hours(), clock),
                Closures.of(offer.closures()));
    }

    ServiceId id() {
        return service.id();
    }

    boolean isOnlineBookable() {
        return Objects.requireNonNullElse(offer.onlineBookable(), service.onlineBookable());
    }

    int most() {
        return Objects.requireNonNullElse(
                offer.maxNumberOfReservations(), service.maxNumberOfReservations());
    }

    int duration() {
        return Objects.requireNonNullElse(offer.durationMinutes(), service.durationMinutes());
    }

    int additionalDuration() {
        return first(
                offer.additionalDurationMinutes(), service.additionalDurationMinutes(), duration());
    }

    int interval() {
        return first(offer.slotIntervalMinutes(), service.slotIntervalMinutes(), duration());
    }

    int bufferBefore() {
        return Objects.requireNonNullElse(service.bufferBeforeMinutes(), 0);
    }

    int bufferAfter() {
        return Objects.requireNonNullElse(service.bufferAfterMinutes(), 0);
    }

    boolean isParallel() {
        return service.occurrences() == Occurrences.PARALLEL;
    }

    long minutes() {
        return isParallel() ? duration() : duration() + (long) additionalDuration() * (count - 1);
    }

    int units() {
        return isParallel() ? count : 1;
    }

    private static int first(@Nullable Integer here, @Nullable Integer elsewhere, int otherwise) {
        if (here != null) {
            return here;
        }
        return elsewhere == null ? otherwise : elsewhere;
    }
}
