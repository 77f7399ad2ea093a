package holdfast.journeys;

import static java.util.stream.Collectors.joining;

import holdfast.security.Credentials;
import holdfast.testing.Description;
import holdfast.testing.Description.Exchange;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A client of the HTTP contract: one node, one tenant, one language, one token or none. */
record Caller(String url, @Nullable String tenant, String language, @Nullable String token) {

    static final String OPERATOR = "operator";
    static final String SECRET = "a-secret-of-the-tests-only";

    private static final Description DESCRIPTION = Description.kept();
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    record Answer(int status, JsonNode body, HttpHeaders headers) {

        String type() {
            return body.path("type").asString("");
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    static Caller anonymous(String url) {
        return new Caller(url, null, "en", null);
    }

    /** The first operator, with a token of the built-in authorization server. */
    static Caller operator(String url) {
        return withClient(url, OPERATOR, SECRET);
    }

    /** A registered client of a tenant. */
    static Caller client(String url, Credentials client, String tenant) {
        return withClient(url, client.id(), client.secret()).of(tenant);
    }

    /** Whoever has these credentials, with a token. */
    static Caller withClient(String url, String id, String secret) {
        var answer = askToken(url, id, secret);
        return new Caller(url, null, "en", answer.body().path("access_token").asString());
    }

    /** What the token endpoint answers a client. */
    static Answer askToken(String url, String client, String secret) {
        var basic =
                Base64.getEncoder()
                        .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(
                HttpRequest.newBuilder(URI.create(url + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                null);
    }

    Caller with(@Nullable String anotherToken) {
        return new Caller(url, tenant, language, anotherToken);
    }

    Caller of(String anotherTenant) {
        return new Caller(url, anotherTenant, language, token);
    }

    Caller speaking(String anotherLanguage) {
        return new Caller(url, tenant, anotherLanguage, token);
    }

    Caller at(String anotherUrl) {
        return new Caller(anotherUrl, tenant, language, token);
    }

    Answer get(String path) {
        return send(request(path).GET().build(), null);
    }

    Answer get(String path, String header, String value) {
        return send(request(path).header(header, value).GET().build(), null);
    }

    /** The body as a text, of a call that answers with one. */
    String text(String path, String mediaType) {
        try {
            var request = request(path).header("Accept", mediaType).GET().build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Puts the body into a file, of an answer too large for memory. */
    void download(String path, String mediaType, Path to) {
        try {
            HTTP.send(
                    request(path).header("Accept", mediaType).GET().build(),
                    BodyHandlers.ofFile(to));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The lines of an answer of this media type. */
    List<String> lines(String path, String mediaType) {
        try {
            var request = request(path).header("Accept", mediaType).GET().build();
            return HTTP.send(request, BodyHandlers.ofLines()).body().toList();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The lines of an answer that has no end, as they come; to be closed. */
    Stream<String> stream(String path, String... headers) {
        try {
            var request = request(path).header("Accept", "text/event-stream");
            if (headers.length > 0) {
                request.headers(headers);
            }
            var answer = HTTP.send(request.GET().build(), BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        answer.statusCode() + " " + answer.body().collect(joining()));
            }
            return answer.body();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build(), null);
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)).build(), body);
    }

    Answer put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)).build(), body);
    }

    Answer put(String path, String body, String header, String value) {
        return send(
                request(path).header(header, value).PUT(BodyPublishers.ofString(body)).build(),
                body);
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Accept-Language", language)
                        .header("Content-Type", "application/json");
        if (tenant != null) {
            request.header("X-TENANT-ID", tenant);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** What is said is checked against the description, whatever the test is about. */
    private static Answer send(HttpRequest request, @Nullable String sent) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            DESCRIPTION.check(
                    new Exchange(
                            request.method(),
                            request.uri(),
                            request.headers(),
                            sent,
                            response.statusCode(),
                            response.headers(),
                            response.body()));
            var type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body =
                    response.body().length > 0 && type.contains("json")
                            ? JSON.readTree(response.body())
                            : JSON.missingNode();
            return new Answer(response.statusCode(), body, response.headers());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
