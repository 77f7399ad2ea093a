package holdfast.reservation.holding;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.TenantSettings;
import holdfast.reservation.ReservationRefusal.UnknownTenant;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;

/** What a tenant decided about holds and cancelling. */
@Component
class HoldPolicy {

    private final Catalogues catalogues;

    HoldPolicy(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    /** When a hold placed, or extended, now ends. */
    Instant expiryOf(TenantId tenant, Instant now) {
        return now.plus(settings(tenant).holdLasts());
    }

    /** How often a hold may be extended. */
    int extensions(TenantId tenant) {
        return settings(tenant).holdExtensions();
    }

    /** How long before its start an appointment may still be cancelled. */
    Duration cancelDeadline(TenantId tenant) {
        return settings(tenant).cancelDeadline();
    }

    private TenantSettings settings(TenantId tenant) {
        return catalogues
                .find(tenant)
                .orElseThrow(() -> new Refused(new UnknownTenant(tenant)))
                .tenant()
                .settings();
    }
}
