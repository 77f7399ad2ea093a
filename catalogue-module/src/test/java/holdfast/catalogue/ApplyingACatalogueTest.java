package holdfast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import holdfast.catalogue.CatalogueChange.How;
import holdfast.catalogue.CatalogueEvent.Arranged;
import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.catalogue.CatalogueEvent.BranchRemoved;
import holdfast.catalogue.CatalogueEvent.CombinationDefined;
import holdfast.catalogue.CatalogueEvent.CombinationRemoved;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarDefined;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarRemoved;
import holdfast.catalogue.CatalogueEvent.OfferDefined;
import holdfast.catalogue.CatalogueEvent.OfferWithdrawn;
import holdfast.catalogue.CatalogueEvent.OffersArranged;
import holdfast.catalogue.CatalogueEvent.ResourcePoolDefined;
import holdfast.catalogue.CatalogueEvent.ResourcePoolRemoved;
import holdfast.catalogue.CatalogueEvent.ResourceTypeDefined;
import holdfast.catalogue.CatalogueEvent.ResourceTypeRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceDefined;
import holdfast.catalogue.CatalogueEvent.ServiceGroupDefined;
import holdfast.catalogue.CatalogueEvent.ServiceGroupRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceRemoved;
import holdfast.catalogue.CatalogueEvent.TenantChanged;
import holdfast.catalogue.CatalogueEvent.TenantCreated;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.TenantExists;

