package holdfast.reservation;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.ScreeningQuestion;
import holdfast.catalogue.Service;
import holdfast.catalogue.TenantSettings;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.CustomerDetails.ScreeningAnswer;
import holdfast.reservation.ReservationRefusal.AnswerMissing;
import holdfast.reservation.ReservationRefusal.AnswerWithoutQuestion;
import holdfast.reservation.ReservationRefusal.DateOfBirthMissing;
import holdfast.reservation.ReservationRefusal.Flaw;
import holdfast.reservation.ReservationRefusal.ScreeningDenied;
import holdfast.scheduling.ServiceCount;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the services of a visit ask of whoever confirms it.
 *
 * <p>An answer names its question by id or else by its text in any language, compared in NFC. Where
 * several services ask the same, it answers all of them.
 */
public final class Questions {

    private final List<InformationQuestion> information;
    private final List<ScreeningQuestion> screening;

    private Questions(List<Service> services) {
        information =
                services.stream()
                        .flatMap(service -> service.informationQuestions().stream())
                        .distinct()
                        .toList();
        screening =
                services.stream()
                        .flatMap(service -> service.screeningQuestions().stream())
                        .distinct()
                        .toList();
    }

    /** Of those services that the catalogue still has. */
    public static Questions of(Catalogue catalogue, List<ServiceCount> services) {
        return of(
                services.stream()
                        .flatMap(wanted -> catalogue.service(wanted.service()).stream())
                        .toList());
    }

    static Questions of(List<Service> services) {
        return new Questions(services);
    }

    /** The questions that this answers; empty if nobody asks it. */
    public List<InformationQuestion> information(InformationAnswer given) {
        return named(
                information,
                question -> isId(question.id(), given.id()),
                question -> isText(question.questionText(), given.questionText()));
    }

    private List<ScreeningQuestion> screening(ScreeningAnswer given) {
        return named(
                screening,
                question -> isId(question.id(), given.id()),
                question -> isText(question.questionText(), given.questionText()));
    }

    private static <Q> List<Q> named(List<Q> asked, Predicate<Q> byId, Predicate<Q> byText) {
        var found = asked.stream().filter(byId).toList();
        return found.isEmpty() ? asked.stream().filter(byText).toList() : found;
    }

    private static boolean isId(@Nullable String id, @Nullable String named) {
        return id != null && id.equals(named);
    }

    private static boolean isText(LocalizedText question, @Nullable String named) {
        if (named == null) {
            return false;
        }
        var wanted = nfc(named);
        return question.texts().values().stream().anyMatch(text -> nfc(text).equals(wanted));
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** All that is wrong with the details, what decides first; empty if nothing is. */
    public List<Flaw> flawsOf(CustomerDetails details, TenantSettings settings) {
        var check = new Check();
        if (settings.asksDateOfBirth() && details.dateOfBirth() == null) {
            check.missing.add(new DateOfBirthMissing());
        }
        check.information(details.informationQuestions());
        check.screening(details.screeningQuestions(), settings.asksScreening());
        return Stream.of(check.denied, check.missing, check.unasked).flatMap(List::stream).toList();
    }

    private final class Check {

        private final List<Flaw> denied = new ArrayList<>();
        private final List<Flaw> missing = new ArrayList<>();
        private final List<Flaw> unasked = new ArrayList<>();

        void information(List<InformationAnswer> answers) {
            var answered = new HashSet<InformationQuestion>();
            for (int i = 0; i < answers.size(); i++) {
                var given = answers.get(i);
                var at = "/informationQuestions/" + i;
                var asked = Questions.this.information(given);
                if (!answered.addAll(asked)) {
                    unasked(at, asked, given.id(), given.questionText());
                } else if (given.answer().isBlank()) {
                    asked.stream()
                            .filter(InformationQuestion::required)
                            .forEach(question -> missing(at + "/answer", question.questionText()));
                }
            }
            information.stream()
                    .filter(question -> question.required() && !answered.contains(question))
                    .forEach(q -> missing("/informationQuestions", q.questionText()));
        }

        void screening(List<ScreeningAnswer> answers, boolean needsAll) {
            var answered = new HashSet<ScreeningQuestion>();
            for (int i = 0; i < answers.size(); i++) {
                var given = answers.get(i);
                var at = "/screeningQuestions/" + i;
                var asked = Questions.this.screening(given);
                if (!answered.addAll(asked)) {
                    unasked(at, asked, given.id(), given.questionText());
                }
                asked.stream()
                        .filter(question -> question.yesRequiredAnswer() != given.answer())
                        .map(question -> question.answerDeniedMessage())
                        .forEach(text -> denied.add(new ScreeningDenied(at + "/answer", text)));
            }
            screening.stream()
                    .filter(question -> needsAll && !answered.contains(question))
                    .forEach(question -> missing("/screeningQuestions", question.questionText()));
        }

        private void missing(String pointer, LocalizedText question) {
            missing.add(new AnswerMissing(pointer, question));
        }

        private void unasked(
                String pointer, List<?> asked, @Nullable String id, @Nullable String text) {
            Phrase detail;
            if (!asked.isEmpty()) {
                detail = phrase("answers a question for the second time");
            } else if (id == null && text == null) {
                detail = phrase("names no question: it needs an id or a questionText");
            } else {
                detail = phrase("names a question that is not asked");
            }
            unasked.add(new AnswerWithoutQuestion(pointer, detail));
        }
    }
}
