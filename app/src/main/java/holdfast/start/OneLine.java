package holdfast.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.util.StringUtils;

/** Reports why there was no start: one line on the error stream, for people and for scripts. */
final class OneLine implements FailureAnalysisReporter {

    @Override
    public void report(FailureAnalysis analysis) {
        System.err.println(
                "holdfast: " + joined(analysis.getDescription()) + joined(analysis.getAction()));
    }

    private static String joined(@Nullable String text) {
        if (!StringUtils.hasText(text)) {
            return "";
        }
        return text.replaceAll("\\s*\\R\\s*", " ").strip() + " ";
    }
}
