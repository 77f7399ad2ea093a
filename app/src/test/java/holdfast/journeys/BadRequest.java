package holdfast.journeys;

import holdfast.testing.Description.Call;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that is right but for one thing.
 *
 * @param what the thing, and what is wrong with it
 * @param path the values of the path's parameters
 * @param query several values where a name is repeated
 * @param headers likewise
 * @param body null for none
 * @param statuses what may come of it
 * @param pointer where the problem must point; null if it need not point anywhere
 */
record BadRequest(
        Call call,
        String what,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        @Nullable String body,
        Set<Integer> statuses,
        @Nullable String pointer) {

    @Override
    public String toString() {
        return call + ", " + what;
    }

    BadRequest because(String flaw, Set<Integer> answers, @Nullable String at) {
        return new BadRequest(call, flaw, path, query, headers, body, answers, at);
    }

    BadRequest withPath(String name, String value) {
        var changed = new LinkedHashMap<>(path);
        changed.put(name, value);
        return new BadRequest(call, what, changed, query, headers, body, statuses, pointer);
    }

    BadRequest withQuery(String name, String... values) {
        var changed = new LinkedHashMap<>(query);
        changed.put(name, List.of(values));
        return new BadRequest(call, what, path, changed, headers, body, statuses, pointer);
    }

    BadRequest withHeader(String name, String... values) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name, List.of(values));
        return new BadRequest(call, what, path, query, changed, body, statuses, pointer);
    }

    BadRequest withBody(@Nullable String changed) {
        return new BadRequest(call, what, path, query, headers, changed, statuses, pointer);
    }

    HttpRequest on(String url) {
        var address = new StringBuilder(call.path());
        path.forEach(
                (name, value) -> {
                    var place = address.indexOf("{" + name + "}");
                    address.replace(place, place + name.length() + 2, encoded(value));
                });
        var parameters = new ArrayList<String>();
        query.forEach(
                (name, values) ->
                        values.forEach(value -> parameters.add(name + "=" + encoded(value))));
        var whole =
                parameters.isEmpty()
                        ? url + address
                        : url + address + "?" + String.join("&", parameters);
        var request = HttpRequest.newBuilder(URI.create(whole)).timeout(Duration.ofSeconds(60));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.method(
                        call.method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String allowed() {
        return statuses.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
    }
}
