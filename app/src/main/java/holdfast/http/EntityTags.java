package holdfast.http;

import holdfast.catalogue.ContentDigest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Gives answers to reads an {@code ETag} made of their bytes, and answers 304 where the client has
 * them already.
 *
 * <p>A handler that sets the tag itself, since it knows the version, is not held up: its bytes pass
 * through. So do streams, which have no end to wait for.
 */
@Component
@Order(Admission.AFTER_SECURITY - 1)
final class EntityTags extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Set.of("GET", "HEAD").contains(request.getMethod())
                || request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var held = new Held(request, response);
        chain.doFilter(request, held);
        held.finish();
    }

    /** A response that keeps its bytes until they are known to be needed. */
    private static final class Held extends HttpServletResponseWrapper {

        private static final long UNKNOWN = -1;

        private final HttpServletRequest request;
        private @Nullable FastByteArrayOutputStream bytes;
        private @Nullable ServletOutputStream stream;
        private @Nullable PrintWriter writer;
        private long contentLength = UNKNOWN;

        Held(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        void finish() throws IOException {
            if (writer != null) {
                writer.flush();
            }
            if (bytes == null) {
                passLength();
                return;
            }
            var body = bytes.toByteArrayUnsafe();
            if (new ServletWebRequest(request, raw()).checkNotModified(ContentDigest.tag(body))) {
                return;
            }
            super.setContentLengthLong(body.length);
            raw().getOutputStream().write(body);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (stream == null) {
                stream = mustPass() ? passing() : new Holding(held());
            }
            return stream;
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (writer == null) {
                writer =
                        mustPass()
                                ? passingWriter()
                                : new PrintWriter(
                                        new OutputStreamWriter(held(), StandardCharsets.UTF_8));
            }
            return writer;
        }

        private boolean mustPass() {
            var type = getContentType();
            return getStatus() != SC_OK
                    || containsHeader(HttpHeaders.ETAG)
                    || request.isAsyncStarted()
                    || type != null
                            && (type.startsWith("text/event-stream")
                                    || type.startsWith("application/x-ndjson"));
        }

        private ServletOutputStream passing() throws IOException {
            passLength();
            return super.getOutputStream();
        }

        private PrintWriter passingWriter() throws IOException {
            passLength();
            return super.getWriter();
        }

        private FastByteArrayOutputStream held() {
            if (bytes == null) {
                bytes = new FastByteArrayOutputStream(1024);
            }
            return bytes;
        }

        private HttpServletResponse raw() {
            return (HttpServletResponse) getResponse();
        }

        private void passLength() {
            if (contentLength != UNKNOWN) {
                super.setContentLengthLong(contentLength);
            }
        }

        @Override
        public void setContentLength(int length) {
            contentLength = length;
        }

        @Override
        public void setContentLengthLong(long length) {
            contentLength = length;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (bytes == null) {
                passLength();
                super.flushBuffer();
            }
        }

        @Override
        public void reset() {
            forget();
            super.reset();
        }

        @Override
        public void resetBuffer() {
            forget();
            super.resetBuffer();
        }

        @Override
        public void sendError(int status) throws IOException {
            forget();
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            forget();
            super.sendError(status, message);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            forget();
            super.sendRedirect(location);
        }

        private void forget() {
            bytes = null;
            stream = null;
            writer = null;
            contentLength = UNKNOWN;
        }
    }

    private static final class Holding extends ServletOutputStream {

        private final FastByteArrayOutputStream bytes;

        Holding(FastByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int one) throws IOException {
            bytes.write(one);
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            bytes.write(some, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("A held answer is never written piecemeal");
        }
    }
}
