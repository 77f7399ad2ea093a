package holdfast.audit.past;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.audit.AuditRefusal.BeforeTheTenant;
import holdfast.audit.past.PastCatalogue.Told;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueEvent;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Catalogues as they were, folded from their events. Those asked for lately are kept: one moment is
 * rarely asked about once.
 */
@Component
class PastCatalogues {

    /** Each may take some megabytes. */
    private static final int KEPT = 16;

    private record Key(TenantId tenant, long lastSequence) {}

    private final JdbcClient jdbc;
    private final StoredPayloads payloads;
    private final Cache<Key, PastCatalogue> kept = Caffeine.newBuilder().maximumSize(KEPT).build();

    PastCatalogues(JdbcClient jdbc, StoredPayloads payloads) {
        this.jdbc = jdbc;
        this.payloads = payloads;
    }

    /**
     * The catalogue as it was shown at this moment. A change of which any event belongs to the
     * moment belongs to it whole, for it was never shown in part.
     *
     * @throws Refused if there was no such tenant
     */
    PastCatalogue at(TenantId tenant, Moment moment) {
        long last =
                jdbc.sql(
                                """
                                select coalesce(max(last_sequence), -1) from catalogue_change
                                where tenant = ? and first_position <= ?
                                """)
                        .params(tenant.text(), moment.position())
                        .query(Long.class)
                        .single();
        if (last < 0) {
            throw new Refused(new BeforeTheTenant());
        }
        return kept.get(new Key(tenant, last), this::read);
    }

    private PastCatalogue read(Key key) {
        var told =
                jdbc.sql(
                                "select "
                                        + LoggedEvent.COLUMNS
                                        + """
                                         from domain_event_entry
                                        where aggregate_identifier = ? and sequence_number <= ?
                                        order by sequence_number
                                        """)
                        .params(CatalogueChanges.streamOf(key.tenant().text()), key.lastSequence())
                        .query((row, n) -> told(LoggedEvent.of(row)))
                        .list();
        return new PastCatalogue(Catalogue.of(told.stream().map(Told::event).toList()), told);
    }

    private Told told(LoggedEvent event) {
        return new Told(Cause.of(event), (CatalogueEvent) payloads.of(event));
    }
}
