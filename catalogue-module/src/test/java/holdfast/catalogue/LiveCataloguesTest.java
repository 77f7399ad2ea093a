package holdfast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.LiveCatalogues.Numbered;

import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class LiveCataloguesTest {

    private final CatalogueNode node = new CatalogueNode();
    private final LiveCatalogues here = node.catalogues();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void who_got_an_answer_reads_what_was_written() {
        send(new CreateTenant(Documents.demoTenant()));
        assertThat(shown(here).tenant()).isEqualTo(Documents.demoTenant());
        assertThat(shown(here).revision()).isZero();

        List<CatalogueChange> changes =
                node.commands().sendAndWait(new ApplyCatalogue(Documents.DEMO, Documents.demo()));
        assertThat(shown(here).document()).isEqualTo(Documents.demo());
        assertThat(shown(here).revision()).isEqualTo(changes.size());
    }

    @Test
    void what_is_refused_is_not_shown() {
        send(new CreateTenant(Documents.demoTenant()));
        var faulty = Documents.demoBut(json -> ((ObjectNode) json.at("/tenant")).put("name", ""));
        assertThatThrownBy(() -> send(new ApplyCatalogue(Documents.DEMO, faulty)))
                .isInstanceOf(Refused.class);
        assertThat(shown(here).revision()).isZero();
    }

    @Test
    void what_a_reader_holds_does_not_change_under_him() {
        apply(Documents.demo());
        var held = shown(here);
        apply(reordered());
        assertThat(held.document()).isEqualTo(Documents.demo());
        assertThat(shown(here).document()).isEqualTo(reordered());
    }

    @Test
    void a_node_that_starts_later_shows_the_same() {
        apply(Documents.demo());
        apply(reordered());
        var later = node.another();
        later.load();
        assertThat(shown(later).document()).isEqualTo(shown(here).document());
        assertThat(shown(later).revision()).isEqualTo(shown(here).revision());
    }

    @Test
    void events_of_another_node_may_come_in_any_order_and_more_than_once() {
        apply(Documents.demo());
        apply(reordered());
        var events = numbered();
        for (var seed = 1L; seed <= 50; seed++) {
            var random = new Random(seed);
            var tail = new ArrayList<>(events);
            tail.addAll(events);
            Collections.shuffle(tail, random);
            var other = node.another();
            var at = 0;
            while (at < tail.size()) {
                var end = Math.min(tail.size(), at + 1 + random.nextInt(20));
                other.apply(tail.subList(at, end));
                at = end;
            }
            assertThat(shown(other).document()).as("seed %d", seed).isEqualTo(reordered());
            assertThat(shown(other).revision()).isEqualTo(shown(here).revision());
        }
    }

    @Test
    void a_node_that_follows_the_log_comes_to_show_the_same() {
        apply(Documents.demo());
        apply(reordered());
        await().untilAsserted(
                        () ->
                                assertThat(shown(node.follower()).document())
                                        .isEqualTo(shown(here).document()));
        assertThat(shown(node.follower()).revision()).isEqualTo(shown(here).revision());
    }

    @Test
    void another_node_shows_a_commit_whole_or_not_at_all() {
        apply(Documents.demo());
        var other = node.another();
        var first = numbered().getFirst();
        new CatalogueFollower(other).on(first.event(), first.sequence());
        assertThat(shown(other).document()).isEqualTo(Documents.demo());
    }

    @Test
    void an_event_seen_again_leaves_the_same_picture() {
        apply(Documents.demo());
        var shown = shown(here);
        here.apply(numbered());
        assertThat(shown(here)).isSameAs(shown);
    }

    @Test
    void the_document_comes_back_byte_by_byte_and_applies_to_nothing() {
        apply(reordered());
        var written = Documents.write(shown(here).document());
        var later = node.another();
        later.load();
        assertThat(Documents.write(shown(later).document())).isEqualTo(written);

        List<CatalogueChange> changes =
                node.commands()
                        .sendAndWait(new ApplyCatalogue(Documents.DEMO, Documents.read(written)));
        assertThat(changes).isEmpty();
        assertThat(Documents.write(shown(here).document())).isEqualTo(written);
    }

    @Test
    void a_snapshot_finds_everything_by_its_id() {
        apply(Documents.demo());
        var catalogue = shown(here);
        var document = catalogue.document();
        for (var branch : document.branches()) {
            assertThat(catalogue.branch(branch.id())).contains(branch);
            assertThat(catalogue.combinationsAt(branch.id()))
                    .isEqualTo(
                            document.serviceCombinations().stream()
                                    .filter(set -> set.branch().equals(branch.id()))
                                    .toList());
        }
        for (var service : document.services()) {
            assertThat(catalogue.service(service.id())).contains(service);
            for (var offer : service.branches()) {
                assertThat(catalogue.offer(service.id(), offer.branch())).contains(offer);
            }
        }
        for (var i = 0; i < document.resourcePools().size(); i++) {
            var pool = document.resourcePools().get(i);
            assertThat(catalogue.pool(pool.id())).contains(pool);
            assertThat(catalogue.position(pool.id())).isEqualTo(i);
        }
        assertThat(catalogue.offer(ServiceId.of("unheard-of"), BranchId.of("nowhere"))).isEmpty();
    }

    private void apply(CatalogueDocument document) {
        if (here.find(Documents.DEMO).isEmpty()) {
            send(new CreateTenant(document.tenant()));
        }
        send(new ApplyCatalogue(Documents.DEMO, document));
    }

    private void send(Object command) {
        node.commands().sendAndWait(command);
    }

    private static Catalogue shown(LiveCatalogues node) {
        return node.find(Documents.DEMO).orElseThrow(AssertionError::new);
    }

    private static CatalogueDocument reordered() {
        return Documents.demoBut(
                json -> {
                    var services = (ArrayNode) json.at("/services");
                    services.insert(0, services.remove(5));
                    var offers = (ArrayNode) json.at("/services/1/branches");
                    offers.insert(0, offers.remove(2));
                    ((ArrayNode) json.at("/serviceCombinations")).remove(0);
                    ((ObjectNode) json.at("/branches/0")).remove("location");
                });
    }

    private List<Numbered> numbered() {
        var numbered = new ArrayList<Numbered>();
        var events = node.store().readEvents(TenantCatalogue.streamOf(Documents.DEMO));
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            numbered.add(
                    new Numbered((CatalogueEvent) event.getPayload(), event.getSequenceNumber()));
        }
        return numbered;
    }
}
