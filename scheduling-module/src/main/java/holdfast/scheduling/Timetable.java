package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * At which times a visit may start, whoever is there: windows, grid, closures and service hours.
 *
 * @param length of a visit, in seconds
 * @param interval between two steps of the grid, in seconds
 */
record Timetable(
        OpeningWindows opening,
        Closures closures,
        List<OfferedService> services,
        long length,
        long interval) {

    /** The starts of the date, ascending: those that {@link #obstacles} has nothing against. */
    long[] starts(LocalDate date) {
        var day = opening.clock().day(date);
        var pieces = services.stream().map(service -> service.hours().reaching(date)).toList();
        return opening.reaching(date).stream()
                .flatMapToLong(this::grid)
                .filter(start -> day.contains(start) && isServed(visit(start), pieces))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The steps of a window that leave room for a visit. */
    private LongStream grid(Span window) {
        return LongStream.iterate(
                window.from(), start -> window.contains(visit(start)), start -> start + interval);
    }

    private boolean isServed(Span visit, List<List<Span>> piecesOfServices) {
        if (closures.meet(visit)) {
            return false;
        }
        for (int i = 0; i < services.size(); i++) {
            var service = services.get(i);
            if (service.closures().meet(visit)
                    || !service.hours().contain(visit, piecesOfServices.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Span visit(long start) {
        return new Span(start, start + length);
    }

    /** All that is said against a start on this date. */
    List<Obstacle> obstacles(LocalDate date, Instant start) {
        var visit = Span.of(start, start.plusSeconds(length));
        var obstacles = new ArrayList<Obstacle>(obstaclesOfWindows(date, start, visit));
        closures.meeting(visit)
                .forEach(closure -> obstacles.add(new Obstacle.BranchClosed(closure)));
        for (var service : services) {
            service.closures()
                    .meeting(visit)
                    .forEach(
                            closure ->
                                    obstacles.add(
                                            new Obstacle.ServiceClosed(service.id(), closure)));
            if (!service.hours().contain(visit, service.hours().reaching(date))) {
                obstacles.add(new Obstacle.OutsideServiceHours(service.id()));
            }
        }
        return obstacles;
    }

    private List<Obstacle> obstaclesOfWindows(LocalDate date, Instant start, Span visit) {
        var around =
                opening.reaching(date).stream()
                        .filter(window -> window.contains(visit.from()))
                        .toList();
        if (around.isEmpty()) {
            return opening.whyClosed(date, visit.from());
        }
        var obstacles = new ArrayList<Obstacle>();
        var roomy = around.stream().filter(window -> window.contains(visit)).toList();
        if (roomy.isEmpty()) {
            long end = around.stream().mapToLong(Span::to).max().orElseThrow();
            obstacles.add(new Obstacle.DoesNotFit(Instant.ofEpochSecond(end)));
        }
        var windows = roomy.isEmpty() ? around : roomy;
        if (start.getNano() > 0 || windows.stream().noneMatch(w -> isOnGrid(w, visit.from()))) {
            obstacles.add(offGrid(windows, start));
        }
        return obstacles;
    }

    private boolean isOnGrid(Span window, long second) {
        return (second - window.from()) % interval == 0;
    }

    private Obstacle offGrid(List<Span> windows, Instant start) {
        @Nullable Instant before = null;
        @Nullable Instant after = null;
        for (var window : windows) {
            long steps = Math.floorDiv(start.getEpochSecond() - window.from(), interval);
            long last = Math.floorDiv(window.to() - length - window.from(), interval);
            if (last < 0) {
                continue; // no visit fits at all
            }
            var earlier = Instant.ofEpochSecond(window.from() + Math.min(steps, last) * interval);
            if (before == null || earlier.isAfter(before)) {
                before = earlier;
            }
            if (steps + 1 <= last) {
                var later = Instant.ofEpochSecond(window.from() + (steps + 1) * interval);
                if (after == null || later.isBefore(after)) {
                    after = later;
                }
            }
        }
        return new Obstacle.OffGrid(before, after);
    }
}
