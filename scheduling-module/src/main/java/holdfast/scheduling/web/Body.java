package holdfast.scheduling.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** The finished body of an answer, with its entity tag; compressed once, when first wanted so. */
final class Body {

    /** Below this, compressing saves no packet. */
    private static final int WORTH_COMPRESSING = 1_400;

    private final byte[] json;
    private final String tag;
    private volatile byte @Nullable [] gzip;

    /**
     * @param tag weak: it is the same for both forms
     */
    Body(byte[] json, String tag) {
        this.json = json;
        this.tag = tag;
    }

    byte[] json() {
        return json;
    }

    String tag() {
        return tag;
    }

    /** Answers with it, or with 304 if the caller has it already. */
    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (new ServletWebRequest(request, response).checkNotModified(tag)) {
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var bytes = json;
        if (json.length >= WORTH_COMPRESSING
                && acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            bytes = gzip();
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Whether gzip is named, and not with a weight of nought. */
    static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (var element : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = element.split(";", -1);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
            }
        }
        return false;
    }

    private byte[] gzip() {
        var made = gzip;
        if (made == null) {
            made = compressed(json);
            gzip = made;
        }
        return made;
    }

    private static byte[] compressed(byte[] json) {
        var bytes = new ByteArrayOutputStream(json.length / 8);
        try (var compressing = new GZIPOutputStream(bytes)) {
            compressing.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
