package holdfast.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.ContentDigest;
import holdfast.catalogue.ScreeningQuestion;
import holdfast.reservation.CustomerDetails.ScreeningAnswer;
import holdfast.scheduling.ServiceCount;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The questions that decide whether a visit is the right one. Nobody gets on who answers otherwise
 * than they must, so of the answers nothing is kept but that these questions were answered.
 */
record Screening(List<ScreeningQuestion> questions) {

    private static final String FIELD = "screening.";

    /**
     * @param answer {@code yes}, {@code no}, or null as long as there is none
     * @param denied why it is the wrong answer; null if it is not
     */
    record Asked(
            String field,
            String text,
            @Nullable String clarification,
            @Nullable String answer,
            boolean isMissing,
            @Nullable String denied) {}

    static Screening of(Visitor visitor, List<ServiceCount> services) {
        return new Screening(
                services.stream()
                        .flatMap(each -> visitor.catalogue().service(each.service()).stream())
                        .flatMap(service -> service.screeningQuestions().stream())
                        .distinct()
                        .toList());
    }

    /** What says that just these questions were answered; null if there are none. */
    @Nullable String mark() {
        return questions.isEmpty()
                ? null
                : HexFormat.of()
                        .formatHex(ContentDigest.of(questions.toString().getBytes(UTF_8)), 0, 8);
    }

    boolean isPassed(@Nullable String mark) {
        return Objects.equals(mark(), mark) || questions.isEmpty();
    }

    /**
     * The questions as a form shows them.
     *
     * @param isSent whether the request has answers, so that missing ones are faults
     */
    List<Asked> asked(Visitor visitor, HttpServletRequest request, boolean isSent) {
        return IntStream.range(0, questions.size())
                .mapToObj(i -> asked(visitor, request, i, isSent))
                .toList();
    }

    private Asked asked(Visitor visitor, HttpServletRequest request, int index, boolean isSent) {
        var question = questions.get(index);
        var answer = request.getParameter(FIELD + index);
        var isAnswered = "yes".equals(answer) || "no".equals(answer);
        var isRight = question.yesRequiredAnswer() == "yes".equals(answer);
        return new Asked(
                FIELD + index,
                visitor.text(question.questionText()),
                visitor.textOrNull(question.clarificationText()),
                isAnswered ? answer : null,
                isSent && !isAnswered,
                isSent && isAnswered && !isRight
                        ? visitor.text(question.answerDeniedMessage())
                        : null);
    }

    /** The answers of a visitor who got on. */
    List<ScreeningAnswer> answers(Visitor visitor) {
        return questions.stream()
                .map(
                        question ->
                                new ScreeningAnswer(
                                        question.id(),
                                        visitor.text(question.questionText()),
                                        question.yesRequiredAnswer()))
                .toList();
    }
}
