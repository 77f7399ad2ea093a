package holdfast.borders;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;

/** Who uses what, and that each rule would notice. */
class ModuleBordersTest {

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("holdfast");

    private static final JavaClasses PRODUCT_AND_OFFENDERS =
            new ClassFileImporter().importPackages("holdfast");

    static Set<String> sentences() {
        return Borders.rules().keySet();
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void holds(String sentence) {
        Borders.rules().get(sentence).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void would_notice_an_offender(String sentence) {
        assertThat(Borders.rules().get(sentence).evaluate(PRODUCT_AND_OFFENDERS).hasViolation())
                .isTrue();
    }
}
