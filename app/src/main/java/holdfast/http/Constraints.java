package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Phrase;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the {@code jakarta.validation} annotations on one component of a record demand. */
interface Constraints {

    void check(Object value, At at, Faults faults);

    static Constraints on(Class<?> type, String component) {
        return Engine.VALIDATOR.getConstraintsForClass(type).getConstraintsForProperty(component)
                        == null
                ? (value, at, faults) -> {}
                : (value, at, faults) -> {
                    for (var violation : Engine.VALIDATOR.validateValue(type, component, value)) {
                        faults.note(Engine.place(violation, at), said(violation));
                    }
                };
    }

    /** What was violated; messages that annotations carry are templates as well. */
    static Phrase said(ConstraintViolation<?> violation) {
        return switch (violation.getConstraintDescriptor().getAnnotation()) {
            case Size size when isUsual(violation) ->
                    phrase("size must be between %d and %d", size.min(), size.max());
            case Min min when isUsual(violation) ->
                    phrase("must be greater than or equal to %d", min.value());
            case Max max when isUsual(violation) ->
                    phrase("must be less than or equal to %d", max.value());
            case Email _ when isUsual(violation) -> phrase("must be a well-formed email address");
            default -> new Phrase(violation.getMessage().replace("%", "%%"), List.of());
        };
    }

    private static boolean isUsual(ConstraintViolation<?> violation) {
        return violation.getMessageTemplate().startsWith("{jakarta.validation.constraints.");
    }

    /**
     * Of our own and not Spring's: it also serves where no application runs, and speaks English.
     */
    final class Engine {

        static final Validator VALIDATOR =
                Validation.byProvider(HibernateValidator.class)
                        .configure()
                        .messageInterpolator(
                                new ParameterMessageInterpolator(
                                        Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                        .buildValidatorFactory()
                        .getValidator();

        private Engine() {}

        private static At place(ConstraintViolation<?> violation, At at) {
            var place = at;
            for (var node : violation.getPropertyPath()) {
                if (node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                    if (node.getIndex() != null) {
                        place = place.element(node.getIndex());
                    } else if (node.getKey() != null) {
                        place = place.member(node.getKey().toString());
                    }
                }
            }
            return place;
        }
    }
}
