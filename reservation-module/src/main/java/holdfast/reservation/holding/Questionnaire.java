package holdfast.reservation.holding;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.Questions;
import holdfast.reservation.ReservationRefusal.NotAsAsked;
import holdfast.reservation.ReservationRefusal.UnknownTenant;
import holdfast.scheduling.ServiceCount;

import org.springframework.stereotype.Component;

import java.util.List;

/** Whether whoever confirms says what the tenant and the services ask for today. */
@Component
class Questionnaire {

    private final Catalogues catalogues;

    Questionnaire(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    /**
     * @throws Refused with every flaw
     */
    void check(TenantId tenant, List<ServiceCount> services, CustomerDetails details) {
        var catalogue =
                catalogues.find(tenant).orElseThrow(() -> new Refused(new UnknownTenant(tenant)));
        var flaws =
                Questions.of(catalogue, services).flawsOf(details, catalogue.tenant().settings());
        if (!flaws.isEmpty()) {
            throw new Refused(new NotAsAsked(flaws, List.of(catalogue.tenant().defaultLanguage())));
        }
    }
}
