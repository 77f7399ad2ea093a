package holdfast.scheduling;

/** How many more visits fit at each start of a date, while it is added up. */
final class Room {

    private final int[] visits;

    /** By how much a start has more room than the one before it; added up only in the end. */
    private final int[] rise;

    Room(int starts) {
        visits = new int[starts];
        rise = new int[starts + 1];
    }

    void add(int start, int more) {
        visits[start] += more;
    }

    /** One more at each start of a run, however long, at the same cost. */
    void addOneEach(int from, int to) {
        rise[from]++;
        rise[to]--;
    }

    int[] visits() {
        int risen = 0;
        for (int s = 0; s < visits.length; s++) {
            risen += rise[s];
            rise[s] = 0;
            visits[s] += risen;
        }
        return visits;
    }
}
