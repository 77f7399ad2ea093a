package holdfast.reservation.holding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.CustomerRefusal.CustomerForgotten;
import holdfast.customer.Customers;
import holdfast.customer.PersonalData;
import holdfast.customer.Sealed;
import holdfast.customer.SubjectId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.PersonalRecord;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.scheduling.ReservationId;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.text.Normalizer;

/**
 * What is kept of the person behind a visit, sealed.
 *
 * <p>A note is written before anybody knows whose it is, so it is sealed under a key of the
 * reservation's own. Confirming moves it under the customer's key; a hold that ends otherwise takes
 * the note's key with it.
 */
@Component
class Dossiers {

    /**
     * One text for one meaning, now and after any change of what the API looks like: members by
     * name, absent ones left out.
     */
    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .changeDefaultPropertyInclusion(
                            usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private final Customers customers;
    private final PersonalData personalData;

    Dossiers(Customers customers, PersonalData personalData) {
        this.customers = customers;
        this.personalData = personalData;
    }

    /** Who comes; the details are sealed under the customer's key. */
    record Dossier(CustomerId customer, Sealed details, String fingerprint) {}

    Dossier open(
            TenantId tenant,
            ReservationId reservation,
            CustomerDetails details,
            @Nullable Sealed notes) {
        var dossier = open(tenant, details, read(tenant, notes));
        forgetNotes(tenant, reservation, notes);
        return dossier;
    }

    /**
     * @param notes readable; null if there are none
     */
    Dossier open(TenantId tenant, CustomerDetails details, @Nullable String notes) {
        var customer = customers.admit(tenant, details.personalIdentifier());
        return seal(tenant, customer, new PersonalRecord(details, notes));
    }

    /**
     * Who comes from now on, with the answers and the note that are there.
     *
     * @param before as they were sealed
     * @param fingerprint of the details before
     * @return null if nothing is new
     * @throws Refused if the customer was erased, and the answers with them
     */
    @Nullable Dossier change(
            TenantId tenant,
            CustomerDetails details,
            CustomerId customer,
            Sealed before,
            String fingerprint) {
        var comes = customers.admit(tenant, details.personalIdentifier());
        var known =
                personalData
                        .open(tenant, before)
                        .map(text -> CANONICAL.readValue(text, PersonalRecord.class))
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                new CustomerForgotten(
                                                        SubjectId.customer(customer))));
        var changed = details.withAnswersOf(known.customer());
        // refuses if the customer is being erased, so that nothing of theirs is carried over
        var same = customers.fingerprint(tenant, customer, canonical(changed));
        return same.equals(fingerprint)
                ? null
                : seal(tenant, comes, new PersonalRecord(changed, known.notes()));
    }

    /** Whether these are the details that the appointment was confirmed with. */
    boolean tellsTheSame(
            TenantId tenant,
            CustomerDetails details,
            @Nullable CustomerId customer,
            String fingerprint) {
        return customers
                .find(tenant, details.personalIdentifier())
                .filter(found -> found.equals(customer))
                .map(found -> customers.fingerprint(tenant, found, canonical(details)))
                .filter(fingerprint::equals)
                .isPresent();
    }

    @Nullable Sealed sealNotes(Reserve command) {
        if (command.notes() == null) {
            return null;
        }
        return personalData.seal(
                command.tenant(),
                SubjectId.reservation(command.reservation().value()),
                command.notes().getBytes(UTF_8));
    }

    void forgetNotes(TenantId tenant, ReservationId reservation, @Nullable Sealed notes) {
        if (notes != null) {
            personalData.forget(tenant, SubjectId.reservation(reservation.value()));
        }
    }

    @Nullable Sealed sealReason(
            TenantId tenant, @Nullable CustomerId customer, @Nullable String reason) {
        if (reason == null || customer == null) {
            return null;
        }
        try {
            return personalData.seal(tenant, SubjectId.customer(customer), reason.getBytes(UTF_8));
        } catch (Refused refused) {
            if (refused.reason() instanceof CustomerForgotten) {
                return null; // an erased customer's appointment can still be cancelled
            }
            throw refused;
        }
    }

    private Dossier seal(TenantId tenant, CustomerId customer, PersonalRecord person) {
        return new Dossier(
                customer,
                personalData.seal(
                        tenant, SubjectId.customer(customer), CANONICAL.writeValueAsBytes(person)),
                customers.fingerprint(tenant, customer, canonical(person.customer())));
    }

    private @Nullable String read(TenantId tenant, @Nullable Sealed notes) {
        if (notes == null) {
            return null;
        }
        return personalData.open(tenant, notes).map(text -> new String(text, UTF_8)).orElse(null);
    }

    // Texts are compared in NFC: one letter may be typed in more than one way.
    private byte[] canonical(CustomerDetails details) {
        return Normalizer.normalize(CANONICAL.writeValueAsString(details), Normalizer.Form.NFC)
                .getBytes(UTF_8);
    }
}
