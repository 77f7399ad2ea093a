package holdfast.seals;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The root of a tree whose leaves come one after the other; keeps a hash per level. */
final class Frontier {

    /** By level: the whole subtree that waits for its neighbour; null where there is none. */
    private final List<@Nullable Hash> waiting = new ArrayList<>();

    private long size;

    void add(Hash leaf) {
        var hash = leaf;
        int level = 0;
        for (; (size >>> level & 1) == 1; level++) {
            hash = Hash.ofNode(Objects.requireNonNull(waiting.set(level, null)), hash);
        }
        if (level == waiting.size()) {
            waiting.add(hash);
        } else {
            waiting.set(level, hash);
        }
        size++;
    }

    long size() {
        return size;
    }

    Hash root() {
        @Nullable Hash root = null;
        for (var subtree : waiting) {
            if (subtree != null) {
                root = root == null ? subtree : Hash.ofNode(subtree, root);
            }
        }
        return root == null ? Hash.OF_NOTHING : root;
    }
}
