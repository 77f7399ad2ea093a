package holdfast.catalogue.web;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;

import org.jspecify.annotations.Nullable;

/** A catalogue as one reader wants to read it. */
record Words(Catalogue catalogue, LanguageTag language) {

    String of(LocalizedText text) {
        return text.in(language, catalogue.tenant().defaultLanguage());
    }

    @Nullable String orNull(@Nullable LocalizedText text) {
        return text == null || text.texts().isEmpty() ? null : of(text);
    }

    /** The branch of an offer, which a catalogue without faults always has. */
    Branch branch(BranchId id) {
        return catalogue.branch(id).orElseThrow();
    }
}
