package holdfast.borders;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of who may use what, each under the sentence it enforces. */
final class Borders {

    private static final List<String> MODULES =
            List.of("catalogue", "scheduling", "customer", "reservation");

    private static final String[] CAPABILITIES_OF_APP = {
        "holdfast.audit..",
        "holdfast.followers..",
        "holdfast.http..",
        "holdfast.limits..",
        "holdfast.members..",
        "holdfast.staff..",
        "holdfast.repeats..",
        "holdfast.security..",
        "holdfast.eventstore..",
        "holdfast.postgres..",
        "holdfast.pages..",
        "holdfast.start.."
    };

    private Borders() {}

    static Map<String, ArchRule> rules() {
        var rules = new LinkedHashMap<String, ArchRule>();
        for (var module : MODULES) {
            rules.put(
                    "only the root package of " + module + " is used by others",
                    noClasses()
                            .that(not(resideInAPackage("holdfast.%s..".formatted(module))))
                            .should()
                            .dependOnClassesThat(
                                    resideInAPackage("holdfast.%s..".formatted(module))
                                            .and(
                                                    not(
                                                            resideInAPackage(
                                                                    "holdfast.%s"
                                                                            .formatted(module))))));
        }
        rules.put(
                "the catalogue knows no other module",
                knowsNone("catalogue", "scheduling", "customer", "reservation"));
        rules.put(
                "scheduling knows the catalogue only",
                knowsNone("scheduling", "customer", "reservation"));
        rules.put(
                "customers know the catalogue only",
                knowsNone("customer", "scheduling", "reservation"));
        rules.put(
                "no module knows the application",
                noClasses()
                        .that(
                                resideInAnyPackage(
                                        "holdfast.catalogue..",
                                        "holdfast.scheduling..",
                                        "holdfast.customer..",
                                        "holdfast.reservation.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(CAPABILITIES_OF_APP));
        rules.put(
                "the slot engine is plain Java",
                classes()
                        .that()
                        .resideInAPackage("holdfast.scheduling")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "holdfast.scheduling",
                                "holdfast.catalogue",
                                "java.lang..",
                                "java.util..",
                                "java.time..",
                                "com.fasterxml.jackson.annotation..",
                                "org.jspecify.."));
        rules.put(
                "nothing is built on HTTP but HTTP",
                noClasses()
                        .that(not(resideInAPackage("..web..")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("holdfast.*.web.."));
        rules.put(
                "time comes from the clock",
                noClasses()
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(LocalDate.class, "now")
                        .orShould()
                        .callMethod(LocalDateTime.class, "now")
                        .orShould()
                        .callMethod(OffsetDateTime.class, "now")
                        .orShould()
                        .callMethod(ZonedDateTime.class, "now"));
        return rules;
    }

    private static ArchRule knowsNone(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("holdfast.%s..".formatted(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        List.of(others).stream()
                                .map("holdfast.%s.."::formatted)
                                .toArray(String[]::new));
    }
}
