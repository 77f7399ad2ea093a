package holdfast.http;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import javax.tools.ToolProvider;

/**
 * All that the program says to people, read from its sources: what stands where a method asks for a
 * {@code @FormatString}, the messages of constraints, what values are called, and the titles of
 * problems.
 */
final class Phrases {

    /** The place of the template among the parameters of each method of a name. */
    private final Map<String, SortedSet<Integer>> templates = new HashMap<>();

    private final Map<String, String> constants = new HashMap<>();
    private final SortedSet<String> found = new TreeSet<>();

    private Phrases() {}

    static SortedSet<String> all() throws IOException {
        var sources = sources();
        var phrases = new Phrases();
        sources.forEach(source -> source.accept(phrases.new Declarations(), null));
        sources.forEach(source -> source.accept(phrases.new Uses(), null));
        ProblemType.all().forEach(type -> phrases.found.add(type.title()));
        return phrases.found;
    }

    private static List<CompilationUnitTree> sources() throws IOException {
        var files = new ArrayList<Path>();
        try (var modules = Files.list(Path.of(".."))) {
            for (var module : modules.map(m -> m.resolve("src/main/java")).toList()) {
                if (Files.isDirectory(module)) {
                    try (var tree = Files.walk(module)) {
                        tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                null,
                                null,
                                List.of("-proc:none"),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjectsFromPaths(files));
        var parsed = new ArrayList<CompilationUnitTree>();
        task.parse().forEach(parsed::add);
        return parsed;
    }

    private final class Declarations extends TreeScanner<@Nullable Void, @Nullable Void> {

        private String type = "";

        @Override
        public @Nullable Void visitClass(ClassTree declared, @Nullable Void none) {
            var outer = type;
            type = declared.getSimpleName().toString();
            super.visitClass(declared, none);
            type = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            var parameters = method.getParameters();
            for (int i = 0; i < parameters.size(); i++) {
                if (has("FormatString", parameters.get(i).getModifiers().getAnnotations())) {
                    var name = method.getName().contentEquals("<init>") ? type : method.getName();
                    templates.computeIfAbsent(name.toString(), _ -> new TreeSet<>()).add(i);
                }
            }
            if (has("JsonCreator", method.getModifiers().getAnnotations())
                    && parameters.getFirst().getType().toString().equals("String")) {
                found.add(Shapes.words(type));
            }
            return super.visitMethod(method, none);
        }

        private static boolean has(String name, List<? extends AnnotationTree> annotations) {
            return annotations.stream()
                    .anyMatch(annotation -> nameOf(annotation.getAnnotationType()).equals(name));
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
            textOf(variable.getInitializer())
                    .ifPresent(text -> constants.put(variable.getName().toString(), text));
            return super.visitVariable(variable, none);
        }
    }

    private final class Uses extends TreeScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitMethodInvocation(
                MethodInvocationTree call, @Nullable Void none) {
            note(nameOf(call.getMethodSelect()), call.getArguments());
            return super.visitMethodInvocation(call, none);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
            note(nameOf(made.getIdentifier()), made.getArguments());
            return super.visitNewClass(made, none);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
            for (var argument : annotation.getArguments()) {
                if (argument instanceof AssignmentTree given
                        && given.getVariable().toString().equals("message")) {
                    textOf(given.getExpression()).ifPresent(Phrases.this::add);
                }
            }
            return super.visitAnnotation(annotation, none);
        }

        // what has several forms has its template behind the name of a type of problem
        private void note(String called, List<? extends ExpressionTree> arguments) {
            for (int place : templates.getOrDefault(called, new TreeSet<>())) {
                var text =
                        place < arguments.size()
                                ? textOf(arguments.get(place))
                                : Optional.<String>empty();
                if (text.isPresent() && ProblemType.find(text.get()).isEmpty()) {
                    add(text.get());
                    return;
                }
            }
        }
    }

    private void add(String phrase) {
        if (phrase.replaceAll("%[a-z]", "").matches("(?s).*\\p{L}.*")) {
            found.add(phrase);
        }
    }

    private static String nameOf(Tree named) {
        return switch (named) {
            case IdentifierTree simple -> simple.getName().toString();
            case MemberSelectTree qualified -> qualified.getIdentifier().toString();
            default -> named.toString();
        };
    }

    private Optional<String> textOf(@Nullable Tree expression) {
        return switch (expression) {
            case LiteralTree literal when literal.getValue() instanceof String text ->
                    Optional.of(text);
            case ParenthesizedTree inner -> textOf(inner.getExpression());
            case BinaryTree sum ->
                    textOf(sum.getLeftOperand())
                            .flatMap(left -> textOf(sum.getRightOperand()).map(left::concat));
            case IdentifierTree constant ->
                    Optional.ofNullable(constants.get(constant.getName().toString()));
            case MemberSelectTree constant ->
                    Optional.ofNullable(constants.get(constant.getIdentifier().toString()));
            case null, default -> Optional.empty();
        };
    }
}
