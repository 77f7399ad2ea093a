package holdfast.seals;

import holdfast.followers.LoggedEvent;
import holdfast.followers.TableFollower;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Grows each tenant's tree by its new events. Of the inner nodes it keeps every fourth level, so
 * that a tree takes little more room than its leaves.
 */
@Component
@ConditionalOnBooleanProperty(name = "holdfast.seals", matchIfMissing = true)
class SealTree implements TableFollower {

    static final String NAME = "seals";

    /** Levels between two that are kept. */
    static final int STEP = 4;

    private static final int FAN = 1 << STEP;

    private final JdbcClient sql;

    SealTree(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("seal_tree", "seal_leaf", "seal_node");
    }

    @Override
    public void follow(List<LoggedEvent> events) {
        var byTenant = new LinkedHashMap<String, List<LoggedEvent>>();
        for (var event : events) {
            byTenant.computeIfAbsent(SealedEvent.tenantOf(event), _ -> new ArrayList<>())
                    .add(event);
        }
        byTenant.forEach(this::grow);
    }

    private void grow(String tenant, List<LoggedEvent> events) {
        long size =
                sql.sql("select size from seal_tree where tenant = ?")
                        .param(tenant)
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        var leaves = events.stream().map(event -> Hash.ofLeaf(SealedEvent.bytes(event))).toList();
        sql.sql(
                        """
                        insert into seal_leaf (tenant, leaf, position, hash)
                        select ?, ? + n - 1, position, hash
                        from unnest(?::bigint[], ?::bytea[]) with ordinality as e (position, hash, n)
                        """)
                .params(
                        tenant,
                        size,
                        events.stream().map(LoggedEvent::position).toArray(Long[]::new),
                        bytes(leaves))
                .update();
        addNodes(tenant, STEP, size, leaves);
        sql.sql(
                        """
                        insert into seal_tree (tenant, size, position) values (?, ?, ?)
                        on conflict (tenant)
                            do update set size = excluded.size, position = excluded.position
                        """)
                .params(tenant, size + leaves.size(), events.getLast().position())
                .update();
    }

    /**
     * @param first the place of the first of {@code below} among the nodes of its level
     * @param below the new nodes of the kept level below
     */
    private void addNodes(String tenant, int level, long first, List<Hash> below) {
        long begun = first / FAN * FAN;
        if (first + below.size() < begun + FAN) {
            return; // no subtree is whole now that was not before
        }
        var nodes = new ArrayList<>(stored(tenant, level - STEP, begun, (int) (first - begun)));
        nodes.addAll(below);
        var whole = new ArrayList<Hash>();
        for (int from = 0; from + FAN <= nodes.size(); from += FAN) {
            whole.add(rootOf(nodes.subList(from, from + FAN)));
        }
        sql.sql(
                        """
                        insert into seal_node (tenant, level, node, hash)
                        select ?, ?, ? + n - 1, hash
                        from unnest(?::bytea[]) with ordinality as e (hash, n)
                        """)
                .params(tenant, level, begun / FAN, bytes(whole))
                .update();
        addNodes(tenant, level + STEP, begun / FAN, whole);
    }

    /** So many nodes of a kept level, from the first one on. */
    private List<Hash> stored(String tenant, int level, long first, int count) {
        return count == 0 ? List.of() : new StoredNodes(sql, tenant).nodes(level, first, count);
    }

    /** Of a whole subtree. */
    static Hash rootOf(List<Hash> nodes) {
        if (nodes.size() == 1) {
            return nodes.getFirst();
        }
        int half = nodes.size() / 2;
        return Hash.ofNode(
                rootOf(nodes.subList(0, half)), rootOf(nodes.subList(half, nodes.size())));
    }

    private static byte[][] bytes(List<Hash> hashes) {
        return hashes.stream().map(Hash::bytes).toArray(byte[][]::new);
    }
}
