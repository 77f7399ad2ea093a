package holdfast.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.LostRace;
import holdfast.catalogue.Refused;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializationException;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.UnexpectedRollbackException;

import trial.Programme;
import trial.SeatCommand.FailChecked;
import trial.SeatCommand.Punch;
import trial.SeatCommand.SayNameless;
import trial.SeatCommand.Sell;
import trial.SeatCommand.Swallow;
import trial.SeatEvent;
import trial.Trial;
import trial.Ushers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What the event store promises, each promise broken by the defaults of the parts it is made of.
 */
class SellingSeatsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final TestDatabase database = emptyTheatre();
    private static final TestNode node = open();
    private static final TestNode otherNode = open();

    private final JdbcClient sql = database.sql();
    private final CommandGateway commands = node.bean(CommandGateway.class);

    private static TestDatabase emptyTheatre() {
        TestDatabase empty = TestDatabase.fresh();
        empty.sql().sql("create table trial_seat (seat text primary key, ticket text)").update();
        empty.sql().sql("create table trial_programme (ticket text primary key)").update();
        return empty;
    }

    /** Looks at the log only when told of news, or the tests might wait for chance. */
    private static TestNode open() {
        return TestNode.start(Trial.class, database, "holdfast.look-again=1h");
    }

    @AfterAll
    static void stop() {
        otherNode.close();
        node.close();
    }

    @BeforeEach
    void everySeatIsFree() {
        sql.sql("truncate trial_seat").update();
    }

    @Test
    void units_of_work_are_transactions_of_spring() {
        assertThat(node.bean(TransactionManager.class))
                .isInstanceOf(SpringTransactionManager.class);
    }

    @Test
    void a_sale_that_fails_in_a_handler_fails_for_the_caller_and_leaves_no_trace() {
        assertThatThrownBy(() -> commands.sendAndWait(new Sell("t-broken", Ushers.BROKEN_SEAT)))
                .hasMessage("Nobody can sit there");

        assertThat(eventsOf("t-broken")).isEmpty();
        assertThat(count("trial_seat")).isZero();
    }

    @Test
    void a_refused_sale_burns_no_number_of_the_log() {
        commands.sendAndWait(new Sell("t-first", "A1"));

        assertThatThrownBy(() -> commands.sendAndWait(new Sell("t-second", "A1")))
                .isInstanceOf(Refused.class);
        commands.sendAndWait(new Sell("t-third", "A2"));

        assertThat(position("t-third")).isEqualTo(position("t-first") + 1);
    }

    @Test
    void a_swallowed_database_error_is_no_success() {
        commands.sendAndWait(new Sell("t-swallowed", "B1"));

        assertThatThrownBy(() -> commands.sendAndWait(new Swallow("t-swallowed")))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(eventsOf("t-swallowed")).containsExactly("trial.Sold");
    }

    @Test
    void a_checked_exception_stores_nothing_either() {
        commands.sendAndWait(new Sell("t-checked", "B2"));

        assertThatThrownBy(() -> commands.sendAndWait(new FailChecked("t-checked")))
                .hasRootCauseMessage("The punch is broken");
        assertThat(eventsOf("t-checked")).containsExactly("trial.Sold");
    }

    @Test
    void a_place_in_a_stream_is_given_once() {
        var engine = node.bean(EventStorageEngine.class);
        engine.appendEvents(punched("s-1", 0), punched("s-1", 1));

        assertThatThrownBy(() -> engine.appendEvents(punched("s-1", 0)))
                .isInstanceOf(LostRace.class);
        assertThatThrownBy(() -> engine.appendEvents(punched("s-1", 1)))
                .isInstanceOf(LostRace.class);
    }

    @Test
    void two_hundred_buyers_on_two_nodes_get_one_seat_once() throws Exception {
        List<Boolean> sold =
                together(
                        IntStream.range(0, 200)
                                .<Callable<Boolean>>mapToObj(
                                        buyer ->
                                                () ->
                                                        sell(
                                                                buyer % 2 == 0 ? node : otherNode,
                                                                buyer))
                                .toList());

        assertThat(sold).filteredOn(won -> won).hasSize(1);
        assertThat(count("trial_seat")).isEqualTo(1);
    }

    private static boolean sell(TestNode on, int buyer) {
        try {
            on.bean(CommandGateway.class).sendAndWait(new Sell("racer-" + buyer, "C1"));
            return true;
        } catch (Refused taken) {
            return false;
        }
    }

    @Test
    void commands_that_meet_on_one_stream_from_two_nodes_all_succeed() throws Exception {
        commands.sendAndWait(new Sell("t-punched", "D1"));

        together(
                IntStream.range(0, 12)
                        .<Callable<Object>>mapToObj(
                                i ->
                                        () ->
                                                (i % 2 == 0 ? node : otherNode)
                                                        .bean(CommandGateway.class)
                                                        .sendAndWait(new Punch("t-punched")))
                        .toList());

        assertThat(eventsOf("t-punched")).hasSize(13);
    }

    @Test
    void what_a_command_causes_belongs_to_the_tenant_and_request_that_sent_it() {
        MDC.put("tenant", "opera");
        MDC.put("actor", "desk");
        MDC.put("requestId", "r-1");
        try {
            commands.sendAndWait(new Sell("t-origin", "E1"));
        } finally {
            MDC.clear();
        }

        assertThat(originOf("t-origin", "trial.Sold")).isEqualTo("opera desk r-1");
    }

    @Test
    void a_replay_ends_also_across_a_restart() {
        TestDatabase own = emptyTheatre();
        try (TestNode first = TestNode.start(Trial.class, own)) {
            for (int i = 0; i < 20; i++) {
                first.bean(CommandGateway.class).sendAndWait(new Sell("r-" + i, "seat-" + i));
            }
            await().atMost(SOON).until(() -> first.bean(Programme.class).size() == 20);

            replay(first);
            await().atMost(SOON).until(() -> first.bean(Programme.class).size() == 20);

            reset(first);
        }
        try (TestNode second = TestNode.start(Trial.class, own)) {
            await().atMost(SOON).until(() -> second.bean(Programme.class).size() == 20);
        }
    }

    private static void replay(TestNode on) {
        reset(on).start();
    }

    private static StreamingEventProcessor reset(TestNode on) {
        StreamingEventProcessor programme =
                on.bean(EventProcessingConfiguration.class)
                        .eventProcessor("programme", StreamingEventProcessor.class)
                        .orElseThrow();
        programme.shutDown();
        programme.resetTokens(StreamableMessageSource::createTailToken);
        return programme;
    }

    @Test
    void a_commit_wakes_readers_on_every_node() throws Exception {
        CountDownLatch here = wakeUpOf(node);
        CountDownLatch there = wakeUpOf(otherNode);

        commands.sendAndWait(new Sell("t-woken", "G1"));

        // Both nodes would look by themselves in an hour only.
        assertThat(here.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(there.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static CountDownLatch wakeUpOf(TestNode each) {
        CountDownLatch woken = new CountDownLatch(1);
        WakingEventStore store = each.bean(WakingEventStore.class);
        var stream = store.openStream(store.createHeadToken());
        assertThat(stream.setOnAvailableCallback(woken::countDown)).isTrue();
        return woken;
    }

    @Test
    void readers_pass_a_number_that_a_failed_sale_has_burnt() {
        assertThatThrownBy(() -> commands.sendAndWait(new Sell("t-burnt", Ushers.BROKEN_SEAT)))
                .isInstanceOf(IllegalStateException.class);
        commands.sendAndWait(new Sell("t-after-1", "K1"));
        await().atMost(SOON).until(() -> isInProgramme("t-after-1"));

        commands.sendAndWait(new Sell("t-after-2", "K2"));
        await().atMost(SOON).until(() -> isInProgramme("t-after-2"));
    }

    private boolean isInProgramme(String ticket) {
        return sql.sql("select count(*) from trial_programme where ticket = ?")
                        .param(ticket)
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Test
    void an_event_without_a_name_is_not_stored() {
        commands.sendAndWait(new Sell("t-nameless", "H1"));

        assertThatThrownBy(() -> commands.sendAndWait(new SayNameless("t-nameless")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("@EventName");
    }

    @Test
    void a_stored_name_that_nobody_knows_stops_its_reader() {
        commands.sendAndWait(new Sell("t-unknown", "I1"));
        sql.sql(
                        "update domain_event_entry set payload_type = 'trial.Gone' where"
                                + " aggregate_identifier = 't-unknown'")
                .update();
        try {
            assertThatThrownBy(() -> commands.sendAndWait(new Punch("t-unknown")))
                    .hasStackTraceContaining("No event is named trial.Gone");
        } finally {
            sql.sql(
                            "update domain_event_entry set payload_type = 'trial.Sold' where"
                                    + " payload_type = 'trial.Gone'")
                    .update();
        }
    }

    @Test
    void people_read_the_log_as_json() {
        commands.sendAndWait(new Sell("t-read", "J1"));

        assertThat(
                        sql.sql("select payload ->> 'seat' from event_log where stream = 't-read'")
                                .query(String.class)
                                .single())
                .isEqualTo("J1");
    }

    @Test
    void nothing_is_reported_to_a_vendor() {
        assertThat(UsagePropertyProvider.create().getDisabled()).isTrue();
    }

    // ------------------------------------------------------------------ helpers

    private List<@Nullable String> eventsOf(String ticket) {
        return sql.sql("select name from event_log where stream = ? order by sequence")
                .param(ticket)
                .query(String.class)
                .list();
    }

    private String originOf(String ticket, String name) {
        return sql.sql(
                        """
                        select concat_ws(' ', metadata ->> 'tenant', metadata ->> 'actor', metadata ->> 'requestId')
                        from event_log where stream = ? and name = ?
                        """)
                .param(ticket)
                .param(name)
                .query(String.class)
                .single();
    }

    private long position(String ticket) {
        return sql.sql("select min(position) from event_log where stream = ?")
                .param(ticket)
                .query(Long.class)
                .single();
    }

    private long count(String table) {
        return sql.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static GenericDomainEventMessage<?> punched(String ticket, long sequence) {
        return new GenericDomainEventMessage<>(
                "Ticket", ticket, sequence, new SeatEvent.Punched(ticket));
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
