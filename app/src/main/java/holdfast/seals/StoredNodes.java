package holdfast.seals;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;

/** One tenant's tree as the tables keep it. */
final class StoredNodes implements HashTree.Subtrees {

    private final JdbcClient sql;
    private final String tenant;

    StoredNodes(JdbcClient sql, String tenant) {
        this.sql = sql;
        this.tenant = tenant;
    }

    @Override
    public Hash subtree(int level, long index) {
        int kept = level / SealTree.STEP * SealTree.STEP;
        int count = 1 << (level - kept);
        return SealTree.rootOf(nodes(kept, index * count, count));
    }

    /**
     * @param level one that is kept
     * @throws IllegalStateException if one of them is missing
     */
    List<Hash> nodes(int level, long first, int count) {
        var found =
                (level == 0
                                ? sql.sql(
                                                """
                                                select hash from seal_leaf
                                                where tenant = ? and leaf >= ? and leaf < ?
                                                order by leaf
                                                """)
                                        .params(tenant, first, first + count)
                                : sql.sql(
                                                """
                                                select hash from seal_node
                                                where tenant = ? and level = ?
                                                  and node >= ? and node < ?
                                                order by node
                                                """)
                                        .params(tenant, level, first, first + count))
                        .query((row, _) -> Hash.of(row.getBytes(1)))
                        .list();
        if (found.size() != count) {
            throw new IllegalStateException(
                    "The tree of %s has a hole at level %d, node %d"
                            .formatted(tenant, level, first));
        }
        return found;
    }
}
