package holdfast.staff;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Closure;
import holdfast.scheduling.Claim;
import holdfast.scheduling.PlacesId;
import holdfast.staff.DeskDay.Cell;
import holdfast.staff.DeskDay.Column;
import holdfast.staff.DeskDay.Scale;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One thing that can be taken, and what takes it: visits that overlap stand in lanes of their own.
 */
final class DayColumn {

    private final String name;
    private final String pool;
    private final List<Closure> closures;
    private final Scale scale;
    private final List<List<DeskAppointment>> lanes = new ArrayList<>();

    private DayColumn(
            String name,
            String pool,
            List<Closure> closures,
            Scale scale,
            List<DeskAppointment> visits) {
        this.name = name;
        this.pool = pool;
        this.closures = closures;
        this.scale = scale;
        visits.forEach(this::put);
        if (lanes.isEmpty()) {
            lanes.add(new ArrayList<>());
        }
    }

    /**
     * The branch's, in the order of the catalogue; last, if need be, what is not there any more.
     */
    static List<DayColumn> allOf(
            Catalogue catalogue, Branch branch, Scale scale, List<DeskAppointment> visits) {
        var columns = new ArrayList<DayColumn>();
        var known = new HashSet<PlacesId>();
        for (var pool : catalogue.document().resourcePools()) {
            if (!pool.branch().equals(branch.id())) {
                continue;
            }
            var closed = both(branch.closures(), pool.closures());
            if (pool.isVirtual()) {
                var places = PlacesId.of(pool.id());
                known.add(places);
                columns.add(
                        new DayColumn(pool.name(), "", closed, scale, in(Set.of(places), visits)));
            }
            for (var resource : pool.resources()) {
                var places = PlacesId.of(resource.id());
                known.add(places);
                columns.add(
                        new DayColumn(
                                resource.name(),
                                pool.name(),
                                both(closed, resource.closures()),
                                scale,
                                in(Set.of(places), visits)));
            }
        }
        var homeless =
                visits.stream()
                        .filter(
                                visit ->
                                        visit.claims().stream()
                                                .noneMatch(c -> known.contains(c.places())))
                        .toList();
        if (!homeless.isEmpty()) {
            columns.add(new DayColumn("…", "", branch.closures(), scale, homeless));
        }
        return columns;
    }

    private static List<Closure> both(List<Closure> some, List<Closure> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<DeskAppointment> in(Set<PlacesId> places, List<DeskAppointment> visits) {
        return visits.stream()
                .filter(
                        visit ->
                                visit.claims().stream()
                                        .map(Claim::places)
                                        .anyMatch(places::contains))
                .toList();
    }

    /** Visits come soonest first, so the first lane whose last one is over has room. */
    private void put(DeskAppointment visit) {
        for (var lane : lanes) {
            if (!visit.start().isBefore(lane.getLast().end())) {
                lane.add(visit);
                return;
            }
        }
        lanes.add(new ArrayList<>(List.of(visit)));
    }

    Column header() {
        return new Column(name, pool, lanes.size());
    }

    /** The cells that begin in the row, lane by lane. */
    List<Cell> cellsIn(int row) {
        var cells = new ArrayList<Cell>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            var visits = lanes.get(lane);
            boolean edge = lane == lanes.size() - 1;
            var visit = visitIn(visits, row);
            if (visit == null) {
                if (beginsEmpty(visits, row)) {
                    cells.add(new Cell(null, emptyRows(visits, row), edge, closed(row)));
                }
            } else if (firstRow(visit) == row) {
                cells.add(new Cell(visit, lastRow(visit) - row, edge, null));
            }
        }
        return cells;
    }

    private int firstRow(DeskAppointment visit) {
        return scale.rowOf(visit.start());
    }

    /** Exclusive. Even the shortest visit has a row. */
    private int lastRow(DeskAppointment visit) {
        return Math.max(firstRow(visit) + 1, scale.rowOf(visit.end()));
    }

    private @Nullable DeskAppointment visitIn(List<DeskAppointment> lane, int row) {
        return lane.stream()
                .filter(visit -> firstRow(visit) <= row && row < lastRow(visit))
                .findFirst()
                .orElse(null);
    }

    /**
     * A free stretch is cut at each full hour, after a visit, and where a closure begins or ends.
     */
    private boolean beginsEmpty(List<DeskAppointment> lane, int row) {
        return row % scale.rowsOfHour() == 0
                || visitIn(lane, row - 1) != null
                || !Objects.equals(closed(row - 1), closed(row));
    }

    private int emptyRows(List<DeskAppointment> lane, int row) {
        int next = row + 1;
        while (next < scale.rows() && visitIn(lane, next) == null && !beginsEmpty(lane, next)) {
            next++;
        }
        return next - row;
    }

    private @Nullable String closed(int row) {
        var start = scale.timeOf(row).toOffsetDateTime();
        var end = scale.timeOf(row + 1).toOffsetDateTime();
        return closures.stream()
                .filter(closure -> closure.from().isBefore(end) && closure.to().isAfter(start))
                .map(Closure::reason)
                .findFirst()
                .orElse(null);
    }
}
