package holdfast.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What clients were allowed once and are no longer: a token says of which grant it is, and is
 * refused when that grant has ended, whatever is left of its time.
 *
 * <p>In memory, so that checking a token costs no statement: on the node that decided it as soon as
 * it is committed, on others when they look next ({@code holdfast.tokens.look-every}).
 */
final class EndedGrants {

    /** In a token: the number of the grant it is of. */
    static final String GRANT = "grant";

    /** Longer than a token lasts, by more than clocks differ. */
    private static final Duration KEPT = Clients.TOKEN_LASTS.multipliedBy(2);

    private static final Logger log = LoggerFactory.getLogger(EndedGrants.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ConcurrentMap<String, Ended> ended = new ConcurrentHashMap<>();

    private record Ended(long upTo, Instant at) {}

    EndedGrants(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        look();
    }

    /** Ends a client's grants up to this one, if the present transaction is committed. */
    void end(ClientId client, long upTo) {
        var now = clock.instant();
        jdbc.sql(
                        """
                        insert into ended_grant (client_id, up_to, ended_at)
                        values (:client, :upTo, :now)
                        on conflict (client_id) do update
                            set up_to = greatest(ended_grant.up_to, excluded.up_to),
                                ended_at = excluded.ended_at
                        """)
                .param("client", client.text())
                .param("upTo", upTo)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            note(client.text(), upTo, now);
                        }
                    });
        } else {
            note(client.text(), upTo, now);
        }
    }

    /**
     * @throws BadJwtException if the token is of a grant that has ended
     */
    void refuseEnded(Jwt token) {
        if (!ended.isEmpty() && hasEnded(token)) {
            throw new BadJwtException("What the client was allowed has changed since");
        }
    }

    private boolean hasEnded(Jwt token) {
        var end = token.getSubject() == null ? null : ended.get(token.getSubject());
        return end != null
                && !(token.getClaim(GRANT) instanceof Number grant && grant.longValue() > end.upTo);
    }

    @Scheduled(fixedDelayString = "${holdfast.tokens.look-every}")
    void lookAgain() {
        try {
            look();
            forgetOld();
        } catch (DataAccessException | TransactionException later) {
            log.debug("Ended grants are looked for later: {}", later.getMessage());
        }
    }

    private void look() {
        jdbc.sql("select client_id, up_to, ended_at from ended_grant")
                .query(
                        (RowCallbackHandler)
                                row ->
                                        note(
                                                row.getString("client_id"),
                                                row.getLong("up_to"),
                                                row.getTimestamp("ended_at").toInstant()));
    }

    /** They only grow, so what was read a moment ago does not undo what was committed since. */
    private void note(String client, long upTo, Instant at) {
        ended.merge(
                client,
                new Ended(upTo, at),
                (known, news) -> news.upTo >= known.upTo ? news : known);
    }

    private void forgetOld() {
        var old = clock.instant().minus(KEPT);
        if (ended.values().removeIf(each -> each.at.isBefore(old))) {
            jdbc.sql("delete from ended_grant where ended_at < :old")
                    .param("old", old.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }
}
