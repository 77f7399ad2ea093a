package holdfast.seals;

import holdfast.catalogue.Refusal;

/** Why there is no proof. */
sealed interface SealRefusal extends Refusal {

    /** The tenant's log has no such event. */
    record UnknownEvent(String position) implements SealRefusal {}

    /**
     * @param from the smallest size that can be asked for; 1 or more
     * @param to the largest one
     */
    record TreeSizeOutOfRange(long from, long to) implements SealRefusal {}
}
