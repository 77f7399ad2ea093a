package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import client.ApiClient;
import client.ApiException;
import client.calls.AppointmentsApi;
import client.calls.BookingApi;
import client.calls.ServicesApi;
import client.words.AppointmentView;
import client.words.ConfirmRequest;
import client.words.ReservationView;
import client.words.ReserveRequest;
import client.words.ReserveRequestSlot;
import client.words.SearchRequest;
import client.words.SearchRequestPerson;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;

/**
 * Clients that the build generates from {@code docs/openapi.json} book an appointment, find it and
 * cancel it.
 */
class GeneratedClientsTest {

    private static final String TENANT = "city";
    private static final String TYPESCRIPT = "META-INF/resources/webjars/typescript/";

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static String token;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        City.found(node.url(), TENANT, "PT15M");
        token = Objects.requireNonNull(Caller.operator(node.url()).token());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static ApiClient javaClient() {
        var client = new ApiClient();
        client.updateBaseUri(node.url());
        return client;
    }

    @Test
    void in_java() throws Exception {
        var booking = new BookingApi(javaClient());
        var appointments = new AppointmentsApi(javaClient());
        var withToken = javaClient();
        withToken.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + token));

        var offered =
                new ServicesApi(javaClient())
                        .listServices(TENANT, "en-US", null, null).stream()
                                .filter(each -> "passport".equals(each.getService().getId()))
                                .findFirst()
                                .orElseThrow();
        assertThat(offered.getService().getName()).isEqualTo("Passport");
        var branch = offered.getBranch().getId();

        var slots = booking.listTimeslots(TENANT, "passport", branch, null, null, null, null);
        var slot = slots.get(slots.size() / 3).getTimeSlot();
        var wanted =
                new ReserveRequest()
                        .serviceId("passport")
                        .branchId(branch)
                        .timeSlot(
                                new ReserveRequestSlot()
                                        .startTime(slot.getStartTime())
                                        .endTime(slot.getEndTime()));
        var held = booking.reserve(TENANT, wanted, null, null);
        assertThat(held.getStatus()).isEqualTo(ReservationView.StatusEnum.RESERVED);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> booking.reserve(TENANT, wanted, null, null))
                .satisfies(
                        refusal -> {
                            assertThat(refusal.getCode()).isEqualTo(409);
                            assertThat(refusal.getResponseBody()).contains("slot-taken");
                        });

        var id = held.getReservationId();
        var ada =
                new ConfirmRequest()
                        .personalIdentifier("javaclient01")
                        .firstName("Ada")
                        .lastName("Lovelace")
                        .email("ada@example.org");
        var confirmed = booking.confirm(TENANT, id, ada, null, null);
        assertThat(confirmed.getStatus()).isEqualTo(AppointmentView.StatusEnum.CONFIRMED);
        assertThat(confirmed.getTimeSlot().getStartTime()).isEqualTo(slot.getStartTime());

        var search =
                new SearchRequest()
                        .customer(new SearchRequestPerson().personalIdentifier("javaclient01"));
        assertThat(new AppointmentsApi(withToken).searchAppointments(TENANT, search, null))
                .extracting(AppointmentView::getAppointmentId)
                .containsExactly(id);

        appointments.cancel(TENANT, id, "ill", null);
        assertThat(appointments.getAppointment(TENANT, id, null).getStatus())
                .isEqualTo(AppointmentView.StatusEnum.CANCELLED);
        assertBookedAndCancelled(id);
    }

    /** {@code src/test/typescript/booking.ts} has the steps. */
    @Test
    void in_typescript() throws Exception {
        assumeTrue(
                hasNode(),
                "The TypeScript client runs on node 18 or newer: install the package nodejs");
        var project = folder.resolve("project");
        copy(Path.of("src/test/typescript"), project);
        copy(Path.of("target/typescript-client"), project.resolve("client"));
        Files.writeString(project.resolve("package.json"), "{\"type\": \"module\"}");

        run("node", unpackedCompiler().toString(), "--project", project.toString());
        var booked = project.resolve("compiled/booking.js");
        var said = run("node", booked.toString(), node.url(), TENANT, token);

        assertBookedAndCancelled(said.strip());
    }

    private static void assertBookedAndCancelled(String id) {
        assertThat(Nodes.history(DATABASE, id))
                .containsExactly(
                        "reservation.Reserved", "reservation.Confirmed", "reservation.Cancelled");
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** The compiler with the declarations it needs, out of its jar. */
    private Path unpackedCompiler() throws IOException {
        var address =
                Objects.requireNonNull(
                                getClass()
                                        .getResource(
                                                "/META-INF/maven/org.webjars.npm/typescript/pom.xml"))
                        .openConnection();
        var compiler = Files.createDirectories(folder.resolve("typescript"));
        try (var jar = ((JarURLConnection) address).getJarFile()) {
            for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                var name = entry.getName();
                var file = name.substring(name.lastIndexOf('/') + 1);
                if (name.startsWith(TYPESCRIPT) && file.matches("_?tsc\\.js|lib\\..*d\\.ts")) {
                    try (var content = jar.getInputStream(entry)) {
                        Files.copy(content, compiler.resolve(file));
                    }
                }
            }
        }
        return compiler.resolve("tsc.js");
    }

    private String run(String... call) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output", ".txt");
        var process =
                new ProcessBuilder(List.of(call))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        var said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
