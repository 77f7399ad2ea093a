package holdfast.reservation.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.Service;
import holdfast.customer.Customers;
import holdfast.customer.Occasion;
import holdfast.customer.PersonalData;
import holdfast.customer.Readings;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.PersonalRecord;
import holdfast.reservation.Questions;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.web.AppointmentView.AnswerView;
import holdfast.reservation.web.AppointmentView.CustomerView;
import holdfast.reservation.web.ReservationView.BookedResource;
import holdfast.reservation.web.ReservationView.BookedService;
import holdfast.reservation.web.ReservationView.BranchView;
import holdfast.reservation.web.ReservationView.Slot;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the register knows, in the words of the catalogue, and unsealed for who may read it. That
 * somebody is shown a customer's data is recorded before.
 */
@Component
class ReservationViews {

    private final Register register;
    private final Customers customers;
    private final PersonalData personalData;
    private final Readings readings;
    private final JsonMapper json;

    ReservationViews(
            Register register,
            Customers customers,
            PersonalData personalData,
            Readings readings,
            JsonMapper json) {
        this.register = register;
        this.customers = customers;
        this.personalData = personalData;
        this.readings = readings;
        this.json = json;
    }

    /**
     * @throws Refused if the text names no reservation: to a client, an id is any text
     */
    ReservationId idOf(String id) {
        try {
            return ReservationId.of(id);
        } catch (IllegalArgumentException noUuid) {
            throw new Refused(new UnknownReservation(id));
        }
    }

    ReservationView reservation(Catalogue catalogue, LanguageTag language, String id) {
        return reservation(catalogue, language, find(catalogue, id));
    }

    ReservationView reservation(Catalogue catalogue, LanguageTag language, RegisterEntry entry) {
        var personal = personal(entry);
        note(entry, personal);
        return view(catalogue, language, entry, notes(entry, personal));
    }

    AppointmentView appointment(Catalogue catalogue, LanguageTag language, String id) {
        return appointment(catalogue, language, findAppointment(catalogue, id));
    }

    /**
     * @throws Refused if the tenant has no appointment of this id
     */
    RegisterEntry findAppointment(Catalogue catalogue, String id) {
        var entry = find(catalogue, id);
        if (!entry.isAppointment()) {
            throw new Refused(new UnknownReservation(id));
        }
        return entry;
    }

    List<AppointmentView> appointmentsOf(
            Catalogue catalogue, LanguageTag language, String personalIdentifier) {
        var tenant = catalogue.tenant().id();
        return customers
                .find(tenant, personalIdentifier)
                .map(customer -> register.appointmentsOf(tenant, customer))
                .map(entries -> appointments(catalogue, language, entries, Occasion.SEARCH))
                .orElse(List.of());
    }

    /** A local day's appointments at a branch, soonest first. */
    List<AppointmentView> appointmentsAt(
            Catalogue catalogue, LanguageTag language, BranchId id, LocalDate date) {
        var branch = catalogue.branch(id).orElseThrow(() -> new Refused(new UnknownBranch(id)));
        var day =
                new TimeRange(
                        date.atStartOfDay(branch.timeZone()).toInstant(),
                        date.plusDays(1).atStartOfDay(branch.timeZone()).toInstant());
        var entries = register.appointmentsAt(catalogue.tenant().id(), id, day);
        return appointments(catalogue, language, entries, Occasion.DAY_LIST);
    }

    /** The keys of all of them are read at once. */
    private List<AppointmentView> appointments(
            Catalogue catalogue,
            LanguageTag language,
            List<RegisterEntry> entries,
            Occasion occasion) {
        var sealed = entries.stream().flatMap(entry -> Stream.ofNullable(entry.details())).toList();
        var opened = personalData.open(catalogue.tenant().id(), sealed);
        readings.note(
                catalogue.tenant().id(),
                entries.stream()
                        .filter(entry -> opened.containsKey(entry.details()))
                        .flatMap(entry -> Stream.ofNullable(entry.customer()))
                        .toList(),
                occasion);
        return entries.stream()
                .map(
                        entry ->
                                appointment(
                                        catalogue,
                                        language,
                                        entry,
                                        record(opened.get(entry.details()))))
                .toList();
    }

    private RegisterEntry find(Catalogue catalogue, String id) {
        return register.find(catalogue.tenant().id(), idOf(id))
                .orElseThrow(() -> new Refused(new UnknownReservation(id)));
    }

    AppointmentView appointment(Catalogue catalogue, LanguageTag language, RegisterEntry entry) {
        var personal = personal(entry);
        note(entry, personal);
        return appointment(catalogue, language, entry, personal);
    }

    /** For whoever has just said who comes: nobody is shown what they did not know. */
    AppointmentView justConfirmed(Catalogue catalogue, LanguageTag language, RegisterEntry entry) {
        return appointment(catalogue, language, entry, personal(entry));
    }

