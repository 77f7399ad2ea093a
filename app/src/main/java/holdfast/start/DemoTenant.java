package holdfast.start;

import holdfast.catalogue.ApplyCatalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CatalogueRefusal.TenantExists;
import holdfast.catalogue.CreateTenant;
import holdfast.catalogue.Refused;
import holdfast.http.StrictJson;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Lets the demo organisation in before the application is ready. With the commands that the API
 * uses, so that starting again changes nothing.
 */
@Component
@ConditionalOnProperty("holdfast.demo")
class DemoTenant implements ApplicationRunner {

    /** What the one signs in with who may do everything in the demo organisation. */
    static final String MANAGER = "manager@example.com";

    private final CommandGateway commands;
    private final StaffAccounts accounts;
    private @Nullable String managersPassword;

    DemoTenant(CommandGateway commands, StaffAccounts accounts) {
        this.commands = commands;
        this.accounts = accounts;
    }

    /** The password to print, once; empty unless this very start made it up. */
    Optional<String> managersPassword() {
        return Optional.ofNullable(managersPassword);
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        CatalogueDocument demo = catalogue();
        MDC.put("tenant", demo.tenant().id().toString());
        MDC.put("actor", "demo");
        try {
            create(demo);
            commands.sendAndWait(new ApplyCatalogue(demo.tenant().id(), demo));
            managersPassword =
                    accounts.addIfAbsent(
                                    demo.tenant().id(),
                                    new Account(MANAGER, "Robin Example"),
                                    List.of(Role.values()))
                            .map(StaffAccounts.Added::password)
                            .orElse(null);
        } finally {
            MDC.remove("tenant");
            MDC.remove("actor");
        }
    }

    private void create(CatalogueDocument demo) {
        try {
            commands.sendAndWait(new CreateTenant(demo.tenant()));
        } catch (Refused refused) {
            if (!(refused.reason() instanceof TenantExists)) {
                throw refused;
            }
        }
    }

    private static CatalogueDocument catalogue() throws IOException {
        try (InputStream json = new ClassPathResource("demo/catalogue.json").getInputStream()) {
            return StrictJson.read(json, CatalogueDocument.class);
        }
    }
}
