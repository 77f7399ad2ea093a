package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/** Something the branch wants to know beforehand. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InformationQuestion(
        @Nullable String id,
        boolean required,
        LocalizedText questionText,
        @Nullable LocalizedText clarificationText) {}
