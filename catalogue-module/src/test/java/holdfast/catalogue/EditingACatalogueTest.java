package holdfast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import holdfast.catalogue.CatalogueChange.How;
import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded;
import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded.Need;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.UnexpectedEntry;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/** One entry at a time, under all the rules of the whole document. */
class EditingACatalogueTest {

    private static final CatalogueDocument DEMO = Documents.demo();
    private static final Closure WATER_DAMAGE =
            new Closure(
                    OffsetDateTime.parse("2027-03-01T00:00:00+01:00"),
                    OffsetDateTime.parse("2027-03-02T00:00:00+01:00"),
                    "Water damage");

    private static final CatalogueNode NODE = new CatalogueNode();

    @BeforeAll
    static void theDemoTenant() {
        NODE.commands().sendAndWait(new CreateTenant(Documents.demoTenant()));
    }

    @BeforeEach
    void asItWas() {
        NODE.commands().sendAndWait(new ApplyCatalogue(Documents.DEMO, DEMO));
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private CatalogueDocument document() {
        return NODE.demo().document();
    }

    private Edited edit(CatalogueEdit edit) {
        return NODE.commands().sendAndWait(new EditCatalogue(Documents.DEMO, edit));
    }

    private <T> Edited put(Entries<T> among, T entry) {
        return edit(new CatalogueEdit.Put<>(among, entry, null));
    }

    private Edited remove(Entries<?> among, String id) {
        return edit(new CatalogueEdit.Remove<>(among, id, null));
    }

    private static Refusal refusal(Runnable call) {
        try {
            call.run();
        } catch (Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("It was not refused");
    }

    private static Stream<Arguments> allKinds() {
        return Stream.of(
                        Entries.TENANT,
                        Entries.HOLIDAY_CALENDARS,
                        Entries.RESOURCE_TYPES,
                        Entries.BRANCHES,
                        Entries.RESOURCE_POOLS,
                        Entries.RESOURCES,
                        Entries.SERVICES,
                        Entries.OFFERS,
                        Entries.SERVICE_GROUPS,
                        Entries.SERVICE_COMBINATIONS,
                        Entries.CLOSURES)
                .map(entries -> argumentSet(entries.kind().toString(), entries));
    }

    @ParameterizedTest
    @MethodSource("allKinds")
    <T> void an_entry_that_is_put_as_it_stands_changes_nothing(Entries<T> entries) {
        put(Entries.CLOSURES, PlacedClosure.ofBranch(DEMO.branches().get(1).id(), WATER_DAMAGE));
        var before = document();
        for (var entry : entries.in(before)) {
            var edited = put(entries, entry);
            assertThat(edited.isNew()).isFalse();
            assertThat(edited.changes()).isEmpty();
            assertThat(entries.find(before, entries.id(entry))).contains(entry);
        }
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void a_new_entry_comes_last_and_a_known_one_keeps_its_place() {
        var second = DEMO.branches().get(1);
        var added =
                new Branch(
                        BranchId.of("annexe"),
                        null,
                        second.name(),
                        second.address(),
                        null,
                        second.timeZone(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null);

        var edited = put(Entries.BRANCHES, added);
        var replaced = put(Entries.BRANCHES, second.withClosures(List.of(WATER_DAMAGE)));

        assertThat(edited.isNew()).isTrue();
        assertThat(edited.changes())
                .containsExactly(new CatalogueChange(CatalogueKind.BRANCH, "annexe", How.ADDED));
        assertThat(replaced.isNew()).isFalse();
        assertThat(document().branches().getLast()).isEqualTo(added);
        assertThat(document().branches().get(1).closures()).containsExactly(WATER_DAMAGE);
        assertThat(remove(Entries.BRANCHES, "annexe").changes())
                .containsExactly(new CatalogueChange(CatalogueKind.BRANCH, "annexe", How.REMOVED));
    }

    @Test
    void faults_are_named_by_where_they_are_in_the_entry() {
        var group = DEMO.serviceGroups().get(1);
        var faulty =
                new ServiceGroup(
                        group.id(),
                        LocalizedText.NONE,
                        0,
                        List.of(group.services().getFirst(), ServiceId.of("unheard-of")));

        assertThat(refusal(() -> put(Entries.SERVICE_GROUPS, faulty)))
                .hasToString(
                        new FaultyDocument(
                                        List.of(
                                                new Fault(
                                                        "/name",
                                                        "This text is blank in every language"),
                                                new Fault(
                                                        "/services/1",
                                                        "No service has the id unheard-of")))
                                .toString());
        assertThat(document()).isEqualTo(DEMO);
    }

    @Test
    void what_others_cannot_bear_is_a_fault_of_the_entry_as_a_whole() {
        var combined = DEMO.serviceCombinations().getFirst();
        var service = NODE.demo().service(combined.services().getFirst()).orElseThrow();

        var refusal =
                (FaultyDocument)
                        refusal(() -> put(Entries.SERVICES, service.withBranches(List.of())));

        assertThat(refusal.faults())
                .extracting(Fault::pointer, fault -> fault.detail().toString())
                .contains(
                        tuple(
                                "",
                                "SERVICE_COMBINATION %s: The service is not offered at the branch"
                                        .formatted(combined.key())));
    }

    @Test
    void what_others_refer_to_stays_and_all_of_them_are_named() {
        var pool = DEMO.resourcePools().getFirst();
        var expected =
                DEMO.services().stream()
                        .flatMap(
                                service ->
                                        service.branches().stream()
                                                .filter(
                                                        offer ->
                                                                offer.resourcePools()
                                                                        .contains(pool.id()))
                                                .map(
                                                        offer ->
                                                                ServiceOffer.id(
                                                                        service.id(),
                                                                        offer.branch())))
                        .toList();

        var refusal =
                (EntryStillNeeded) refusal(() -> remove(Entries.RESOURCE_POOLS, pool.id().text()));

        assertThat(expected).isNotEmpty();
        assertThat(refusal.by()).extracting(Need::kind).containsOnly(CatalogueKind.OFFER);
        assertThat(refusal.by()).extracting(Need::id).containsExactlyElementsOf(expected);
        assertThat(document()).isEqualTo(DEMO);
    }

    @Test
    void everything_can_be_taken_down_piece_by_piece_and_built_again() {
        var order =
                List.<Entries<?>>of(
                        Entries.SERVICE_COMBINATIONS,
                        Entries.SERVICE_GROUPS,
                        Entries.OFFERS,
                        Entries.SERVICES,
                        Entries.RESOURCE_POOLS,
                        Entries.BRANCHES,
                        Entries.RESOURCE_TYPES,
                        Entries.HOLIDAY_CALENDARS);

        order.forEach(this::removeAll);
        assertThat(document().branches()).isEmpty();
        assertThat(document().resourceTypes()).isEmpty();

        order.reversed().forEach(this::putAllOfDemo);
        assertThat(document()).isEqualTo(DEMO);
    }

    private <T> void removeAll(Entries<T> entries) {
        entries.in(document()).forEach(entry -> remove(entries, entries.id(entry)));
    }

    private <T> void putAllOfDemo(Entries<T> entries) {
        entries.in(DEMO).forEach(entry -> put(entries, entry));
    }

    @Test
    void a_resource_moves_to_the_pool_it_names() {
        var named = DEMO.resourcePools().stream().filter(pool -> !pool.isVirtual()).toList();
        var from = named.getFirst();
        var resource = from.resources().getFirst();
        var into = named.getLast();

        put(
                Entries.RESOURCES,
                new PooledResource(
                        into.id(), resource.id(), "Team Dune", null, List.of(), List.of()));

        assertThat(NODE.demo().pool(from.id()).orElseThrow().resources()).doesNotContain(resource);
        assertThat(NODE.demo().pool(into.id()).orElseThrow().resources().getLast().name())
                .isEqualTo("Team Dune");
    }

    @Test
    void a_pool_keeps_its_last_resource() {
        var pool =
                DEMO.resourcePools().stream()
                        .filter(each -> each.resources().size() > 1)
                        .findFirst()
                        .orElseThrow();
        var resources = pool.resources();
        resources.stream().skip(1).forEach(r -> remove(Entries.RESOURCES, r.id().text()));

        var refusal =
                (EntryStillNeeded)
                        refusal(() -> remove(Entries.RESOURCES, resources.getFirst().id().text()));

        assertThat(refusal.by())
                .extracting(Need::kind, Need::id)
                .contains(tuple(CatalogueKind.RESOURCE_POOL, pool.id().text()));
    }

    private static Stream<Arguments> closures() {
        var pool =
                DEMO.resourcePools().stream().filter(p -> !p.isVirtual()).findFirst().orElseThrow();
        var service = DEMO.services().getFirst();
        var branch = service.branches().getFirst().branch();
        return Stream.of(
                argumentSet("branch", PlacedClosure.ofBranch(branch, WATER_DAMAGE)),
                argumentSet("service", PlacedClosure.ofService(service.id(), branch, WATER_DAMAGE)),
                argumentSet("pool", PlacedClosure.ofPool(pool.id(), WATER_DAMAGE)),
                argumentSet(
                        "resource",
                        PlacedClosure.ofResource(pool.resources().getLast().id(), WATER_DAMAGE)));
    }

    @ParameterizedTest
    @MethodSource("closures")
    void a_closure_is_put_where_it_belongs_once_and_removed_again(PlacedClosure closure) {
        assertThat(put(Entries.CLOSURES, closure).isNew()).isTrue();
        assertThat(Entries.CLOSURES.in(document())).containsExactly(closure);
        assertThat(put(Entries.CLOSURES, closure).changes()).isEmpty();

        remove(Entries.CLOSURES, closure.id());
        assertThat(document()).isEqualTo(DEMO);
        assertThat(refusal(() -> remove(Entries.CLOSURES, closure.id())))
                .isEqualTo(new UnknownEntry(Entries.CLOSURES.kind(), closure.id()));
    }

    @Test
    void a_closure_closes_one_thing_that_there_is() {
        var branch = DEMO.branches().getFirst().id();
        var service = DEMO.services().getFirst().id();
        var pool = DEMO.resourcePools().getFirst().id();
        var nowhere = ResourceId.of("nowhere");
        var from = WATER_DAMAGE.from();
        var to = WATER_DAMAGE.to();

        assertThat(faults(new PlacedClosure(null, null, null, null, from, to, "")))
                .containsExactly("");
        assertThat(faults(new PlacedClosure(branch, null, pool, null, from, to, "")))
                .containsExactly("");
        assertThat(faults(new PlacedClosure(null, service, null, null, from, to, "")))
                .containsExactly("");
        assertThat(faults(new PlacedClosure(null, null, null, nowhere, from, to, "")))
                .containsExactly("/resource");
        assertThat(faults(new PlacedClosure(branch, null, null, null, to, from, "")))
                .containsExactly("/to");
    }

    private List<String> faults(PlacedClosure closure) {
        var refusal = (FaultyDocument) refusal(() -> put(Entries.CLOSURES, closure));
        return refusal.faults().stream().map(Fault::pointer).toList();
    }

    @Test
    void a_change_of_something_else_than_was_seen_is_refused() {
        var branch = DEMO.branches().getFirst();
        var seen = IfMatch.of("\"another\", " + IfMatch.tagOf(branch));
        var closed = branch.withClosures(List.of(WATER_DAMAGE));

        edit(new CatalogueEdit.Put<>(Entries.BRANCHES, closed, seen));

        assertThat(refusal(() -> edit(new CatalogueEdit.Put<>(Entries.BRANCHES, branch, seen))))
                .isEqualTo(new UnexpectedEntry(Entries.BRANCHES.kind(), branch.id().text()));
        assertThat(document().branches().getFirst()).isEqualTo(closed);
        edit(
                new CatalogueEdit.Put<>(
                        Entries.BRANCHES, branch, IfMatch.of("W/" + IfMatch.tagOf(closed))));
        assertThat(document()).isEqualTo(DEMO);
    }

    @Test
    void whatever_must_exist_is_not_made() {
        var group =
                new ServiceGroup(
                        ServiceGroupId.of("new"),
                        DEMO.serviceGroups().getFirst().name(),
                        3,
                        List.of());
        assertThatThrownBy(
                        () ->
                                edit(
                                        new CatalogueEdit.Put<>(
                                                Entries.SERVICE_GROUPS, group, IfMatch.of("*"))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_preview_tells_what_an_edit_would_do_and_writes_nothing() {
        var closure = PlacedClosure.ofBranch(DEMO.branches().getFirst().id(), WATER_DAMAGE);
        var edit = new CatalogueEdit.Put<>(Entries.CLOSURES, closure, null);

        var preview = CataloguePreview.of(edit, NODE.demo());

        assertThat(document()).isEqualTo(DEMO);
        assertThat(preview.changes()).isEqualTo(edit(edit).changes());
        assertThat(preview.after().document()).isEqualTo(document());
    }
}