    private void note(RegisterEntry entry, @Nullable PersonalRecord personal) {
        if (entry.customer() != null && personal != null) {
            readings.note(entry.tenant(), List.of(entry.customer()), Occasion.APPOINTMENT);
        }
    }

    private AppointmentView appointment(
            Catalogue catalogue,
            LanguageTag language,
            RegisterEntry entry,
            @Nullable PersonalRecord personal) {
        return new AppointmentView(
                entry.reservation().toString(),
                view(catalogue, language, entry, notes(entry, personal)),
                personal == null ? null : customer(personal.customer()),
                personal == null
                        ? List.of()
                        : answers(catalogue, language, entry, personal.customer()));
    }

    private static ReservationView view(
            Catalogue catalogue,
            LanguageTag language,
            RegisterEntry entry,
            @Nullable String notes) {
        var branch = catalogue.branch(entry.branch());
        // A branch that was removed since keeps the tenant's zone: the instant stays what it was.
        var zone = branch.map(Branch::timeZone).orElse(catalogue.tenant().timeZone());
        var services =
                entry.services().stream()
                        .map(service -> service(catalogue, language, service))
                        .toList();
        return new ReservationView(
                entry.reservation().toString(),
                entry.status(),
                local(entry.expiresAt(), zone),
                new Slot(local(entry.visit().start(), zone), local(entry.visit().end(), zone)),
                new BranchView(
                        entry.branch().text(),
                        name(catalogue, language, branch.map(Branch::name).orElse(null)),
                        branch.map(Branch::address).orElse(null),
                        branch.map(Branch::location).orElse(null)),
                services,
                services.getFirst(),
                resources(catalogue, entry),
                entry.services().stream().mapToInt(ServiceCount::numberOfReservations).sum(),
                notes);
    }

    private static BookedService service(
            Catalogue catalogue, LanguageTag language, ServiceCount booked) {
        var name = catalogue.service(booked.service()).map(Service::name).orElse(null);
        return new BookedService(
                booked.service().text(),
                name(catalogue, language, name),
                booked.numberOfReservations());
    }

    private static String name(
            Catalogue catalogue, LanguageTag language, @Nullable LocalizedText name) {
        return name == null ? "" : name.in(language, catalogue.tenant().defaultLanguage());
    }

    private static List<BookedResource> resources(Catalogue catalogue, RegisterEntry entry) {
        var resources = new ArrayList<BookedResource>();
        for (var claim : entry.claims()) {
            if (claim.resource() != null) {
                resources.add(
                        new BookedResource(
                                claim.resource().text(),
                                resourceName(catalogue, claim),
                                resources.isEmpty() ? entry.chosenBy() : ChosenBy.SYSTEM));
            }
        }
        return resources;
    }

    private static String resourceName(Catalogue catalogue, Claim claim) {
        ResourceId id = Objects.requireNonNull(claim.resource());
        return catalogue.pool(claim.pool()).stream()
                .flatMap(pool -> pool.resources().stream())
                .filter(resource -> resource.id().equals(id))
                .map(resource -> resource.name())
                .findFirst()
                .orElse("");
    }

    private @Nullable PersonalRecord personal(RegisterEntry entry) {
        if (entry.details() == null) {
            return null;
        }
        return record(personalData.open(entry.tenant(), entry.details()).orElse(null));
    }

    private @Nullable PersonalRecord record(byte @Nullable [] text) {
        return text == null ? null : json.readValue(text, PersonalRecord.class);
    }

    private @Nullable String notes(RegisterEntry entry, @Nullable PersonalRecord personal) {
        if (personal != null) {
            return personal.notes();
        }
        if (entry.notes() == null) {
            return null;
        }
        return personalData
                .open(entry.tenant(), entry.notes())
                .map(text -> new String(text, UTF_8))
                .orElse(null);
    }

    private static CustomerView customer(CustomerDetails details) {
        return new CustomerView(
                details.personalIdentifier(),
                details.firstName(),
                details.lastName(),
                details.email(),
                details.phoneNumber(),
                details.dateOfBirth());
    }

    /** With the questions in the reader's language, as far as they are still asked. */
    private static List<AnswerView> answers(
            Catalogue catalogue,
            LanguageTag language,
            RegisterEntry entry,
            CustomerDetails details) {
        var questions = Questions.of(catalogue, entry.services());
        return details.informationQuestions().stream()
                .map(
                        given ->
                                questions.information(given).stream()
                                        .findFirst()
                                        .map(asked -> answer(catalogue, language, asked, given))
                                        .orElseGet(() -> answerAsSent(given)))
                .toList();
    }

    private static AnswerView answer(
            Catalogue catalogue,
            LanguageTag language,
            InformationQuestion asked,
            InformationAnswer given) {
        var text = asked.questionText().in(language, catalogue.tenant().defaultLanguage());
        return new AnswerView(asked.id(), text, given.answer());
    }

    private static AnswerView answerAsSent(InformationAnswer given) {
        return new AnswerView(given.id(), given.questionText(), given.answer());
    }

    private static OffsetDateTime local(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }
}
