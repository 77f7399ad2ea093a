package holdfast.http;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

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
                        faults.add(Engine.place(violation, at), violation.getMessage());
                    }
                };
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
