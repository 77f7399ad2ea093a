package holdfast.seals;

import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a hash tree (RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1), put together
 * from the hashes of whole subtrees.
 */
final class HashTree {

    /** Where the hashes of whole subtrees come from. */
    interface Subtrees {

        /**
         * @param level 0 for a leaf; the subtree has 2^level leaves
         * @param index of the subtree among those of its level, from 0
         */
        Hash subtree(int level, long index);
    }

    private final Subtrees subtrees;

    HashTree(Subtrees subtrees) {
        this.subtrees = subtrees;
    }

    /** Of the first so many leaves. */
    Hash root(long size) {
        return size == 0 ? Hash.OF_NOTHING : root(0, size);
    }

    /**
     * The way from a leaf to the root, from below.
     *
     * @param leaf from 0, below {@code size}
     */
    List<Hash> inclusion(long leaf, long size) {
        var path = new ArrayList<Hash>();
        addInclusion(leaf, 0, size, path);
        return path;
    }

    /**
     * What shows that the tree of the first {@code former} leaves is a beginning of the later one.
     *
     * @param former at least 1, at most {@code later}
     */
    List<Hash> consistency(long former, long later) {
        var path = new ArrayList<Hash>();
        addConsistency(former, 0, later, true, path);
        return path;
    }

    private Hash root(long start, long size) {
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return subtrees.subtree(level, start >>> level);
        }
        long left = Long.highestOneBit(size);
        return Hash.ofNode(root(start, left), root(start + left, size - left));
    }

    private void addInclusion(long leaf, long start, long size, List<Hash> path) {
        if (size == 1) {
            return;
        }
        long left = Long.highestOneBit(size - 1);
        if (leaf < left) {
            addInclusion(leaf, start, left, path);
            path.add(root(start + left, size - left));
        } else {
            addInclusion(leaf - left, start + left, size - left, path);
            path.add(root(start, left));
        }
    }

    private void addConsistency(
            long former, long start, long size, boolean isWhole, List<Hash> path) {
        if (former == size) {
            if (!isWhole) {
                path.add(root(start, size));
            }
            return;
        }
        long left = Long.highestOneBit(size - 1);
        if (former <= left) {
            addConsistency(former, start, left, isWhole, path);
            path.add(root(start + left, size - left));
        } else {
            addConsistency(former - left, start + left, size - left, false, path);
            path.add(root(start, left));
        }
    }
}
