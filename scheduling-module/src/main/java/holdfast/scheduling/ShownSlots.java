package holdfast.scheduling;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/** The list of slots as callers see it, of any catalogue and whoever is where: also of the past. */
public interface ShownSlots {

    /**
     * The rules by which the public may book.
     *
     * @throws Refused as the list would be, if there can be no such visit
     */
    VisitRules rules(Catalogue catalogue, VisitWish wish);

    /**
     * What the list answers, byte for byte.
     *
     * @param visit rules of this catalogue
     * @param from local date of the branch, inclusive; null: the first bookable one
     * @param to local date of the branch, inclusive; null: the last bookable one
     * @return a JSON array
     * @throws Refused if the dates are no range
     */
    byte[] shown(
            Catalogue catalogue,
            VisitRules visit,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to);
}
