package holdfast.catalogue;

import org.jspecify.annotations.Nullable;

/** Something the branch wants to know beforehand. */
public record InformationQuestion(
        @Nullable String id,
        boolean required,
        LocalizedText questionText,
        @Nullable LocalizedText clarificationText) {}
