package holdfast.start;

import holdfast.security.FirstOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

import java.io.PrintStream;

/** What a start says once, on the console, when bookings work. */
@Component
class Welcome {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final ServletWebServerApplicationContext application;
    private final Environment environment;
    private final FirstOperator operator;
    private final ObjectProvider<DemoTenant> demo;
    private final PrintStream console;
    private boolean said;

    Welcome(
            ServletWebServerApplicationContext application,
            Environment environment,
            FirstOperator operator,
            ObjectProvider<DemoTenant> demo) {
        this.application = application;
        this.environment = environment;
        this.operator = operator;
        this.demo = demo;
        this.console = System.out;
    }

    @EventListener
    void onChange(AvailabilityChangeEvent<ReadinessState> change) {
        if (change.getState() == ReadinessState.ACCEPTING_TRAFFIC && !said) {
            said = true;
            say();
        }
    }

    private void say() {
        String address = address();
        StringBuilder text = new StringBuilder();
        text.append("%nHoldfast takes bookings at %s%n".formatted(address));
        operator.madeUp()
                .ifPresent(
                        made ->
                                text.append(
                                        "Operator, shown this once: client id %s, secret %s%n"
                                                .formatted(made.id(), made.secret())));
        if (environment.getProperty("holdfast.demo", Boolean.class, false)) {
            text.append("Tenant: %s%n".formatted(DemoCalls.TENANT));
            text.append("Visitors book at %s/book/%s%n".formatted(address, DemoCalls.TENANT));
            text.append("Staff sign in at %s/staff/%s%n".formatted(address, DemoCalls.TENANT));
            demo.stream()
                    .flatMap(tenant -> tenant.managersPassword().stream())
                    .forEach(
                            password ->
                                    text.append(
                                            "Manager, shown this once: user name %s, password %s%n"
                                                    .formatted(DemoTenant.MANAGER, password)));
            text.append("%n%s".formatted(demoCalls(address)));
        } else {
            text.append("With --demo it has a tenant, and says what to try.%n".formatted());
        }
        console.println(text);
    }

    private static String demoCalls(String address) {
        try {
            return new DemoCalls(address).text();
        } catch (RestClientException e) {
            log.warn("No calls to try, since they do not work here", e);
            return "";
        }
    }

    private String address() {
        int port = application.getWebServer() == null ? 0 : application.getWebServer().getPort();
        return "http://localhost:" + port;
    }
}
