package holdfast.seals;

import java.util.List;

/** Checks proofs of a hash tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2). */
public final class Proof {

    private Proof() {}

    /** Whether this leaf stands at this place of the tree with this root. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.ofNode(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.ofNode(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
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
