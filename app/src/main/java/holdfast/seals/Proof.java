package holdfast.seals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks proofs of a hash tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2). */
public final class Proof {

    private Proof() {}

    /**
     * A step on the way from a leaf to the root.
     *
     * @param isLeft whether the sibling stands to the left
     * @param result the hash of the two
     */
    public record Step(Hash sibling, boolean isLeft, Hash result) {}

    /** Whether this leaf stands at this place of the tree with this root. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        return steps(leaf, index, size, path)
                .map(steps -> steps.isEmpty() ? leaf : steps.getLast().result())
                .filter(root::equals)
                .isPresent();
    }

    /** The way up from the leaf at this place; empty if the path is not as long as that. */
    public static Optional<List<Step>> steps(Hash leaf, long index, long size, List<Hash> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        long node = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            boolean isLeft = (node & 1) == 1 || node == last;
            hash = isLeft ? Hash.ofNode(sibling, hash) : Hash.ofNode(hash, sibling);
            steps.add(new Step(sibling, isLeft, hash));
            while (isLeft && (node & 1) == 0 && node != 0) {
                node >>>= 1;
                last >>>= 1;
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? Optional.of(steps) : Optional.empty();
    }

    /** Whether the tree with the former root is a beginning of the one with the later root. */
    public static boolean isConsistent(
            long former, Hash formerRoot, long later, Hash laterRoot, List<Hash> path) {
        if (former < 1 || former > later) {
            return false;
        }
        if (former == later) {
            return path.isEmpty() && formerRoot.equals(laterRoot);
        }
        boolean isWhole = Long.bitCount(former) == 1;
        if (path.isEmpty() && !isWhole) {
            return false;
        }
        long node = former - 1;
        long last = later - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        int next = 0;
        var first = isWhole ? formerRoot : path.get(next++);
        var old = first;
        var fresh = first;
        for (; next < path.size(); next++) {
            var sibling = path.get(next);
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = Hash.ofNode(sibling, old);
                fresh = Hash.ofNode(sibling, fresh);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                fresh = Hash.ofNode(fresh, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && old.equals(formerRoot) && fresh.equals(laterRoot);
    }
}
