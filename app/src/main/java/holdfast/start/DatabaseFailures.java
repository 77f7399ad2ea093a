package holdfast.start;

import holdfast.postgres.DatabaseRefused;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

import java.sql.SQLException;

/** Says in a sentence that there is no database to start on, and what to do. */
final class DatabaseFailures implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseRefused refused) {
                return new FailureAnalysis(
                        String.valueOf(refused.getMessage()), refused.remedy(), refused);
            }
            if (cause instanceof SQLException sql && isAboutConnecting(sql.getSQLState())) {
                return new FailureAnalysis(
                        "The database cannot be reached: " + firstLine(sql),
                        "See whether it runs, and whether SPRING_DATASOURCE_URL, _USERNAME and"
                                + " _PASSWORD are right.",
                        sql);
            }
        }
        return null;
    }

    /** Connection exceptions (class 08), refused logins (28), no such database (3D). */
    private static boolean isAboutConnecting(@Nullable String state) {
        return state != null
                && (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D"));
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
