package holdfast.customer;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Seals personal data under one key per subject, opens it, and forgets subjects by deleting their
 * keys.
 *
 * <p>Works in the caller's transaction: what rolls back was never sealed or forgotten.
 */
public interface PersonalData {

    /**
     * Seals under the subject's data key. A reservation's key is made when it is absent; a
     * customer's key was made when the customer was admitted.
     *
     * @throws Refused with {@link CustomerRefusal.CustomerForgotten} if the subject is a customer
     *     without a key, for erasure must not be undone by a late write
     */
    Sealed seal(TenantId tenant, SubjectId subject, byte[] plain);

    /**
     * What was sealed; empty if its key was deleted: "erased". What was sealed for another tenant
     * is never found and looks the same.
     *
     * <p>Keys are kept in memory for ten seconds at most. On the node that forgets a subject the
     * answer is empty from its commit on; on another node a key read shortly before may serve until
     * that node has read in the log that a customer was erased, or those ten seconds are over.
     *
     * @throws IllegalStateException if the text was altered
     */
    Optional<byte[]> open(TenantId tenant, Sealed sealed);

    /**
     * Opens many at once, with one statement for all keys that are not in memory. What is erased is
     * absent from the answer.
     *
     * @throws IllegalStateException if one of the texts was altered
     */
    Map<Sealed, byte[]> open(TenantId tenant, Collection<Sealed> sealed);

    /**
     * Opens those of them that were sealed for this subject; the others, and what is erased, are
     * absent from the answer. Two statements.
     *
     * @throws IllegalStateException if one of the texts was altered
     */
    Map<Sealed, byte[]> openOf(TenantId tenant, SubjectId subject, Collection<Sealed> sealed);

    /** Deletes the subject's data key; to forget twice is to forget. */
    void forget(TenantId tenant, SubjectId subject);
}
