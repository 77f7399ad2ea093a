package holdfast.projections;

import holdfast.catalogue.Refuses;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.List;

/** What operators see of projections, and do with them. */
@RestController
@RequestMapping("/admin/v1/projections")
@Tag(name = "Projections")
class ProjectionController {

    private final Projections projections;
    private final Replays replays;

    ProjectionController(Projections projections, Replays replays) {
        this.projections = projections;
        this.replays = replays;
    }

    @GetMapping
    @Operation(
            operationId = "listProjections",
            summary = "What is made from the log, and how far behind it is",
            description = "Of all tenants. Those in memory are the answering node's.")
    List<Projection> list() {
        return projections.all();
    }

    @PostMapping("/{name}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "beginReplay",
            summary = "Make a projection anew from the first event on",
            description =
                    "The living one serves meanwhile. Once the new one has caught up they are"
                            + " compared, and rows that are not as the log says are replaced. If"
                            + " one is running, it goes on.")
    @Refuses({"projection-unknown", "projection-in-memory"})
    ResponseEntity<Replay> begin(@PathVariable String name) {
        var replay = replays.begin(name);
        return ResponseEntity.accepted()
                .location(URI.create("/admin/v1/projections/" + name + "/replay"))
                .body(replay);
    }

    @GetMapping("/{name}/replay")
    @Operation(
            operationId = "getReplay",
            summary = "How far a replay is, or what became of the last one")
    @Refuses({"projection-unknown", "replay-unknown"})
    Replay get(@PathVariable String name) {
        return replays.find(name);
    }

    @DeleteMapping("/{name}/replay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "cancelReplay",
            summary = "Call a replay off",
            description = "The living projection stays as it is. One that has ended stays ended.")
    @Refuses({"projection-unknown", "replay-unknown"})
    void cancel(@PathVariable String name) {
        replays.cancel(name);
    }
}
