package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What a tenant decided for itself. A setting that is absent has the default named here.
 *
 * @param hold how long a hold lasts from the instant it is placed; positive; 15 minutes by default
 * @param serviceCombinations whether one visit may have several services; false by default
 * @param dateOfBirthRequired whether confirming needs a date of birth; false by default
 * @param anonymousBooking whether booking calls are answered without a token; false by default
 * @param maxHoldExtensions how often one hold may be extended; 1 by default
 * @param maxOpenHoldsPerCustomer how many holds one customer may have open; unlimited by default
 * @param cancelDeadlineMinutes how many minutes before its start an appointment may still be
 *     cancelled; 0 by default: until it starts
 * @param screeningRequired whether confirming needs an answer to every screening question; false by
 *     default: only answers that are sent are looked at
 * @param allowedOrigins the web sites whose scripts may call, such as {@code
 *     https://www.example.org}, as browsers write them; none by default
 * @param retentionDays for how many days after the end of their last appointment a customer's data
 *     are kept; for good by default
 * @param pages how the pages for visitors look and who may show them in a frame
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantSettings(
        @Nullable Duration hold,
        @Nullable Boolean serviceCombinations,
        @Nullable Boolean dateOfBirthRequired,
        @Nullable Boolean anonymousBooking,
        @Nullable Integer maxHoldExtensions,
        @Nullable Integer maxOpenHoldsPerCustomer,
        @Nullable Integer cancelDeadlineMinutes,
        @Nullable Boolean screeningRequired,
        @Nullable List<String> allowedOrigins,
        @Nullable Integer retentionDays,
        @Nullable Pages pages) {

    /**
     * The tenant's pages.
     *
     * @param colour as {@code #rrggbb}; null: the usual one
     * @param logo an {@code https} address of a picture; null: the tenant's name is written
     * @param frameAncestors origins whose pages may show these in a frame; empty: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pages(
            @Nullable String colour, @Nullable String logo, List<String> frameAncestors) {

        private static final Pages USUAL = new Pages(null, null, List.of());
    }

    private static final Duration USUAL_HOLD = Duration.ofMinutes(15);

    /** Every setting at its default. */
    public static final TenantSettings USUAL =
            new TenantSettings(null, null, null, null, null, null, null, null, null, null, null);

    /** How long a hold lasts. */
    @JsonIgnore
    public Duration holdLasts() {
        return hold == null ? USUAL_HOLD : hold;
    }

    /** Whether one visit may have several services. */
    @JsonIgnore
    public boolean combinesServices() {
        return serviceCombinations != null && serviceCombinations;
    }

    /** Whether confirming needs a date of birth. */
    @JsonIgnore
    public boolean asksDateOfBirth() {
        return dateOfBirthRequired != null && dateOfBirthRequired;
    }

    /** Whether booking calls are answered without a token. */
    @JsonIgnore
    public boolean allowsAnonymousBooking() {
        return anonymousBooking != null && anonymousBooking;
    }

    /** How often one hold may be extended. */
    @JsonIgnore
    public int holdExtensions() {
        return maxHoldExtensions == null ? 1 : maxHoldExtensions;
    }

    /** How long before its start an appointment may still be cancelled. */
    @JsonIgnore
    public Duration cancelDeadline() {
        return Duration.ofMinutes(cancelDeadlineMinutes == null ? 0 : cancelDeadlineMinutes);
    }

    /** Whether confirming needs an answer to every screening question. */
    @JsonIgnore
    public boolean asksScreening() {
        return screeningRequired != null && screeningRequired;
    }

    /** Whether scripts of the web site may call. */
    public boolean allows(String origin) {
        return allowedOrigins != null && allowedOrigins.contains(origin);
    }

    /** How the pages for visitors look. */
    @JsonIgnore
    public Pages pagesOrUsual() {
        return pages == null ? Pages.USUAL : pages;
    }
}
