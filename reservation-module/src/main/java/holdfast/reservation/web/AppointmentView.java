package holdfast.reservation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/**
 * An appointment as clients see it.
 *
 * @param customer null once the person was erased
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AppointmentView(
        String appointmentId,
        @JsonUnwrapped ReservationView reservation,
        @Nullable CustomerView customer,
        List<AnswerView> informationQuestions) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "AppointmentView[sealed]";
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CustomerView(
            String personalIdentifier,
            String firstName,
            String lastName,
            String email,
            @Nullable String phoneNumber,
            @Nullable LocalDate dateOfBirth) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnswerView(@Nullable String id, @Nullable String questionText, String answer) {}
}
