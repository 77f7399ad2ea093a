package holdfast.repeats;

import holdfast.catalogue.WritesAtCommit;
import holdfast.catalogue.WritesAtCommit.ArrayOf;
import holdfast.reservation.RegisterEntry;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code kept_answer}. */
@Component
class KeptAnswers {

    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final WritesAtCommit writes;
    private final Clock clock;
    private final Duration kept;

    KeptAnswers(
            JdbcClient jdbc,
            WritesAtCommit writes,
            Clock clock,
            @Value("${holdfast.keep-answers}") Duration kept) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.clock = clock;
        this.kept = kept;
    }

    @Nullable Earlier find(KeyedRequest request) {
        return jdbc.sql("select request, reservation, answer from kept_answer where name = ?")
                .param(request.name)
                .query(
                        (row, n) ->
                                new Earlier(
                                        row.getBytes("request"),
                                        row.getObject("reservation", UUID.class),
                                        row.getBytes("answer")))
                .optional()
                .orElse(null);
    }

    /**
     * Notes in the present transaction that the request happens. If its key was used before, the
     * transaction loses the race against that.
     */
    void happens(KeyedRequest request, @Nullable UUID reservation) {
        writes.add(
                "insert into kept_answer (name, request, reservation, kept_at) values (?, ?, ?, ?)",
                request.name,
                request.content,
                reservation,
                now());
    }

    /**
     * Keeps the answer.
     *
     * @return null, or what is kept already: whoever comes first decides
     */
    @Nullable Earlier keep(KeyedRequest request, Answer answer) {
        var sealed = answer.sealed(request.seal);
        int changed =
                request.hasHappened()
                        ? jdbc.sql(
                                        """
                                        update kept_answer set answer = ?
                                        where name = ? and answer is null
                                        """)
                                .params(sealed, request.name)
                                .update()
                        : jdbc.sql(
                                        """
                                        insert into kept_answer (name, request, answer, kept_at)
                                        values (?, ?, ?, ?) on conflict (name) do nothing
                                        """)
                                .params(request.name, request.content, sealed, now())
                                .update();
        return changed == 1 ? null : find(request);
    }

    /** Deletes, in the present transaction, what is kept of requests about these. */
    void forgetAbout(List<RegisterEntry> reservations) {
        writes.add(
                "delete from kept_answer where reservation = any(?)",
                new ArrayOf(
                        "uuid",
                        reservations.stream().map(each -> each.reservation().value()).toArray()));
    }

    /** Several nodes may do it at once: each takes other rows. */
    @Scheduled(fixedDelayString = "${holdfast.forget-answers-every}")
    void forgetOld() {
        int gone;
        do {
            gone =
                    jdbc.sql(
                                    """
                                    delete from kept_answer where name in (
                                        select name from kept_answer where kept_at < ?
                                        limit ? for update skip locked)
                                    """)
                            .params(now().minus(kept), AT_ONCE)
                            .update();
        } while (gone == AT_ONCE);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
