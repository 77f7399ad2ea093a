package holdfast.reservation;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/**
 * What a person says of themselves when confirming: readable, so it lives in commands and answers
 * only, never in an event, a table or a log line.
 *
 * @param personalIdentifier 10 to 48 letters and digits by which the tenant knows the person
 */
public record CustomerDetails(
        String personalIdentifier,
        String firstName,
        String lastName,
        String email,
        @Nullable String phoneNumber,
        @Nullable LocalDate dateOfBirth,
        List<InformationAnswer> informationQuestions,
        List<ScreeningAnswer> screeningQuestions) {

    /** This person with the other one's answers. */
    public CustomerDetails withAnswersOf(CustomerDetails other) {
        return new CustomerDetails(
                personalIdentifier,
                firstName,
                lastName,
                email,
                phoneNumber,
                dateOfBirth,
                other.informationQuestions,
                other.screeningQuestions);
    }

    /** An answer to an information question, which is named by id or by its text. */
    public record InformationAnswer(
            @Nullable String id, @Nullable String questionText, String answer) {}

    /** An answer to a screening question, which is named by id or by its text. */
    public record ScreeningAnswer(
            @Nullable String id, @Nullable String questionText, boolean answer) {}

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "CustomerDetails[sealed]";
    }
}
