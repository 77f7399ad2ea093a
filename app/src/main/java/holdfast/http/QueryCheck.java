package holdfast.http;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks the query of a call against the {@code @RequestParam}s of its handler, as strictly as a
 * body and all at once. Spring would stop at the first fault, and take {@code 0x1F} for an integer.
 */
record QueryCheck(List<Expected> expected) {

    /** One parameter, and what it must look like. */
    private record Expected(String name, Scalar shape, boolean required, boolean repeatable) {

        void check(String[] values, Faults faults) {
            if (values.length == 0 && required) {
                faults.note(At.query(name), "is required");
            }
            if (values.length > 1 && !repeatable) {
                faults.note(At.query(name), "is given more than once");
                return;
            }
            for (var value : values) {
                shape.fromText(value, At.query(name), faults);
            }
        }
    }

    static QueryCheck of(HandlerMethod handler) {
        return new QueryCheck(
                Arrays.stream(handler.getMethodParameters())
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                        .map(QueryCheck::expected)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<Expected> expected(MethodParameter parameter) {
        var type = ResolvableType.forMethodParameter(parameter);
        var annotation =
                Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class));
        var optional = type.toClass() == Optional.class;
        var single = optional ? type.getGeneric(0) : type;
        var repeatable = Collection.class.isAssignableFrom(single.toClass()) || single.isArray();
        var element =
                single.isArray()
                        ? single.getComponentType()
                        : repeatable ? single.getGeneric(0) : single;
        if (!(Shapes.of(element.toClass()) instanceof Scalar shape)) {
            return Optional.empty();
        }
        var name =
                Stream.of(annotation.name(), annotation.value())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElseGet(() -> Objects.requireNonNull(parameter.getParameterName()));
        var required =
                annotation.required()
                        && annotation.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                        && !parameter.isOptional();
        return Optional.of(new Expected(name, shape, required, repeatable));
    }

    /**
     * @throws RequestRefused naming every fault
     */
    void check(HttpServletRequest request) {
        var faults = new Faults();
        for (var parameter : expected) {
            var values = request.getParameterValues(parameter.name());
            parameter.check(values == null ? new String[0] : values, faults);
        }
        if (faults.count() > 0) {
            throw new RequestRefused(ProblemAnswers.malformedQuery(faults.listed()));
        }
    }
}
