package holdfast.staff.figures;

import holdfast.reports.Figures;
import holdfast.reports.Grouping;
import holdfast.reports.Report;
import holdfast.reports.Reports;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

import java.time.Clock;
import java.util.Objects;

/** How full it was and how many came, for a period that is chosen. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/figures")
class FiguresController extends StaffPage {

    private final Counting counting;
    private final Reports reports;
    private final MessageSource texts;
    private final Clock clock;

    FiguresController(
            Colleagues colleagues,
            Counting counting,
            Reports reports,
            MessageSource texts,
            Clock clock) {
        super(colleagues);
        this.counting = counting;
        this.reports = reports;
        this.texts = texts;
        this.clock = clock;
    }

    /** A long period comes without its figures, and the page then asks for them. */
    @GetMapping
    String figures(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var filter = Filter.read(me, asked, clock);
        if (!filter.wrong().isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        var wording = new Wording(texts, me.locale());
        model.addAttribute("filter", filter);
        model.addAttribute("recents", Period.Recent.values());
        model.addAttribute("dates", wording.dates(filter.period()));
        model.addAttribute("datesBefore", wording.dates(filter.period().before()));
        var isWanted = !filter.period().isLong() || asked.text("count").equals("now");
        var counted = isWanted ? counting.of(me, filter) : counting.kept(me, filter);
        if (counted != null) {
            model.addAttribute("sheet", Sheet.of(counted, filter.period(), wording));
            model.addAttribute(
                    "at", me.time(counted.at().atZone(me.catalogue().tenant().timeZone())));
        }
        return "staff/figures/figures";
    }

    /** What a chart is drawn from, as the report says it. */
    @GetMapping(path = "/{report}.csv", produces = "text/csv")
    @ResponseBody
    Figures csv(
            Colleague me,
            @PathVariable String report,
            HttpServletRequest request,
            HttpServletResponse response) {
        var asked = new Asked(request);
        var filter = Filter.read(me, asked, clock);
        var grouping =
                Objects.requireNonNullElse(asked.read("groupBy", Grouping::of), Grouping.DAY);
        var counted =
                Report.find(report)
                        .filter(found -> found.canBeGroupedBy(grouping))
                        .filter(_ -> filter.wrong().isEmpty())
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s_%s_%s.csv\""
                        .formatted(report, filter.period().from(), filter.period().to()));
        return reports.count(counted, filter.question(me, filter.period(), grouping), null);
    }
}
