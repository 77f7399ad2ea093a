package holdfast.scheduling;

import holdfast.catalogue.PoolId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pool that may serve a visit, and how it does.
 *
 * @param places one for a virtual pool; else the resources that may serve, lowest position first
 * @param units how many places a visit takes at once: of a virtual pool any, of named resources
 *     different ones
 * @param requested the index of the resource that must be among them; negative: any will do
 */
record Pool(
        PoolId id,
        boolean isVirtual,
        List<Places> places,
        int units,
        int requested,
        Closures closures) {

    /** Whether a visit takes several named resources side by side. */
    boolean takesSideBySide() {
        return !isVirtual && units > 1;
    }

    /** How many places there usually are of each. */
    int[] capacities() {
        return places.stream().mapToInt(each -> each.candidate().capacity()).toArray();
    }

    /**
     * How many more visits fit.
     *
     * @param free how many places are free of each of {@link #places}
     */
    int visits(int[] free) {
        if (!takesSideBySide()) {
            return Arrays.stream(free).sum() / units;
        }
        int visits = 0;
        while (fits(free, visits + 1)) {
            visits++;
        }
        return visits;
    }

    /**
     * Each resource serves a visit with one place at most, so of that many visits it can serve no
     * more than it has free; if that adds up, they can be dealt out.
     */
    private boolean fits(int[] free, int visits) {
        if (requested >= 0 && free[requested] < visits) {
            return false;
        }
        return Arrays.stream(free).mapToLong(places -> Math.min(places, visits)).sum()
                >= (long) visits * units;
    }

    /** Whether a visit that takes this resource finds the others it needs. */
    boolean mayChoose(int index, int[] free) {
        boolean mayBeThisOne = requested < 0 || requested == index;
        boolean others = Arrays.stream(free).filter(places -> places > 0).count() >= units;
        return mayBeThisOne && free[index] > 0 && others;
    }

    /**
     * What a visit takes: the requested resource, and of the others those with the least booked.
     *
     * @param there how many places there are of each during the visit
     * @param free so many that the visit fits
     * @param booked how much of the day each has booked
     */
    List<Claim> claims(int[] there, int[] free, long[] booked) {
        if (isVirtual) {
            return List.of(claim(0, units, there[0]));
        }
        var order =
                Comparator.<Integer>comparingInt(i -> i == requested ? 0 : 1)
                        .thenComparingLong(i -> booked[i]); // stable: position settles ties
        var claims = new ArrayList<Claim>();
        IntStream.range(0, free.length)
                .filter(i -> free[i] > 0)
                .boxed()
                .sorted(order)
                .limit(units)
                .forEach(i -> claims.add(claim(i, 1, there[i])));
        return claims;
    }

    private Claim claim(int index, int taken, int capacity) {
        var candidate = places.get(index).candidate();
        return new Claim(
                candidate.places(), candidate.pool(), candidate.resource(), taken, capacity);
    }
}
