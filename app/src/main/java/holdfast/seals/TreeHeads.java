package holdfast.seals;

import holdfast.followers.FollowedTables;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Signs the heads of trees that have grown. */
@Component
@ConditionalOnBooleanProperty(name = "holdfast.seals", matchIfMissing = true)
public class TreeHeads {

    private static final String COLUMNS =
            "tenant, size, position, root, signed_at, key_id, signature";

    private final JdbcClient sql;
    private final SealKeys keys;
    private final FollowedTables followed;
    private final Clock clock;

    TreeHeads(JdbcClient sql, SealKeys keys, FollowedTables followed, Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.followed = followed;
        this.clock = clock;
    }

    /** Newest first. */
    public List<TreeHead> of(String tenant, int atMost) {
        return sql.sql(
                        "select %s from seal_head where tenant = ? order by size desc limit ?"
                                .formatted(COLUMNS))
                .params(tenant, atMost)
                .query(TreeHeads::head)
                .list();
    }

    Optional<TreeHead> of(String tenant, long size) {
        return sql.sql("select %s from seal_head where tenant = ? and size = ?".formatted(COLUMNS))
                .params(tenant, size)
                .query(TreeHeads::head)
                .optional();
    }

    /** A head over all that was committed before; empty if the tenant has no events. */
    public Optional<TreeHead> now(String tenant) {
        followed.catchUp(SealTree.NAME);
        sign(grown(tenant));
        return of(tenant, 1).stream().findFirst();
    }

    @Scheduled(fixedDelayString = "${holdfast.seal-every}")
    void signGrown() {
        sign(grown(null));
    }

    private record Grown(String tenant, long size, long position) {}

    /**
     * @param tenant null: all of them
     */
    private List<Grown> grown(@Nullable String tenant) {
        return sql.sql(
                        """
                        select tenant, size, position from seal_tree t
                        where (:tenant::text is null or tenant = :tenant::text) and not exists (
                            select from seal_head h where h.tenant = t.tenant and h.size = t.size)
                        """)
                .param("tenant", tenant)
                .query((row, _) -> new Grown(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    private void sign(List<Grown> trees) {
        if (!trees.isEmpty()) {
            var key = keys.signing();
            trees.forEach(tree -> sign(tree, key));
        }
    }

    private void sign(Grown tree, SealKeys.Signing key) {
        var root = new HashTree(new StoredNodes(sql, tree.tenant())).root(tree.size());
        var now = clock.instant();
        var text =
                TreeHead.text(tree.tenant(), tree.size(), tree.position(), root, now, key.keyId());
        var at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        sql.sql(
                        """
                        insert into seal_head (%s) values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (tenant, size) do nothing
                        """
                                .formatted(COLUMNS))
                .params(
                        tree.tenant(),
                        tree.size(),
                        tree.position(),
                        root.bytes(),
                        at,
                        key.keyId(),
                        key.sign(text))
                .update();
        sql.sql(
                        """
                        delete from seal_head
                        where tenant = ? and size < ?
                          and signed_at >= date_trunc('minute', ?::timestamptz)
                          and signed_at < ?::timestamptz
                        """)
                .params(tree.tenant(), tree.size(), at, at)
                .update();
    }

    private static TreeHead head(ResultSet row, int number) throws SQLException {
        return new TreeHead(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                Hash.of(row.getBytes(4)),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                row.getBytes(7));
    }
}
