package holdfast.reservation.web;

import holdfast.catalogue.TextOrNumber;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.CustomerDetails.ScreeningAnswer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/** Who comes, and what they answer. */
record ConfirmRequest(
        @Pattern(regexp = ConfirmRequest.IDENTIFIER, message = ConfirmRequest.IDENTIFIER_RULE)
                String personalIdentifier,
        @Size(min = 1, max = 255) String firstName,
        @Size(min = 1, max = 255) String lastName,
        @Size(min = 1, max = 255) @Email String email,
        @Nullable @TextOrNumber @Size(max = 255) String phoneNumber,
        @Nullable LocalDate dateOfBirth,
        List<@Valid InformationAnswerRequest> informationQuestions,
        List<@Valid ScreeningAnswerRequest> screeningQuestions) {

    /** What a customer is known by, wherever one is named. */
    static final String IDENTIFIER = "[A-Za-z0-9]{10,48}";

    static final String IDENTIFIER_RULE = "must be 10 to 48 letters and digits";

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "ConfirmRequest[sealed]";
    }

    /** An answer to the question of this id, or of this text. */
    record InformationAnswerRequest(
            @Nullable @Size(max = 100) String id,
            @Nullable @Size(max = 2048) String questionText,
            @Size(max = 2048) String answer) {}

    /** An answer to the question of this id, or of this text. */
    record ScreeningAnswerRequest(
            @Nullable @Size(max = 100) String id,
            @Nullable @Size(max = 2048) String questionText,
            boolean answer) {}

    CustomerDetails asDetails() {
        return new CustomerDetails(
                personalIdentifier,
                firstName,
                lastName,
                email,
                phoneNumber,
                dateOfBirth,
                informationQuestions.stream()
                        .map(a -> new InformationAnswer(a.id(), a.questionText(), a.answer()))
                        .toList(),
                screeningQuestions.stream()
                        .map(a -> new ScreeningAnswer(a.id(), a.questionText(), a.answer()))
                        .toList());
    }
}
