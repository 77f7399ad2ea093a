package holdfast.privacy;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.EraseCustomer;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Forgets customers whose last appointment was over so long ago as their tenant keeps them. Several
 * nodes may do it at once: to forget twice is to forget.
 */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final int AT_ONCE = 1_000;

    private static final String DUE =
            """
            select c.customer_id from customer c
            where c.tenant_id = :tenant and not exists (
                select from reservation r
                where r.tenant = c.tenant_id and r.customer = c.customer_id and r.ends_at > :before)
            """;

    private final Catalogues catalogues;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CommandGateway commands;
    private final Clock clock;

    Retention(
            Catalogues catalogues,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            CommandGateway commands,
            Clock clock) {
        this.catalogues = catalogues;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.commands = commands;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${holdfast.retention-every}")
    void forgetWhoIsDue() {
        for (var catalogue : catalogues.all()) {
            var days = catalogue.tenant().settings().retentionDays();
            if (days != null) {
                forget(catalogue.tenant().id(), clock.instant().minus(Duration.ofDays(days)));
            }
        }
    }

    private void forget(TenantId tenant, Instant before) {
        int forgotten = 0;
        List<CustomerId> due;
        do {
            due = due(tenant, before);
            for (var customer : due) {
                transaction.executeWithoutResult(_ -> forget(tenant, customer, before));
            }
            forgotten += due.size();
        } while (due.size() == AT_ONCE);
        if (forgotten > 0) {
            log.info("{} customers of {} were kept long enough", forgotten, tenant);
        }
    }

    private List<CustomerId> due(TenantId tenant, Instant before) {
        return jdbc.sql(DUE + " limit " + AT_ONCE)
                .param("tenant", tenant.text())
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new CustomerId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Unless they book again at this very moment: a booking locks the row of who books. */
    private void forget(TenantId tenant, CustomerId customer, Instant before) {
        var isDue =
                jdbc.sql(DUE + " and c.customer_id = :customer for update of c")
                        .param("tenant", tenant.text())
                        .param("before", before.atOffset(ZoneOffset.UTC))
                        .param("customer", customer.value())
                        .query((row, n) -> true)
                        .optional();
        if (isDue.isPresent()) {
            var origin = Map.of("tenant", tenant.text(), "actor", "system");
            commands.sendAndWait(
                    new GenericCommandMessage<>(new EraseCustomer(tenant, customer), origin));
        }
    }
}
