package holdfast.audit.past;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueEvent;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A catalogue as it was, with the events that made it so.
 *
 * @param told in order
 */
record PastCatalogue(Catalogue catalogue, List<Told> told) {

    /** An event, and what it says. */
    record Told(Cause cause, CatalogueEvent event) {}

    /**
     * The event by which something came to be as it is: of the newest definitions that say the same
     * without a break, the first one.
     *
     * @param type of the definition
     * @param isOfIt whether an event is about the thing in question
     * @param saysTheSame whether an earlier definition says what the newest one does
     * @return empty if nothing defines it
     */
    <E extends CatalogueEvent> Optional<Cause> causeOf(
            Class<E> type, Predicate<E> isOfIt, BiPredicate<E, E> saysTheSame) {
        Told first = null;
        E newest = null;
        for (var each : told.reversed()) {
            if (!type.isInstance(each.event()) || !isOfIt.test(type.cast(each.event()))) {
                continue;
            }
            var event = type.cast(each.event());
            if (newest == null) {
                newest = event;
            } else if (!saysTheSame.test(event, newest)) {
                break;
            }
            first = each;
        }
        return Optional.ofNullable(first).map(Told::cause);
    }
}
