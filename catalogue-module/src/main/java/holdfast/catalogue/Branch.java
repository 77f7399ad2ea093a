package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * A place where people are served, and when it is open.
 *
 * @param timeZone the IANA zone in which its windows are wall time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Branch(
        BranchId id,
        @Nullable String externalId,
        LocalizedText name,
        Address address,
        @Nullable Location location,
        ZoneId timeZone,
        @Nullable HolidayCalendarId holidayCalendar,
        List<WeeklyWindow> openingHours,
        List<SpecialDay> specialDays,
        List<Closure> closures,
        @Nullable Booking booking) {

    /** Where letters go. */
    public record Address(String streetName, String zipCode, String city, String country) {}

    /** Degrees in WGS 84. */
    public record Location(double longitude, double latitude) {}

    /**
     * How early and how late people may book.
     *
     * @param minimumNoticeMinutes minutes between now and the earliest bookable start; 0 or more
     * @param horizonDays days ahead that are bookable; 0: today only
     */
    public record Booking(int minimumNoticeMinutes, int horizonDays) {}

    private static final Booking USUAL_BOOKING = new Booking(0, 60);

    Branch withClosures(List<Closure> others) {
        return new Branch(
                id,
                externalId,
                name,
                address,
                location,
                timeZone,
                holidayCalendar,
                openingHours,
                specialDays,
                others,
                booking);
    }

    /** Time between now and the earliest bookable start. */
    @JsonIgnore
    public Duration minimumNotice() {
        return Duration.ofMinutes(bookingOrUsual().minimumNoticeMinutes());
    }

    /** Days ahead that are bookable; today is day 0. */
    @JsonIgnore
    public int horizonDays() {
        return bookingOrUsual().horizonDays();
    }

    private Booking bookingOrUsual() {
        return booking == null ? USUAL_BOOKING : booking;
    }
}
