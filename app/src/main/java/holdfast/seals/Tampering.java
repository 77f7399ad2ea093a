package holdfast.seals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Says where a sequence of events differs from the leaves that were sealed: which were changed,
 * dropped, added, or stand in another place.
 */
final class Tampering {

    /** So many are spelled out. */
    private static final int NAMED = 100;

    private final List<Hash> met = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    /**
     * @param position what the event says is its number in the log; below 0 if it says none
     */
    void met(Hash leaf, long position) {
        met.add(leaf);
        positions.add(position);
    }

    long count() {
        return met.size();
    }

    Hash root() {
        var frontier = new Frontier();
        met.forEach(frontier::add);
        return frontier.root();
    }

    /**
     * @param sealed the leaves, in order, as the signed root vouches for them
     * @return empty if the events are just these
     */
    List<String> against(List<Hash> sealed) {
        if (met.equals(sealed)) {
            return List.of();
        }
        Map<Hash, Integer> places = new HashMap<>();
        for (int place = 0; place < sealed.size(); place++) {
            places.put(sealed.get(place), place);
        }
        var seen = new HashSet<>(met);
        var findings = new ArrayList<String>();
        int expected = 0;
        for (int n = 0; n < met.size(); n++) {
            var place = places.get(met.get(n));
            if (place != null && place == expected) {
                expected++;
            } else if (place == null) {
                boolean takesThePlaceOfOne =
                        expected < sealed.size() && !seen.contains(sealed.get(expected));
                findings.add(
                        takesThePlaceOfOne
                                ? "event %s was changed".formatted(at(n, expected))
                                : "event %s was added".formatted(at(n, expected)));
                if (takesThePlaceOfOne) {
                    expected++;
                }
            } else if (place > expected) {
                for (; expected < place; expected++) {
                    if (!seen.contains(sealed.get(expected))) {
                        findings.add("event %d of the log was dropped".formatted(expected + 1));
                    }
                }
                expected++;
            } else {
                findings.add("event %s stands in another place or twice".formatted(at(n, place)));
            }
        }
        for (; expected < sealed.size(); expected++) {
            if (!seen.contains(sealed.get(expected))) {
                findings.add("event %d of the log was dropped".formatted(expected + 1));
            }
        }
        if (findings.isEmpty()) {
            findings.add("the events stand in another order");
        }
        return findings.size() <= NAMED ? findings : shortened(findings);
    }

    private static List<String> shortened(List<String> findings) {
        var named = new ArrayList<>(findings.subList(0, NAMED));
        named.add("and %,d more".formatted(findings.size() - NAMED));
        return named;
    }

    private String at(int n, int place) {
        long position = positions.get(n);
        return position < 0
                ? "%d of the log".formatted(place + 1)
                : "%d of the log (position %d)".formatted(place + 1, position);
    }
}
