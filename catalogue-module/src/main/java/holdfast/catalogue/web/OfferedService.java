package holdfast.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.Offer;
import holdfast.catalogue.ScreeningQuestion;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.web.OfferingBranch.BranchView;
import holdfast.catalogue.web.OfferingBranch.ResourceSelection;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A service at a branch, with everything one has to know to book it there. */
record OfferedService(
        BranchView branch,
        ServiceView service,
        ResourceSelection resourceSelection,
        List<InformationQuestionView> informationQuestions,
        List<ScreeningQuestionView> screeningQuestions) {

    /**
     * @param duration minutes one occurrence takes at this branch
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServiceView(
            ServiceId id,
            String name,
            @Nullable String externalDescription,
            int duration,
            Config config) {}

    /**
     * @param maxNumberOfReservations the most occurrences of one visit at this branch
     * @param onlineBookable whether customers may book it at this branch; if not, staff may
     */
    record Config(int maxNumberOfReservations, boolean onlineBookable) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InformationQuestionView(
            @Nullable String id,
            boolean required,
            String questionText,
            @Nullable String clarificationText) {

        static InformationQuestionView of(InformationQuestion question, Words words) {
            return new InformationQuestionView(
                    question.id(),
                    question.required(),
                    words.of(question.questionText()),
                    words.orNull(question.clarificationText()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScreeningQuestionView(
            @Nullable String id,
            boolean yesRequiredAnswer,
            String questionText,
            @Nullable String clarificationText,
            String answerDeniedMessage) {

        static ScreeningQuestionView of(ScreeningQuestion question, Words words) {
            return new ScreeningQuestionView(
                    question.id(),
                    question.yesRequiredAnswer(),
                    words.of(question.questionText()),
                    words.orNull(question.clarificationText()),
                    words.of(question.answerDeniedMessage()));
        }
    }

    static OfferedService of(Service service, Offer offer, Words words) {
        return new OfferedService(
                BranchView.of(offer.branch(), words),
                new ServiceView(
                        service.id(),
                        words.of(service.name()),
                        words.orNull(service.description()),
                        or(offer.durationMinutes(), service.durationMinutes()),
                        new Config(
                                or(
                                        offer.maxNumberOfReservations(),
                                        service.maxNumberOfReservations()),
                                offer.onlineBookable() == null
                                        ? service.onlineBookable()
                                        : offer.onlineBookable())),
                ResourceSelection.of(service, offer, words),
                service.informationQuestions().stream()
                        .map(question -> InformationQuestionView.of(question, words))
                        .toList(),
                service.screeningQuestions().stream()
                        .map(question -> ScreeningQuestionView.of(question, words))
                        .toList());
    }

    private static int or(@Nullable Integer here, int everywhere) {
        return here == null ? everywhere : here;
    }
}
