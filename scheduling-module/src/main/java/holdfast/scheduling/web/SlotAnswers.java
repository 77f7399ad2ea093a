package holdfast.scheduling.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The answers given lately, within a limit of memory. One is given again only if it is what would
 * be computed at this moment, so a cache of them can be seen by its speed alone.
 *
 * <p>Nobody waits for another's computing: it takes far less than a millisecond and never blocks,
 * so of callers that miss the same answer at once as many compute it as there are processors.
 */
@Component
final class SlotAnswers {

    private record Key(
            TenantId tenant, VisitWish wish, @Nullable LocalDate from, @Nullable LocalDate to) {}

    private final SlotAvailability availability;
    private final Clock clock;
    private final Cache<Key, SlotAnswer> answers;

    SlotAnswers(
            SlotAvailability availability,
            Clock clock,
            @Value("${holdfast.slot-answers:64MB}") DataSize most) {
        this.availability = availability;
        this.clock = clock;
        answers =
                Caffeine.newBuilder()
                        .maximumWeight(most.toBytes())
                        .weigher((Key key, SlotAnswer answer) -> answer.weight())
                        .build();
    }

    /** What {@link #find} needs where nothing is known yet. */
    interface First {
        /**
         * @throws holdfast.catalogue.Refused if there is nothing to answer
         */
        SlotAnswer make(Occupancy occupancy, Instant now);
    }

    SlotAnswer find(
            Catalogue catalogue,
            VisitWish wish,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            First first) {
        var tenant = catalogue.tenant().id();
        var key = new Key(tenant, wish, from, to);
        var occupancy = availability.occupancy(tenant);
        var now = clock.instant();
        var known = answers.getIfPresent(key);
        if (known == null || !known.isOf(catalogue)) {
            known = first.make(occupancy, now);
        } else if (known.isTrue(occupancy, now)) {
            return known;
        } else {
            known = known.madeAgain(occupancy, now);
        }
        answers.put(key, known);
        return known;
    }
}
