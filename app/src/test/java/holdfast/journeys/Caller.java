package holdfast.journeys;

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
import java.time.Duration;
import java.util.Base64;

/** A client of the HTTP contract: one node, one tenant, one language, one token or none. */
record Caller(String url, @Nullable String tenant, String language, @Nullable String token) {

    static final String OPERATOR = "operator";
    static final String SECRET = "a-secret-of-the-tests-only";

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
        var basic =
                Base64.getEncoder()
                        .encodeToString((OPERATOR + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(url + "/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                                .build());
        return new Caller(url, null, "en", answer.body().path("access_token").asString());
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
        return send(request(path).GET().build());
    }

    Answer get(String path, String header, String value) {
        return send(request(path).header(header, value).GET().build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)).build());
    }

    Answer put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)).build());
    }

    Answer put(String path, String body, String header, String value) {
        return send(request(path).header(header, value).PUT(BodyPublishers.ofString(body)).build());
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

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
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
