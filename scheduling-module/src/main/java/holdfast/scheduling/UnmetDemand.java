package holdfast.scheduling;

import holdfast.catalogue.TenantId;

import java.time.Instant;

/**
 * Hears of demand that found no slot. Nothing of it is an event, since nothing was decided.
 *
 * <p>Called while somebody waits for an answer, so it must be cheap and never fail.
 */
public interface UnmetDemand {

    /** Tells nobody. */
    UnmetDemand UNHEARD =
            new UnmetDemand() {
                @Override
                public void taken(TenantId tenant, VisitWish wish, Instant start) {}

                @Override
                public void nothingFree(TenantId tenant, VisitWish wish) {}
            };

    /** A hold was refused, since others had the places. */
    void taken(TenantId tenant, VisitWish wish, Instant start);

    /** Whoever asked for free slots or dates was shown none. */
    void nothingFree(TenantId tenant, VisitWish wish);
}
