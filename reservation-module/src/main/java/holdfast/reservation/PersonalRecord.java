package holdfast.reservation;

import org.jspecify.annotations.Nullable;

/**
 * What is sealed into a {@link ReservationEvent.Confirmed}: the person, and the note of the hold.
 *
 * @param notes null if the hold had none
 */
public record PersonalRecord(CustomerDetails customer, @Nullable String notes) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "PersonalRecord[sealed]";
    }
}
