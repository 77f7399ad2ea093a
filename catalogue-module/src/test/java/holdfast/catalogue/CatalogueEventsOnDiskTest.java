package holdfast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.CatalogueEvent.Arranged;
import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.catalogue.CatalogueEvent.BranchRemoved;
import holdfast.catalogue.CatalogueEvent.CombinationRemoved;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarRemoved;
import holdfast.catalogue.CatalogueEvent.OfferWithdrawn;
import holdfast.catalogue.CatalogueEvent.OffersArranged;
import holdfast.catalogue.CatalogueEvent.ResourcePoolRemoved;
import holdfast.catalogue.CatalogueEvent.ResourceTypeRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceGroupRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceRemoved;
import holdfast.catalogue.CatalogueEvent.TenantChanged;
import holdfast.catalogue.CatalogueEvent.TenantCreated;

import org.axonframework.serialization.Revision;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class CatalogueEventsOnDiskTest {

    private final Jackson3Serializer serializer = Jackson3Serializer.builder().build();

    @Test
    void every_event_comes_back_as_it_was_written() {
        var events = oneOfEach();
        assertThat(events.stream().map(Object::getClass).distinct())
                .containsAll(Arrays.asList(CatalogueEvent.class.getPermittedSubclasses()));
        for (var event : events) {
            var stored = serializer.serialize(event, byte[].class);
            assertThat((Object) serializer.deserialize(stored)).isEqualTo(event);
        }
    }

    @Test
    void a_closure_keeps_the_offset_it_was_written_with() {
        var branch =
                Documents.demoBut(
                                json ->
                                        json.withArray("/branches/0/closures")
                                                .addObject()
                                                .put("from", "2027-01-01T12:00:00+05:30")
                                                .put("to", "2027-01-01T13:00:00+05:30")
                                                .put("reason", "Water"))
                        .branches()
                        .getFirst();
        var stored = serializer.serialize(new BranchDefined(Documents.DEMO, branch), byte[].class);
        BranchDefined restored = serializer.deserialize(stored);
        assertThat(restored.branch().closures()).isEqualTo(branch.closures());
        assertThat(restored.branch().closures().getFirst().from().getOffset())
                .hasToString("+05:30");
    }

    @Test
    void every_event_has_a_name_of_its_own_and_a_revision() {
        assertThat(CatalogueEvent.class.getPermittedSubclasses())
                .allSatisfy(
                        event -> {
                            assertThat(event.getAnnotation(EventName.class).value())
                                    .isEqualTo("catalogue." + event.getSimpleName());
                            assertThat(event.getAnnotation(Revision.class).value()).isEqualTo("1");
                        });
    }

    private static List<CatalogueEvent> oneOfEach() {
        var document = Documents.demo();
        var events = new ArrayList<CatalogueEvent>();
        var tenant = document.tenant();
        events.add(new TenantCreated(Documents.DEMO, tenant));
        events.add(new TenantChanged(Documents.DEMO, tenant));
        var content = new CatalogueContent();
        content.apply(events.getFirst());
        events.addAll(CatalogueDifference.between(content.document(), document).events());
        events.addAll(
                List.of(
                        new HolidayCalendarRemoved(Documents.DEMO, HolidayCalendarId.of("england")),
                        new ResourceTypeRemoved(Documents.DEMO, ResourceTypeId.of("desk")),
                        new BranchRemoved(Documents.DEMO, BranchId.of("london")),
                        new ResourcePoolRemoved(Documents.DEMO, PoolId.of("desks")),
                        new ServiceRemoved(Documents.DEMO, ServiceId.of("talk")),
                        new OfferWithdrawn(
                                Documents.DEMO, ServiceId.of("talk"), BranchId.of("london")),
                        new ServiceGroupRemoved(Documents.DEMO, ServiceGroupId.of("other")),
                        new CombinationRemoved(
                                Documents.DEMO, document.serviceCombinations().getFirst()),
                        new Arranged(
                                Documents.DEMO, CatalogueKind.BRANCH, List.of("berlin", "london")),
                        new OffersArranged(
                                Documents.DEMO,
                                ServiceId.of("talk"),
                                List.of(BranchId.of("berlin"), BranchId.of("london")))));
        return events;
    }
}
