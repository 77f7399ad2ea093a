package holdfast.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.CatalogueEvent;
import holdfast.customer.CustomerEvent;
import holdfast.customer.ReadingEvent;
import holdfast.members.MemberEvent;
import holdfast.reservation.ReservationEvent;
import holdfast.security.ClientEvent;

import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The words in which history is written. They are for ever. */
class EventVocabularyTest {

    private static final EventNames NAMES = EventNames.below(List.of("holdfast"));
    private static final NamedEventSerializer SERIALIZER =
            new NamedEventSerializer(NAMES, new EventStoreConfiguration().readableTokens());

    @Test
    void no_name_is_added_changed_or_lost_by_accident() {
        assertThat(NAMES.revisions().entrySet())
                .extracting(name -> name.getKey() + " " + name.getValue())
                .containsExactly(
                        "catalogue.Arranged 1",
                        "catalogue.BranchDefined 1",
                        "catalogue.BranchRemoved 1",
                        "catalogue.CombinationDefined 1",
                        "catalogue.CombinationRemoved 1",
                        "catalogue.HolidayCalendarDefined 1",
                        "catalogue.HolidayCalendarRemoved 1",
                        "catalogue.OfferDefined 1",
                        "catalogue.OfferWithdrawn 1",
                        "catalogue.OffersArranged 1",
                        "catalogue.ResourcePoolDefined 1",
                        "catalogue.ResourcePoolRemoved 1",
                        "catalogue.ResourceTypeDefined 1",
                        "catalogue.ResourceTypeRemoved 1",
                        "catalogue.ServiceDefined 1",
                        "catalogue.ServiceGroupDefined 1",
                        "catalogue.ServiceGroupRemoved 1",
                        "catalogue.ServiceRemoved 1",
                        "catalogue.TenantChanged 1",
                        "catalogue.TenantCreated 1",
                        "customer.CustomerErased 1",
                        "customer.CustomerRegistered 1",
                        "customer.PersonalDataRead 1",
                        "members.MemberAdded 1",
                        "members.MemberChanged 1",
                        "members.MemberRemoved 1",
                        "members.PasswordRenewed 1",
                        "reservation.Arrived 1",
                        "reservation.Cancelled 1",
                        "reservation.Completed 1",
                        "reservation.Confirmed 1",
                        "reservation.CustomerChanged 1",
                        "reservation.Expired 1",
                        "reservation.HandedOver 1",
                        "reservation.HoldExtended 1",
                        "reservation.Missed 1",
                        "reservation.Released 1",
                        "reservation.Rescheduled 1",
                        "reservation.Reserved 1",
                        "security.ClientChanged 1",
                        "security.ClientRegistered 1",
                        "security.ClientRemoved 1",
                        "security.SecretRenewed 1");
    }

    static Stream<Class<?>> events() {
        return Stream.of(
                        CatalogueEvent.class,
                        ReservationEvent.class,
                        CustomerEvent.class,
                        ReadingEvent.class,
                        ClientEvent.class,
                        MemberEvent.class)
                .flatMap(vocabulary -> Stream.of(vocabulary.getPermittedSubclasses()));
    }

    @Test
    void every_named_event_belongs_to_a_vocabulary() {
        assertThat(events().map(EventNames::nameOf))
                .doesNotContainNull()
                .containsExactlyInAnyOrderElementsOf(NAMES.revisions().keySet());
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_is_written_is_read_again(Class<?> event) {
        Object written = new Sample().of(event);

        var stored = SERIALIZER.serialize(written, byte[].class);
        Object read =
                SERIALIZER.deserialize(
                        new SimpleSerializedObject<>(
                                stored.getData(),
                                byte[].class,
                                Objects.requireNonNull(EventNames.nameOf(event)),
                                stored.getType().getRevision()));

        assertThat(read).isEqualTo(written);
    }
}
