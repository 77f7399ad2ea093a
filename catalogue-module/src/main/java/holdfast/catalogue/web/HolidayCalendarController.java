package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.HOLIDAY_CALENDARS;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.HolidayCalendar;
import holdfast.catalogue.IfMatch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Holiday calendars, one by one. */
@RestController
@RequestMapping("/admin/v1/holiday-calendars")
@Tag(name = "Catalogue, one by one")
class HolidayCalendarController {

    private final CatalogueChanges changes;

    HolidayCalendarController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllHolidayCalendars",
            summary = "All holiday calendars, in the order of the document")
    List<HolidayCalendar> list(Catalogue catalogue) {
        return HOLIDAY_CALENDARS.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readHolidayCalendar", summary = "One holiday calendar")
    @ReadsEntry
    ResponseEntity<HolidayCalendar> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(HOLIDAY_CALENDARS, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putHolidayCalendar", summary = "Add a holiday calendar or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody HolidayCalendar calendar,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, calendar.id().text(), "/id");
        return changes.put(HOLIDAY_CALENDARS, catalogue, calendar, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeHolidayCalendar",
            summary = "Remove a holiday calendar to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(HOLIDAY_CALENDARS, catalogue, id, ifMatch, dryRun);
    }
}
