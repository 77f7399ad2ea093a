package holdfast.seals;

import holdfast.catalogue.Refused;
import holdfast.seals.SealRefusal.TreeSizeOutOfRange;
import holdfast.seals.SealRefusal.UnknownEvent;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;

/** What shows that an event is in the tree, and that a tree has only grown. */
@Component
@ConditionalOnBooleanProperty(name = "holdfast.seals", matchIfMissing = true)
public class Proofs {

    private final JdbcClient sql;
    private final TreeHeads heads;

    Proofs(JdbcClient sql, TreeHeads heads) {
        this.sql = sql;
        this.heads = heads;
    }

    /**
     * That an event is in a tree.
     *
     * @param leaf the event's place in the tree, from 0
     * @param hash of the leaf
     * @param size of the tree
     * @param path from below (RFC 9162, section 2.1.3)
     * @param head of this size, if one was kept
     */
    public record Inclusion(
            long position,
            long leaf,
            Hash hash,
            long size,
            Hash root,
            List<Hash> path,
            Optional<TreeHead> head) {}

    /**
     * That a tree is the beginning of another.
     *
     * @param path RFC 9162, section 2.1.4
     */
    public record Consistency(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> path) {}

    private record Leaf(long place, Hash hash) {}

    /**
     * Proves that an event is in a tree.
     *
     * @param size of the tree to prove it in; null: that of the newest head
     * @throws Refused with {@link UnknownEvent} or {@link TreeSizeOutOfRange}
     */
    public Inclusion inclusion(String tenant, String position, @Nullable Long size) {
        var newest = heads.now(tenant);
        var leaf = leaf(tenant, position);
        long grown = newest.map(TreeHead::size).orElse(0L);
        long asked = size == null ? grown : size;
        if (asked <= leaf.place() || asked > grown) {
            throw new Refused(new TreeSizeOutOfRange(leaf.place() + 1, grown));
        }
        var tree = new HashTree(new StoredNodes(sql, tenant));
        return new Inclusion(
                Long.parseLong(position),
                leaf.place(),
                leaf.hash(),
                asked,
                tree.root(asked),
                tree.inclusion(leaf.place(), asked),
                heads.of(tenant, asked));
    }

    /**
     * Proves that the tree has only grown.
     *
     * @throws Refused with {@link TreeSizeOutOfRange}
     */
    public Consistency consistency(String tenant, long from, long to) {
        long grown = heads.now(tenant).map(TreeHead::size).orElse(0L);
        if (from < 1 || from > to || to > grown) {
            throw new Refused(new TreeSizeOutOfRange(1, grown));
        }
        var tree = new HashTree(new StoredNodes(sql, tenant));
        return new Consistency(
                from, tree.root(from), to, tree.root(to), tree.consistency(from, to));
    }

    private Leaf leaf(String tenant, String position) {
        if (!position.matches("[0-9]{1,18}")) {
            throw new Refused(new UnknownEvent(position));
        }
        return sql.sql("select leaf, hash from seal_leaf where tenant = ? and position = ?")
                .params(tenant, Long.parseLong(position))
                .query((row, _) -> new Leaf(row.getLong(1), Hash.of(row.getBytes(2))))
                .optional()
                .orElseThrow(() -> new Refused(new UnknownEvent(position)));
    }
}
