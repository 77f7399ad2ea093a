package holdfast.seals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tree of RFC 9162, beside the leaves and roots that the tests of Certificate Transparency have
 * used since RFC 6962.
 */
class HashTreeTest {

    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void the_known_leaves_have_the_known_roots(int size, String root) {
        var leaves = known();
        assertThat(tree(leaves).root(size)).hasToString(root);

        var frontier = new Frontier();
        leaves.subList(0, size).forEach(frontier::add);
        assertThat(frontier.root()).hasToString(root);
    }

    @Test
    void the_known_ways_are_found() {
        var tree = tree(known());
        assertThat(tree.inclusion(0, 8))
                .containsExactly(
                        Hash.of("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
                        Hash.of("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                        Hash.of(
                                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
        assertThat(tree.consistency(1, 1)).isEmpty();
        assertThat(tree.consistency(2, 5))
                .containsExactly(
                        Hash.of("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                        Hash.of(
                                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
    }

    @Test
    void every_leaf_of_every_tree_is_proved_and_no_other_leaf_and_at_no_other_place() {
        var leaves = many(70);
        var tree = tree(leaves);
        for (int size = 1; size <= leaves.size(); size++) {
            var root = tree.root(size);
            for (int leaf = 0; leaf < size; leaf++) {
                var path = tree.inclusion(leaf, size);
                assertThat(Proof.includes(leaves.get(leaf), leaf, size, path, root)).isTrue();
                var other = leaves.get((leaf + 1) % leaves.size());
                assertThat(Proof.includes(other, leaf, size, path, root)).isFalse();
                if (size > 1) {
                    int place = (leaf + 1) % size;
                    assertThat(Proof.includes(leaves.get(leaf), place, size, path, root)).isFalse();
                }
            }
        }
    }

    @Test
    void every_beginning_is_proved_and_no_other_tree() {
        var leaves = many(70);
        var tree = tree(leaves);
        var changed = new ArrayList<>(leaves);
        changed.set(0, Hash.ofLeaf(new byte[] {42}));
        for (int later = 1; later <= leaves.size(); later++) {
            for (int former = 1; former <= later; former++) {
                var path = tree.consistency(former, later);
                var root = tree.root(later);
                assertThat(Proof.isConsistent(former, tree.root(former), later, root, path))
                        .isTrue();
                assertThat(
                                Proof.isConsistent(
                                        former, tree(changed).root(former), later, root, path))
                        .isFalse();
            }
        }
    }

    private static HashTree tree(List<Hash> leaves) {
        return new HashTree(
                new HashTree.Subtrees() {
                    @Override
                    public Hash subtree(int level, long index) {
                        return level == 0
                                ? leaves.get((int) index)
                                : Hash.ofNode(
                                        subtree(level - 1, 2 * index),
                                        subtree(level - 1, 2 * index + 1));
                    }
                });
    }

    private static List<Hash> known() {
        return LEAVES.stream().map(HexFormat.of()::parseHex).map(Hash::ofLeaf).toList();
    }

    private static List<Hash> many(int count) {
        return IntStream.range(0, count).mapToObj(n -> Hash.ofLeaf(new byte[] {(byte) n})).toList();
    }
}
