package holdfast.http;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import java.io.IOException;
import java.util.Collections;
import java.util.UUID;

/** Answers with a problem where the server refuses a request before the application sees it. */
final class ServerProblems extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable exception) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        try {
            var problem = ProblemAnswers.ofStatus(response.getStatus());
            var language =
                    Languages.ofProblems(
                            Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE)));
            if (response.getHeader(RequestTrace.REQUEST_ID_HEADER) == null) {
                response.setHeader(RequestTrace.REQUEST_ID_HEADER, UUID.randomUUID().toString());
            }
            Hardening.harden(response);
            response.setHeader("Cache-Control", "no-store");
            response.setContentType("application/problem+json");
            response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag());
            response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
            response.getOutputStream().write(Problems.bytes(language.told(problem)));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("The client left before it was answered", gone);
        }
    }
}
