package holdfast.scheduling;

import holdfast.catalogue.Closure;

import java.util.List;

/** The closures of one thing, ready to be compared with visits. */
record Closures(List<Closure> closures, List<Span> spans) {

    static Closures of(List<Closure> closures) {
        return new Closures(closures, closures.stream().map(Span::of).toList());
    }

    boolean meet(Span visit) {
        return spans.stream().anyMatch(span -> span.meets(visit));
    }

    List<Closure> meeting(Span visit) {
        return closures.stream().filter(closure -> Span.of(closure).meets(visit)).toList();
    }
}