import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ApplyingACatalogueTest {

    private FixtureConfiguration<TenantCatalogue> catalogue;

    @BeforeEach
    void aTenantToBe() {
        catalogue = new AggregateTestFixture<>(TenantCatalogue.class);
    }

    @Test
    void a_new_tenant_starts_with_an_empty_catalogue() {
        var tenant = Documents.demoTenant();
        catalogue
                .givenNoPriorActivity()
                .when(new CreateTenant(tenant))
                .expectEvents(new TenantCreated(Documents.DEMO, tenant));
    }

    @Test
    void a_tenant_is_created_once() {
        var tenant = Documents.demoTenant();
        catalogue
                .given(new TenantCreated(Documents.DEMO, tenant))
                .when(new CreateTenant(tenant))
                .expectNoEvents()
                .expectException(refusedFor(equalTo(new TenantExists(Documents.DEMO))));
    }

    @Test
    void a_faulty_tenant_is_refused_with_pointers_into_the_tenant() {
        var tenant =
                Documents.demoBut(json -> tenantOf(json).put("defaultLanguage", "fr_FR")).tenant();
        catalogue
                .givenNoPriorActivity()
                .when(new CreateTenant(tenant))
                .expectNoEvents()
                .expectException(
                        refusedFor(
                                equalTo(
                                        new FaultyDocument(
                                                List.of(
                                                        new Fault(
                                                                "/defaultLanguage",
                                                                "The default language is not among"
                                                                        + " the languages"))))));
    }

    @Test
    void a_document_becomes_events_in_which_nothing_is_mentioned_before_it_is_defined() {
        var document = Documents.demo();
        assertThat(firstTime(document))
                .hasSize(
                        3
                                + 4
                                + 3
                                + 9
                                + 8
                                + 2
                                + 6
                                + document.services().stream()
                                        .mapToInt(service -> service.branches().size())
                                        .sum())
                .extracting(event -> (Object) event.getClass())
                .containsSubsequence(
                        HolidayCalendarDefined.class,
                        ResourceTypeDefined.class,
                        BranchDefined.class,
                        ResourcePoolDefined.class,
                        ServiceDefined.class,
                        OfferDefined.class,
                        ServiceGroupDefined.class,
                        CombinationDefined.class)
                .doesNotContain(Arranged.class, OffersArranged.class);
    }

    @Test
    void the_same_document_again_changes_nothing() {
        var document = Documents.demo();
        catalogue
                .given(created(document))
                .when(new ApplyCatalogue(Documents.DEMO, document))
                .expectNoEvents()
                .expectResultMessagePayload(List.of());
    }

    @Test
    void only_what_differs_is_written() {
        var changed =
                Documents.demoBut(
                        json -> {
                            tenantOf(json).put("name", "Lantern");
                            ((ObjectNode) json.at("/services/0/branches/1"))
                                    .put("durationMinutes", 35);
                        });
        var eyeTest = changed.services().getFirst();
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, changed))
                .expectEvents(
                        new TenantChanged(Documents.DEMO, changed.tenant()),
                        new OfferDefined(Documents.DEMO, eyeTest.id(), eyeTest.branches().get(1)))
                .expectResultMessagePayload(
                        List.of(
                                new CatalogueChange(CatalogueKind.TENANT, "demo", How.CHANGED),
                                new CatalogueChange(
                                        CatalogueKind.OFFER,
                                        eyeTest.id() + "/" + eyeTest.branches().get(1).branch(),
                                        How.CHANGED)));
    }

    @Test
    void a_service_goes_with_its_offers_and_without_a_word_about_each() {
        var changed = Documents.demoBut(json -> ((ArrayNode) json.at("/services")).remove(7));
        var talk = Documents.demo().services().getLast();
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, changed))
                .expectEvents(new ServiceRemoved(Documents.DEMO, talk.id()))
                .expectResultMessagePayload(
                        List.of(
                                new CatalogueChange(
                                        CatalogueKind.SERVICE, talk.id().text(), How.REMOVED)));
    }

    @Test
    void nothing_is_removed_before_what_refers_to_it() {
        var empty =
                Documents.demoBut(
                        json ->
                                json.properties()
                                        .forEach(
                                                kind -> {
                                                    if (kind.getValue() instanceof ArrayNode all) {
                                                        all.removeAll();
                                                    }
                                                }));
        var kinds =
                CatalogueDifference.between(Documents.demo(), empty).events().stream()
                        .<Object>map(Object::getClass)
                        .distinct();
        assertThat(kinds)
                .containsExactly(
                        CombinationRemoved.class,
                        ServiceGroupRemoved.class,
                        ServiceRemoved.class,
                        ResourcePoolRemoved.class,
                        BranchRemoved.class,
                        ResourceTypeRemoved.class,
                        HolidayCalendarRemoved.class);
    }

    @Test
    void an_offer_is_withdrawn_alone() {
        var changed =
                Documents.demoBut(json -> ((ArrayNode) json.at("/services/0/branches")).remove(2));
        var eyeTest = Documents.demo().services().getFirst();
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, changed))
                .expectEvents(
                        new OfferWithdrawn(
                                Documents.DEMO, eyeTest.id(), eyeTest.branches().get(2).branch()));
    }

    @Test
    void a_pool_that_moves_up_is_said_to_have_moved_and_nothing_else() {
        var changed =
                Documents.demoBut(
                        json -> {
                            var pools = (ArrayNode) json.at("/resourcePools");
                            pools.insert(0, pools.remove(4));
                        });
        var moved = changed.resourcePools().getFirst().id();
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, changed))
                .expectEvents(
                        new Arranged(
                                Documents.DEMO,
                                CatalogueKind.RESOURCE_POOL,
                                changed.resourcePools().stream()
                                        .map(pool -> pool.id().text())
                                        .toList()))
                .expectResultMessagePayload(
                        List.of(
                                new CatalogueChange(
                                        CatalogueKind.RESOURCE_POOL, moved.text(), How.MOVED)));
    }

    @Test
    void a_combination_named_the_other_way_round_is_the_same_combination() {
        var changed =
                Documents.demoBut(
                        json -> {
                            var services = (ArrayNode) json.at("/serviceCombinations/0/services");
                            services.add(services.remove(0));
                        });
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, changed))
                .expectResultMessagePayload(
                        List.of(
                                new CatalogueChange(
                                        CatalogueKind.SERVICE_COMBINATION,
                                        changed.serviceCombinations().getFirst().key(),
                                        How.CHANGED)));
    }

    @Test
    void a_faulty_document_is_refused_whole() {
        var faulty =
                Documents.demoBut(
                        json -> {
                            tenantOf(json).put("name", "Lantern");
                            ((ObjectNode) json.at("/services/1")).put("durationMinutes", 0);
                        });
        catalogue
                .given(created(Documents.demo()))
                .when(new ApplyCatalogue(Documents.DEMO, faulty))
                .expectNoEvents()
                .expectException(
                        refusedFor(
                                equalTo(
                                        new FaultyDocument(
                                                List.of(
                                                        new Fault(
                                                                "/services/1/durationMinutes",
                                                                "%d is not between %d and %d",
                                                                0,
                                                                1,
                                                                527_040))))));
    }

    @Test
    void whatever_changes_the_events_fold_to_exactly_the_new_document() {
        for (var seed = 1L; seed <= 200; seed++) {
            var random = new Random(seed);
            var before = shuffled(random);
            var after = shuffled(random);
            var content = new CatalogueContent();
            created(before).forEach(event -> content.apply((CatalogueEvent) event));
            CatalogueDifference.between(before, after).events().forEach(content::apply);

            assertThat(content.document()).as("seed %d", seed).isEqualTo(after);
            assertThat(CatalogueDifference.between(content.document(), after).changes()).isEmpty();
        }
    }

    /** The demo catalogue in any order, with some of it missing; its references do not matter. */
    private static CatalogueDocument shuffled(Random random) {
        return Documents.demoBut(
                json -> {
                    for (var kind : json.properties()) {
                        if (kind.getValue() instanceof ArrayNode all) {
                            shuffle(all, random);
                        }
                    }
                    json.at("/services")
                            .forEach(
                                    service -> {
                                        shuffle((ArrayNode) service.get("branches"), random);
                                        ((ObjectNode) service).put("index", random.nextInt(2));
                                    });
                });
    }

    private static void shuffle(ArrayNode all, Random random) {
        var some = new ArrayList<>(all.valueStream().toList());
        some.removeIf(_ -> random.nextInt(5) == 0);
        Collections.shuffle(some, random);
        all.removeAll();
        all.addAll(some);
    }

    private static ObjectNode tenantOf(ObjectNode json) {
        return (ObjectNode) json.get("tenant");
    }

    private static List<CatalogueEvent> firstTime(CatalogueDocument document) {
        var content = new CatalogueContent();
        content.apply(new TenantCreated(document.tenant().id(), document.tenant()));
        return CatalogueDifference.between(content.document(), document).events();
    }

    private static List<Object> created(CatalogueDocument document) {
        var events = new ArrayList<Object>();
        events.add(new TenantCreated(document.tenant().id(), document.tenant()));
        events.addAll(firstTime(document));
        return events;
    }

    private static Matcher<Refused> refusedFor(Matcher<Refusal> reason) {
        return new FeatureMatcher<>(reason, "refused for", "reason") {
            @Override
            protected Refusal featureValueOf(Refused refused) {
                return refused.reason();
            }
        };
    }
}
