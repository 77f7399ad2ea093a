package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import holdfast.catalogue.RefusalProblems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.ConstantInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code docs/problems.md} and the code name the same problems, and title them alike. */
class DocumentedProblemsTest {

    /** A problem as code spells it: its name, and the text that follows, which is its title. */
    private record Spelled(String name, String title, String by) {}

    static Stream<Spelled> spelled() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("holdfast")
                        .stream()
                        .filter(type -> type.isAssignableTo(RefusalProblems.class))
                        .flatMap(DocumentedProblemsTest::spelledBy);
    }

    private static Stream<Spelled> spelledBy(JavaClass type) {
        var texts = textsOf(type);
        var found = new ArrayList<Spelled>();
        for (int i = 0; i + 1 < texts.size(); i++) {
            var isName = texts.get(i).matches("[a-z]+(-[a-z]+)+");
            if (isName) {
                found.add(new Spelled(texts.get(i), texts.get(i + 1), type.getSimpleName()));
            }
        }
        return found.stream();
    }

    /** The texts a class loads, in the order of its code. */
    private static List<String> textsOf(JavaClass type) {
        var source = type.getSource().orElseThrow();
        try (var bytes = source.getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
                    .flatMap(method -> method.code().stream())
                    .flatMap(code -> code.elementStream())
                    .flatMap(
                            element ->
                                    element instanceof ConstantInstruction constant
                                                    && constant.constantValue()
                                                            instanceof String text
                                            ? Stream.of(text)
                                            : Stream.empty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("spelled")
    void what_the_code_names_has_a_section_of_the_same_title(Spelled problem) {
        assertThat(ProblemType.find(problem.name())).as(problem.name()).isPresent();
        assertThat(ProblemType.find(problem.name()).orElseThrow().title())
                .isEqualTo(problem.title());
    }

    @Test
    void the_code_is_really_looked_at() {
        assertThat(spelled().map(Spelled::name))
                .contains("slot-taken", "hold-lapsed", "tenant-exists");
    }

    @Test
    void each_section_is_read() {
        assertThat(ProblemType.all())
                .allSatisfy(
                        type -> {
                            assertThat(type.status()).isBetween(400, 503);
                            assertThat(type.text()).isNotEmpty();
                        });
        assertThat(ProblemType.parse("## a\n\n*404 · A*\n\nB.\n\nC.\n\n## b\n\n*400 · B*\n\nD.\n"))
                .hasSize(2)
                .containsEntry("a", new ProblemType("a", 404, "A", "B.\n\nC."));
    }
}
