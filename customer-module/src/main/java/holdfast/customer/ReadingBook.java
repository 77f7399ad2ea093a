package holdfast.customer;

import holdfast.catalogue.TenantId;
import holdfast.customer.ReadingEvent.PersonalDataRead;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Readings in the table {@code personal_reading}, written with the event that tells of them. */
final class ReadingBook implements Readings {

    /** How many a node remembers as recorded; of others it asks the table. */
    private static final int MOST = 50_000;

    private static final String ANONYMOUS = "anonymous";

    private record Noted(
            TenantId tenant,
            CustomerId customer,
            String reader,
            Occasion occasion,
            LocalDate day) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ObjectProvider<CommandGateway> commands;
    private final ObjectProvider<EventBus> events;
    private final Map<Noted, Boolean> noted =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Noted, Boolean> eldest) {
                    return size() > MOST;
                }
            };

    ReadingBook(
            JdbcClient jdbc,
            Clock clock,
            ObjectProvider<CommandGateway> commands,
            ObjectProvider<EventBus> events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.commands = commands;
        this.events = events;
    }

    @Override
    public void note(TenantId tenant, Collection<CustomerId> customers, Occasion occasion) {
        var actor = MDC.get("actor");
        var reader = actor == null ? ANONYMOUS : actor;
        var now = clock.instant();
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Set<CustomerId> unnoted = new HashSet<>();
        synchronized (noted) {
            for (var customer : customers) {
                if (!noted.containsKey(new Noted(tenant, customer, reader, occasion, day))) {
                    unnoted.add(customer);
                }
            }
        }
        if (unnoted.isEmpty()) {
            return;
        }
        commands.getObject().sendAndWait(new NoteReading(tenant, unnoted, reader, occasion, now));
        synchronized (noted) {
            for (var customer : unnoted) {
                noted.put(new Noted(tenant, customer, reader, occasion, day), true);
            }
        }
    }

    /** Of two nodes that are at the same reading, one tells of it. */
    @CommandHandler
    void handle(NoteReading command) {
        var fresh =
                jdbc.sql(
                                """
                                insert into personal_reading
                                    (tenant, customer, reader, occasion, day, first_at)
                                select ?, customer, ?, ?, ?, ?
                                from unnest(?::uuid[]) as c (customer) order by customer
                                on conflict do nothing
                                returning customer
                                """)
                        .params(
                                command.tenant().text(),
                                command.reader(),
                                command.occasion().name(),
                                LocalDate.ofInstant(command.at(), ZoneOffset.UTC),
                                command.at().atOffset(ZoneOffset.UTC),
                                command.customers().stream()
                                        .map(CustomerId::toString)
                                        .toArray(String[]::new))
                        .query((row, n) -> new CustomerId(row.getObject(1, UUID.class)))
                        .list();
        if (!fresh.isEmpty()) {
            events.getObject()
                    .publish(
                            new GenericDomainEventMessage<>(
                                    "Reading", // stored with the event
                                    "reading:" + UUID.randomUUID(),
                                    0,
                                    new PersonalDataRead(
                                            command.tenant(),
                                            fresh,
                                            command.reader(),
                                            command.occasion())));
        }
    }

    @Override
    public List<Reading> of(TenantId tenant, CustomerId customer) {
        return jdbc.sql(
                        """
                        select reader, occasion, first_at from personal_reading
                        where tenant = ? and customer = ?
                        order by first_at desc, reader, occasion
                        """)
                .params(tenant.text(), customer.value())
                .query(
                        (row, n) ->
                                new Reading(
                                        row.getString(1),
                                        Occasion.valueOf(row.getString(2)),
                                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }
}
