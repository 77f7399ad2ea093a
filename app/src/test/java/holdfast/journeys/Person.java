package holdfast.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody with a browser that has no scripts: keeps cookies, and sends forms as pages have them.
 */
final class Person {

    static final String SESSION = "holdfast-staff";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    final Map<String, String> cookies = new HashMap<>();
    private final String url;
    private String formToken = "";

    Person(String url) {
        this.url = url;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    /** As a page does that asks again by itself. */
    HttpResponse<String> getWithoutClick(String path) {
        return send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Holdfast-By-Itself", "yes")
                        .GET());
    }

    /** Looks at the first page and sends a form to the second, with the token of the first. */
    HttpResponse<String> fill(String page, String path, Map<String, String> fields) {
        get(page);
        return send(path, fields);
    }

    /** Sends a form with the token of the page that was looked at last. */
    HttpResponse<String> send(String path, Map<String, String> fields) {
        var all = new HashMap<>(fields);
        all.put("_csrf", formToken);
        return post(path, all);
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        var form =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> signIn(String tenant, String userName, String password) {
        var page = "/staff/" + tenant + "/sign-in";
        return fill(page, page, Map.of("userName", userName, "password", password));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            var answer =
                    HTTP.send(
                            request.timeout(Duration.ofSeconds(60)).build(),
                            BodyHandlers.ofString());
            for (var cookie : answer.headers().allValues("Set-Cookie")) {
                var pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            var token = TOKEN.matcher(answer.body());
            if (token.find()) {
                formToken = token.group(1);
            }
            return answer;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
