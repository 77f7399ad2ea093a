package holdfast.reservation.holding;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.Questions;
import holdfast.reservation.ReservationRefusal.DateOfBirthMissing;
import holdfast.reservation.ReservationRefusal.Flaw;
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
        var catalogue = catalogue(tenant);
        refuse(Questions.of(catalogue, services).flawsOf(details, catalogue.tenant().settings()));
    }

    /**
     * The same where nobody is asked more than who they are: at the desk, and when details change.
     *
     * @throws Refused with every flaw
     */
    void checkPerson(TenantId tenant, CustomerDetails details) {
        var catalogue = catalogue(tenant);
        if (catalogue.tenant().settings().asksDateOfBirth() && details.dateOfBirth() == null) {
            refuse(List.of(new DateOfBirthMissing()));
        }
    }

    private Catalogue catalogue(TenantId tenant) {
        return catalogues.find(tenant).orElseThrow(() -> new Refused(new UnknownTenant(tenant)));
    }

    private static void refuse(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new Refused(new NotAsAsked(flaws));
        }
    }
}
