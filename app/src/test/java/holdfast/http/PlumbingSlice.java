package holdfast.http;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.annotation.JsonProperty;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.Tenant;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.TenantSettings;
import holdfast.scheduling.ReservationId;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The plumbing with a few calls of its own, on a real server, without a database. */
@Configuration
@Profile(PlumbingSlice.PROFILE)
@ComponentScan("holdfast.http")
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocConfiguration.class,
    SpringDocWebMvcConfiguration.class,
})
class PlumbingSlice {

    static final String PROFILE = "plumbing";

    @Bean
    Catalogues catalogues() {
        var city = mock(Catalogue.class);
        when(city.tenant())
                .thenReturn(
                        new Tenant(
                                TenantId.of("city"),
                                "City",
                                ZoneId.of("Europe/Berlin"),
                                List.of(LanguageTag.of("de_DE"), LanguageTag.of("en_UK")),
                                LanguageTag.of("de_DE"),
                                TenantSettings.USUAL));
        var catalogues = mock(Catalogues.class);
        when(catalogues.find(TenantId.of("city"))).thenReturn(Optional.of(city));
        return catalogues;
    }

    record Order(
            ServiceId serviceId,
            BranchId branchId,
            @Nullable @Size(max = 20) String notes,
            @Nullable @Min(1) Integer numberOfReservations,
            TimeSlot timeSlot) {}

    record TimeSlot(OffsetDateTime startTime, OffsetDateTime endTime) {}

    record Closed(String when) implements Refusal {}

    @Bean
    RefusalProblems refusals() {
        return refusal ->
                refusal instanceof Closed(var when)
                        ? Optional.of(Problems.problem("not-found", "Closed %s", when))
                        : Optional.empty();
    }

    record Reason(@Nullable String reason) {}

    record Thing(
            ServiceId id,
            LocalizedText name,
            @Nullable String zebra,
            @Nullable @JsonProperty("apple") Integer pear) {}

    /** Stands in for the modules' controllers. */
    @RestController
    @Profile(PROFILE)
    @RequestMapping(path = {"/external/v1", ""})
    static class Calls {

        volatile CountDownLatch gate = new CountDownLatch(0);

        @GetMapping("/services")
        @Operation(summary = "Lists the services")
        List<Thing> services(Catalogue catalogue, LanguageTag language) {
            return List.of(
                    new Thing(
                            ServiceId.of(catalogue.tenant().id().text()),
                            LocalizedText.of(Map.of("language", language.text())),
                            null,
                            1));
        }

        @GetMapping("/services/{service}/timeslots")
        @ApiResponse(responseCode = "404", description = "`service-unknown`: there is none.")
        List<String> slots(
                @PathVariable ServiceId service,
                @RequestParam BranchId branchId,
                @RequestParam(required = false) @Nullable BranchId requestedResourceId,
                @RequestParam(defaultValue = "1") @Min(1) @Max(10) int numberOfReservations,
                @RequestParam @Nullable LocalDate from,
                @RequestParam Optional<LocalDate> to,
                @RequestParam(name = "serviceId", required = false) List<ServiceId> more,
                Catalogue catalogue) {
            return List.of(
                    service.text(),
                    branchId.text(),
                    String.valueOf(requestedResourceId),
                    String.valueOf(numberOfReservations),
                    String.valueOf(from),
                    String.valueOf(to.orElse(null)),
                    String.valueOf(more));
        }

        @PostMapping("/reservations")
        @ResponseStatus(HttpStatus.CREATED)
        Order reserve(@RequestBody Order order, Catalogue catalogue) throws InterruptedException {
            gate.await();
            return order;
        }

        @GetMapping("/reservations/{id}")
        Map<String, String> reservation(@PathVariable ReservationId id, Catalogue catalogue) {
            return Map.of("id", id.toString());
        }

        @DeleteMapping("/appointments/{id}")
        ResponseEntity<String> cancel(
                @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
            return ResponseEntity.ok(reason == null ? "no reason" : "" + reason.reason());
        }

        final AtomicInteger waiting = new AtomicInteger();
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();

        @GetMapping("/waiting")
        Map<String, String> waiting() throws InterruptedException {
            waiting.incrementAndGet();
            gate.await();
            return Map.of();
        }

        /** More than the sockets on the way take in. */
        @GetMapping("/big")
        void big(HttpServletResponse response) throws IOException {
            var answer = response.getOutputStream();
            begun.incrementAndGet();
            try {
                answer.write(new byte[32 << 20]);
            } finally {
                ended.incrementAndGet();
            }
        }

        @GetMapping("/tagged")
        ResponseEntity<byte[]> tagged() {
            return ResponseEntity.ok()
                    .header(HttpHeaders.ETAG, "\"v7\"")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body("{}".getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping(path = "/calendar.ics", produces = "text/calendar")
        String calendar() {
            throw new RequestRefused(ProblemAnswers.ofStatus(404));
        }

        @PutMapping("/moved")
        ResponseEntity<Void> moved() {
            return ResponseEntity.created(URI.create("/external/v1/moved")).build();
        }

        @GetMapping("/context")
        Map<String, String> context(Catalogue catalogue) {
            return MDC.getCopyOfContextMap();
        }

        @GetMapping("/broken/{how}")
        String broken(@PathVariable String how) throws SQLException {
            throw switch (how) {
                case "pool" ->
                        new CannotGetJdbcConnectionException(
                                "no", new SQLTransientConnectionException("pool"));
                case "shutdown" ->
                        new IllegalStateException(new SQLException("terminating", "57P01"));
                case "cut" -> new TransactionSystemException("secret", new SQLException("closed"));
                case "refused" -> new Refused(new Closed("at night"));
                case "undreamt" -> new Refused(new Refusal() {});
                case "race" -> new ConcurrencyException("lost");
                case "deadlock" -> new IllegalStateException(new SQLException("x", "40P01"));
                default -> new IllegalStateException("secret of holdfast.http.Calls");
            };
        }
    }

    /** Stands in for the administration. */
    @RestController
    @Profile(PROFILE)
    static class Administration {

        @PutMapping("/admin/v1/catalogue")
        Reason apply(@RequestBody Reason document) {
            return new Reason("" + String.valueOf(document.reason()).length());
        }
    }
}
