package holdfast.staff;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Service;
import holdfast.customer.Occasion;
import holdfast.customer.PersonalData;
import holdfast.customer.Readings;
import holdfast.reservation.PersonalRecord;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Appointments from the register, unsealed, in the words of the catalogue. That somebody is shown
 * them is recorded before.
 */
@Component
class DeskAppointments {

    private final Register register;
    private final PersonalData personalData;
    private final Readings readings;
    private final JsonMapper json;

    DeskAppointments(
            Register register, PersonalData personalData, Readings readings, JsonMapper json) {
        this.register = register;
        this.personalData = personalData;
        this.readings = readings;
        this.json = json;
    }

    /** Those that start on a local day, soonest first, cancelled ones included. */
    List<DeskAppointment> on(
            Catalogue catalogue, LanguageTag language, Branch branch, LocalDate date) {
        var tenant = catalogue.tenant().id();
        var day =
                new TimeRange(
                        date.atStartOfDay(branch.timeZone()).toInstant(),
                        date.plusDays(1).atStartOfDay(branch.timeZone()).toInstant());
        var entries = register.appointmentsAt(tenant, branch.id(), day);
        var sealed = entries.stream().flatMap(entry -> Stream.ofNullable(entry.details())).toList();
        var opened = personalData.open(tenant, sealed);
        readings.note(
                tenant,
                entries.stream()
                        .filter(entry -> opened.containsKey(entry.details()))
                        .flatMap(entry -> Stream.ofNullable(entry.customer()))
                        .toList(),
                Occasion.DAY_LIST);
        return entries.stream()
                .map(entry -> read(catalogue, language, entry, opened.get(entry.details())))
                .toList();
    }

    /**
     * @throws Refused if the tenant has no appointment of this id
     */
    DeskAppointment find(Catalogue catalogue, LanguageTag language, String id) {
        var tenant = catalogue.tenant().id();
        var entry =
                register.find(tenant, idOf(id))
                        .filter(RegisterEntry::isAppointment)
                        .orElseThrow(() -> new Refused(new UnknownReservation(id)));
        var details = entry.details();
        var opened = details == null ? null : personalData.open(tenant, details).orElse(null);
        if (opened != null && entry.customer() != null) {
            readings.note(tenant, List.of(entry.customer()), Occasion.APPOINTMENT);
        }
        return read(catalogue, language, entry, opened);
    }

    /** Whether the tenant has a reservation of this id. */
    boolean isThere(Catalogue catalogue, ReservationId id) {
        return register.find(catalogue.tenant().id(), id).isPresent();
    }

    /**
     * @throws Refused if the text names no reservation
     */
    static ReservationId idOf(String id) {
        try {
            return ReservationId.of(id);
        } catch (IllegalArgumentException noUuid) {
            throw new Refused(new UnknownReservation(id));
        }
    }

    private DeskAppointment read(
            Catalogue catalogue,
            LanguageTag language,
            RegisterEntry entry,
            byte @Nullable [] opened) {
        var zone =
                catalogue
                        .branch(entry.branch())
                        .map(Branch::timeZone)
                        .orElse(catalogue.tenant().timeZone());
        var personal = opened == null ? null : json.readValue(opened, PersonalRecord.class);
        return new DeskAppointment(
                entry.reservation().toString(),
                entry.status(),
                entry.branch(),
                entry.visit().start().atZone(zone),
                entry.visit().end().atZone(zone),
                entry.services(),
                entry.services().stream()
                        .map(booked -> name(catalogue, language, booked))
                        .collect(Collectors.joining(", ")),
                entry.services().stream().mapToInt(ServiceCount::numberOfReservations).sum(),
                entry.claims(),
                entry.claims().stream()
                        .filter(claim -> claim.resource() != null)
                        .map(claim -> resourceName(catalogue, claim))
                        .distinct()
                        .collect(Collectors.joining(", ")),
                personal == null ? null : personal.customer(),
                personal == null ? null : personal.notes());
    }

    private static String name(Catalogue catalogue, LanguageTag language, ServiceCount booked) {
        return catalogue
                .service(booked.service())
                .map(Service::name)
                .map(name -> name.in(language, catalogue.tenant().defaultLanguage()))
                .orElse(booked.service().text());
    }

    private static String resourceName(Catalogue catalogue, Claim claim) {
        var id = Objects.requireNonNull(claim.resource());
        return catalogue.pool(claim.pool()).stream()
                .flatMap(pool -> pool.resources().stream())
                .filter(resource -> resource.id().equals(id))
                .map(resource -> resource.name())
                .findFirst()
                .orElse(id.text());
    }
}
