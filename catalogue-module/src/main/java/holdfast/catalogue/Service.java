package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Something an appointment can be made for. Lengths are minutes, and what is null has the default
 * of the slot rules: further occurrences take the duration again, starts lie a duration apart, no
 * buffers, {@link Occurrences#EXTEND}.
 *
 * @param resourceTypes the kinds of resource it needs, one place of each; never empty
 * @param resourceSelection whether the customer may choose the resource
 * @param branches where it is offered, and with which pools
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Service(
        ServiceId id,
        @Nullable String externalId,
        LocalizedText name,
        @Nullable LocalizedText description,
        @Nullable Integer index,
        int durationMinutes,
        @Nullable Integer additionalDurationMinutes,
        @Nullable Integer slotIntervalMinutes,
        @Nullable Integer bufferBeforeMinutes,
        @Nullable Integer bufferAfterMinutes,
        @Nullable Occurrences occurrences,
        int maxNumberOfReservations,
        boolean onlineBookable,
        List<ResourceTypeId> resourceTypes,
        boolean resourceSelection,
        List<InformationQuestion> informationQuestions,
        List<ScreeningQuestion> screeningQuestions,
        List<Offer> branches) {

    /** The same service without its offers, which have events of their own. */
    public Service withBranches(List<Offer> offers) {
        return new Service(
                id,
                externalId,
                name,
                description,
                index,
                durationMinutes,
                additionalDurationMinutes,
                slotIntervalMinutes,
                bufferBeforeMinutes,
                bufferAfterMinutes,
                occurrences,
                maxNumberOfReservations,
                onlineBookable,
                resourceTypes,
                resourceSelection,
                informationQuestions,
                screeningQuestions,
                offers);
    }
}
