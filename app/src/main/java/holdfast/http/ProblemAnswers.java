package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Problem;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolation;

import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives every exception a problem: each module says which its refusals are, and the rest is what
 * Spring refuses, what the database cannot do just now, and what nobody expected.
 */
final class ProblemAnswers implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    static final String SECONDS_TO_WAIT = "2";

    private static final URI UNNAMED = URI.create("about:blank");

    private final List<RefusalProblems> modules;

    ProblemAnswers(List<RefusalProblems> modules) {
        this.modules = modules;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception exception) {
        if (exception instanceof AccessDeniedException
                || exception instanceof AuthenticationException) {
            return null; // the security filters answer
        }
        if (response.isCommitted() || exception instanceof AsyncRequestNotUsableException) {
            LOG.debug("Too late to answer with a problem", exception);
            return new ModelAndView();
        }
        try {
            response.resetBuffer();
            var problem = problemOf(exception, request, response);
            if (handler instanceof HandlerMethod method
                    && method.getBean() instanceof ShowsProblems page) {
                return page.show(problem, request, response);
            }
            Problems.send(problem, request, response);
        } catch (IOException gone) {
            LOG.debug("The client left before it was answered", gone);
        }
        return new ModelAndView();
    }

    private ProblemDetail problemOf(
            Exception exception, HttpServletRequest request, HttpServletResponse response) {
        return switch (exception) {
            case Refused refused ->
                    ofRefusal(refused.reason())
                            .orElseGet(() -> ofCause(refused, request, response));
            case RequestRejectedException _ -> ofStatus(400); // it quotes what was sent: no log
            case RequestRefused refused -> refused.problem();
            case Malformed body -> Problems.malformedBody(body.faults());
            case HttpMessageNotReadableException _ ->
                    Problems.malformedBody(
                            List.of(new Fault("", "is empty, and should be a JSON document")));
            case HandlerMethodValidationException constraints -> malformedQuery(constraints);
            case MethodArgumentTypeMismatchException mismatch
                    when mismatch.getParameter().hasParameterAnnotation(PathVariable.class) ->
                    ofStatus(404); // what cannot be an id names nothing
            case HttpRequestMethodNotSupportedException method -> {
                method.getHeaders()
                        .forEach((name, values) -> response.setHeader(name, values.getFirst()));
                yield Problems.problem(
                        "method-not-allowed",
                        "This address does not answer %s.",
                        method.getMethod());
            }
            case HttpMediaTypeNotAcceptableException accept ->
                    Problems.problem(
                            "not-acceptable",
                            "This call answers %s.",
                            list(accept.getSupportedMediaTypes()));
            case HttpMediaTypeNotSupportedException type ->
                    Problems.problem(
                            "media-type-unsupported",
                            type.getContentType() == null
                                    ? phrase("The body has no Content-Type.")
                                    : phrase("This call does not read %s.", type.getContentType()));
            case ErrorResponse known when isNamed(known.getBody()) -> {
                known.getHeaders()
                        .forEach((name, values) -> response.setHeader(name, values.getFirst()));
                yield known.getBody();
            }
            case ErrorResponse known when known.getStatusCode().value() != 500 ->
                    ofStatus(known.getStatusCode().value());
            default ->
                    modules.stream()
                            .flatMap(module -> module.refusalIn(exception).stream())
                            .findFirst()
                            .flatMap(this::ofRefusal)
                            .orElseGet(() -> ofCause(exception, request, response));
        };
    }

    private Optional<ProblemDetail> ofRefusal(Refusal refusal) {
        return modules.stream().flatMap(module -> module.problemOf(refusal).stream()).findFirst();
    }

    private static boolean isNamed(ProblemDetail problem) {
        var type = problem.getType();
        return type != null && !type.equals(UNNAMED);
    }

    /** The problem of a bare status, as servers and libraries know it. */
    static ProblemDetail ofStatus(int status) {
        return switch (status) {
            case 400 -> Problems.problem("malformed-request", "The request cannot be read.");
            case 404 -> Problems.problem("not-found", "Nothing has this address.");
            case 405 -> Problems.problem("method-not-allowed", "Another method is needed here.");
            case 406 -> Problems.problem("not-acceptable", "The answer has another media type.");
            case 413 -> Problems.problem("body-too-large", "The body is too large.");
            case 415 -> Problems.problem("media-type-unsupported", "The body has another type.");
            case 503 -> Problems.problem("unavailable", "Try again in a moment.");
            default ->
                    status < 500
                            ? ProblemDetail.forStatus(HttpStatusCode.valueOf(status))
                            : internalFault();
        };
    }

    private static Problem withFaults(Problem problem, List<Fault> faults) {
        problem.setProperty("errors", faults);
        return problem;
    }

    private static Problem malformedQuery(HandlerMethodValidationException constraints) {
        var faults =
                constraints.getParameterValidationResults().stream()
                        .flatMap(ProblemAnswers::faultsOf)
                        .toList();
        return malformedQuery(faults);
    }

    private static Stream<Fault> faultsOf(ParameterValidationResult parameter) {
        var name = String.valueOf(parameter.getMethodParameter().getParameterName());
        return parameter.getResolvableErrors().stream()
                .map(error -> parameter.unwrap(error, ConstraintViolation.class))
                .map(violation -> new Fault(name, Constraints.said(violation)));
    }

    static Problem malformedQuery(List<Fault> faults) {
        return withFaults(
                Problems.problem("malformed-query", "The query is not what this call reads."),
                faults);
    }

    /** The problem behind an exception that is nobody's refusal; what nobody expected is logged. */
    static ProblemDetail ofCause(
            Exception exception, HttpServletRequest request, HttpServletResponse response) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (isLostRace(cause)) {
                response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
                return Problems.problem(
                        "changed-meanwhile", "Nothing happened. Read it again, and try again.");
            }
            if (isDatabaseAway(cause)) {
                LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), reason(cause));
                response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
                return ofStatus(503);
            }
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
        return internalFault();
    }

    private static boolean isLostRace(Throwable cause) {
        return switch (cause) {
            case ConcurrencyException _, ConcurrencyFailureException _ -> true;
            case SQLException sql ->
                    "40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState());
            default -> false;
        };
    }

    // SQLSTATE classes: 08 connection, 53 resources used up, 57 stopped by an operator or a
    // timeout.
    private static boolean isDatabaseAway(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException _,
                    QueryTimeoutException _,
                    CannotCreateTransactionException _,
                    // a commit or a rollback that did not get through
                    TransactionSystemException _,
                    SQLTransientConnectionException _,
                    SQLTimeoutException _ ->
                    true;
            case SQLException sql when sql.getSQLState() != null ->
                    sql.getSQLState().matches("(08|53|57).*");
            default -> false;
        };
    }

    private static String reason(Throwable cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static ProblemDetail internalFault() {
        var problem = Problems.problem("internal-fault", "The fault is ours, and is logged.");
        problem.setProperty("requestId", MDC.get(RequestTrace.REQUEST_ID));
        return problem;
    }

    private static String list(List<MediaType> types) {
        return types.stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }
}
