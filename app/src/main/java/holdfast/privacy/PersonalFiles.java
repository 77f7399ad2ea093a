package holdfast.privacy;

import holdfast.audit.EventView;
import holdfast.audit.PersonalFields;
import holdfast.audit.TimeSlot;
import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.customer.CustomerId;
import holdfast.customer.PersonalData;
import holdfast.customer.Readings;
import holdfast.customer.Sealed;
import holdfast.customer.SubjectId;
import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.privacy.PersonalFile.Kept;
import holdfast.privacy.PersonalFile.Shown;
import holdfast.reservation.PersonalRecord;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts together what is kept about a customer. */
@Component
class PersonalFiles {

    /**
     * The customer's own stream, those of reservations that were ever theirs, and who was shown
     * their data. Looks through all confirmations of the log for the customer's id: an index would
     * cost every booking something, and this is asked for seldom.
     */
    private static final String EVENTS =
            """
            select %s from domain_event_entry
            where aggregate_identifier = 'customer:' || :customer
               or aggregate_identifier in (
                    select aggregate_identifier from domain_event_entry
                    where payload_type in ('reservation.Confirmed', 'reservation.CustomerChanged',
                                           'customer.PersonalDataRead')
                      and position(:text in payload) > 0)
            order by global_index
            """
                    .formatted(LoggedEvent.COLUMNS);

    private final Register register;
    private final PersonalData personalData;
    private final Readings readings;
    private final StoredPayloads payloads;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    PersonalFiles(
            Register register,
            PersonalData personalData,
            Readings readings,
            StoredPayloads payloads,
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock) {
        this.register = register;
        this.personalData = personalData;
        this.readings = readings;
        this.payloads = payloads;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    PersonalFile of(Catalogue catalogue, CustomerId customer) {
        var tenant = catalogue.tenant().id();
        var entries = register.appointmentsOf(tenant, customer);
        var opened =
                personalData.openOf(
                        tenant,
                        SubjectId.customer(customer),
                        entries.stream()
                                .flatMap(entry -> Stream.ofNullable(entry.details()))
                                .toList());
        var events = events(customer);
        var contents = events.stream().map(event -> json.readTree(event.payload())).toList();
        var fields =
                PersonalFields.readOf(personalData, tenant, SubjectId.customer(customer), contents);
        return new PersonalFile(
                customer,
                clock.instant().atOffset(ZoneOffset.UTC),
                events.isEmpty() ? 0 : events.getLast().position(),
                entries.stream().map(entry -> kept(catalogue, entry, opened)).toList(),
                events.stream().map(event -> view(event, fields)).toList(),
                readings.of(tenant, customer).stream()
                        .map(
                                each ->
                                        new Shown(
                                                each.reader(),
                                                each.occasion(),
                                                each.firstAt().atOffset(ZoneOffset.UTC)))
                        .toList());
    }

    private EventView view(LoggedEvent event, PersonalFields fields) {
        JsonNode payload = json.readTree(event.payload());
        return EventView.of(event, fields.shown(payload));
    }

    private List<LoggedEvent> events(CustomerId customer) {
        return jdbc.sql(EVENTS)
                .param("customer", customer.toString())
                .param("text", customer.toString().getBytes(StandardCharsets.UTF_8))
                .query((row, n) -> payloads.asOfToday(LoggedEvent.of(row)))
                .list();
    }

    private Kept kept(Catalogue catalogue, RegisterEntry entry, Map<Sealed, byte[]> opened) {
        var branch = catalogue.branch(entry.branch());
        var zone = branch.map(Branch::timeZone).orElse(catalogue.tenant().timeZone());
        var language = catalogue.tenant().defaultLanguage();
        var text = entry.details() == null ? null : opened.get(entry.details());
        var personal = text == null ? null : json.readValue(text, PersonalRecord.class);
        return new Kept(
                entry.reservation(),
                entry.status(),
                entry.branch().text(),
                branch.map(each -> each.name().in(language, language)).orElse(""),
                TimeSlot.of(entry.visit(), zone),
                entry.services(),
                personal == null ? null : personal.customer(),
                personal == null ? null : personal.notes());
    }
}
