package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * A question that decides whether the service is the right one.
 *
 * @param yesRequiredAnswer whether "yes" is the answer that lets the visitor go on
 * @param answerDeniedMessage what a visitor is told who answers otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScreeningQuestion(
        @Nullable String id,
        boolean yesRequiredAnswer,
        LocalizedText questionText,
        @Nullable LocalizedText clarificationText,
        LocalizedText answerDeniedMessage) {}
