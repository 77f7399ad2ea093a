package holdfast.audit.feed;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.APPLICATION_NDJSON_VALUE;
import static org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE;

import holdfast.audit.AuditRefusal.OutOfBounds;
import holdfast.audit.EventView;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Fault;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;
import holdfast.followers.LoggedEvent;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** The events of a tenant, by pages and live. */
@RestController
@Tag(name = "Audit")
class FeedController {

    private static final String PATH = "/audit/v1/events";
    private static final int MOST = 1_000;
    private static final int LIVE_AT_ONCE = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final FollowedTables tables;
    private final TenantEvents events;
    private final LiveFeeds feeds;
    private final Clock clock;

    FeedController(FollowedTables tables, TenantEvents events, LiveFeeds feeds, Clock clock) {
        this.tables = tables;
        this.events = events;
        this.feeds = feeds;
        this.clock = clock;
    }

    @GetMapping(
            path = PATH,
            produces = {APPLICATION_JSON_VALUE, APPLICATION_NDJSON_VALUE, TEXT_EVENT_STREAM_VALUE})
    @Operation(
            operationId = "listEvents",
            summary = "The tenant's events, in the order of the log",
            description =
                    "A page as a JSON array or, as `application/x-ndjson`, a line for each event; a"
                        + " `Link` with `rel=\"next\"` leads on where there may be more. As"
                        + " `text/event-stream` it goes on with what happens from then on, until"
                        + " the token ends: the id of a message is the event's position, with which"
                        + " a client resumes (`Last-Event-ID`, or `after`), without loss or repeat."
                        + " What is personal is sealed.",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = "Last-Event-ID",
                            description = "Of a live feed that goes on; wins over `after`.",
                            schema = @Schema(type = "string")))
    @Refuses("too-many-feeds")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = APPLICATION_JSON_VALUE,
                        array = @ArraySchema(schema = @Schema(implementation = EventView.class))),
                @Content(
                        mediaType = APPLICATION_NDJSON_VALUE,
                        schema = @Schema(implementation = EventView.class)),
                @Content(mediaType = TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string"))
            })
    void events(
            Catalogue catalogue,
            @Parameter(description = "The last position seen; 0: none.")
                    @RequestParam(defaultValue = "0")
                    long after,
            @Parameter(description = "Of a page; 1 to 1000. A live feed has no end.")
                    @RequestParam(defaultValue = "100")
                    int limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        if (after < 0) {
            throw outOfBounds(new Fault("after", "must lie between %d and %d", 0, Long.MAX_VALUE));
        }
        if (limit < 1 || limit > MOST) {
            throw outOfBounds(new Fault("limit", "must lie between %d and %d", 1, MOST));
        }
        var tenant = catalogue.tenant().id();
        switch (wanted(request)) {
            case TEXT_EVENT_STREAM_VALUE -> follow(tenant, resumed(request, after), response);
            case APPLICATION_NDJSON_VALUE -> {
                var page = page(tenant, after, limit, response);
                response.setContentType(APPLICATION_NDJSON_VALUE);
                write(page, "", "\n", "", response.getOutputStream());
            }
            default -> {
                var page = page(tenant, after, limit, response);
                response.setContentType(APPLICATION_JSON_VALUE);
                write(page, "[", ",", "]", response.getOutputStream());
            }
        }
    }

    private static Refused outOfBounds(Fault fault) {
        return new Refused(new OutOfBounds(fault));
    }

    /** Of what can be had, what the client likes best; that there is something is settled. */
    private static String wanted(HttpServletRequest request) {
        var accepted =
                MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        MimeTypeUtils.sortBySpecificity(accepted);
        for (var type : accepted) {
            for (var known :
                    List.of(
                            APPLICATION_JSON_VALUE,
                            APPLICATION_NDJSON_VALUE,
                            TEXT_EVENT_STREAM_VALUE)) {
                if (type.includes(MediaType.parseMediaType(known))) {
                    return known;
                }
            }
        }
        return APPLICATION_JSON_VALUE;
    }

    private List<LoggedEvent> page(
            TenantId tenant, long after, int limit, HttpServletResponse response) {
        tables.catchUp(TenantEvents.NAME);
        var page = events.after(tenant, after, limit);
        if (page.size() == limit) {
            response.addHeader(
                    HttpHeaders.LINK,
                    "<%s?after=%d&limit=%d>; rel=\"next\""
                            .formatted(PATH, page.getLast().position(), limit));
        }
        return page;
    }

    private static void write(
            List<LoggedEvent> page, String begin, String after, String end, OutputStream out)
            throws IOException {
        boolean separates = !end.isEmpty();
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < page.size(); i++) {
            out.write(EventLines.line(page.get(i)));
            if (!separates || i < page.size() - 1) {
                out.write(after.getBytes(StandardCharsets.UTF_8));
            }
        }
        out.write(end.getBytes(StandardCharsets.UTF_8));
    }

    private static long resumed(HttpServletRequest request, long after) {
        var last = request.getHeader("Last-Event-ID");
        if (last == null || last.isBlank()) {
            return after;
        }
        if (!last.matches("\\d{1,18}")) {
            throw outOfBounds(new Fault("Last-Event-ID", "must be the position of an event"));
        }
        return Long.parseLong(last);
    }

    /** On the request's own thread, which waits most of the time. */
    private void follow(TenantId tenant, long after, HttpServletResponse response)
            throws IOException, InterruptedException {
        var until = endOfToken();
        var feed = feeds.open(tenant);
        try {
            response.setContentType(TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("X-Accel-Buffering", "no"); // proxies that gather would hold it up
            var out = response.getOutputStream();
            out.write(COMMENT);
            out.flush();
            long position = after;
            while (!feed.isEnded() && clock.instant().isBefore(until)) {
                if (feed.awaitAfter(position, HEARTBEAT)) {
                    position = send(events.after(tenant, position, LIVE_AT_ONCE), position, out);
                } else {
                    out.write(COMMENT); // or nobody would notice that the client is gone
                }
                out.flush();
            }
        } finally {
            feeds.close(feed);
        }
    }

    private static long send(List<LoggedEvent> page, long position, OutputStream out)
            throws IOException {
        long last = position;
        for (var event : page) {
            last = event.position();
            out.write(
                    "id: %d\nevent: %s\ndata: "
                            .formatted(last, event.name())
                            .getBytes(StandardCharsets.UTF_8));
            out.write(EventLines.line(event));
            out.write("\n\n".getBytes(StandardCharsets.UTF_8));
        }
        return last;
    }

    private static Instant endOfToken() {
        @Nullable Instant end =
                SecurityContextHolder.getContext().getAuthentication()
                                instanceof JwtAuthenticationToken caller
                        ? caller.getToken().getExpiresAt()
                        : null;
        return end == null ? Instant.MAX : end;
    }
}
