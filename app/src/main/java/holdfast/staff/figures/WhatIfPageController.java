package holdfast.staff.figures;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;
import holdfast.catalogue.Entries;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourcePool;
import holdfast.reports.WhatIf;
import holdfast.reports.WhatIfAnswer;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.Refusals;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** How many more visits would have found a place, had a pool had more places, or fewer. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/figures/what-if")
class WhatIfPageController extends StaffPage {

    private static final int MOST_PLACES = 1_000;

    private final WhatIf whatIf;
    private final Refusals refusals;
    private final MessageSource texts;
    private final Clock clock;

    WhatIfPageController(
            Colleagues colleagues,
            WhatIf whatIf,
            Refusals refusals,
            MessageSource texts,
            Clock clock) {
        super(colleagues);
        this.whatIf = whatIf;
        this.refusals = refusals;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * @param name of the branch and of the pool
     * @param places how many it has
     */
    record Choice(PoolId pool, String name, int places) {}

    /** A branch's hour in which something changes. */
    record Line(String branch, String hour, String demand, String now, String then, String more) {}

    /** Without a pool, the form alone. It changes nothing, so it is asked for, not sent. */
    @GetMapping
    String ask(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var filter = Filter.read(me, asked, clock);
        var wording = new Wording(texts, me.locale());
        var pool = pool(me, asked);
        var more = asked.read("more", Integer::valueOf);
        var wrong = new ArrayList<>(filter.wrong());
        if (pool != null && (more == null || more == 0 || Math.abs(more) > MOST_PLACES)) {
            wrong.add("more");
        } else if (pool != null && more != null && MorePlaces.left(pool, more) < 1) {
            wrong.add("few");
        }
        model.addAttribute("filter", filter);
        model.addAttribute("wrong", wrong);
        model.addAttribute("choices", choices(me));
        model.addAttribute("pool", pool == null ? null : pool.id());
        model.addAttribute("more", more == null ? 1 : more);
        if (!wrong.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        } else if (pool != null && more != null) {
            try {
                answer(me, filter, pool, more, wording, model);
            } catch (Refused refused) {
                var problem = refusals.problemOf(me, refused);
                response.setStatus(problem.getStatus());
                model.addAttribute("problem", problem);
            }
        }
        return "staff/figures/what-if";
    }

    /**
     * Null if none is asked for.
     *
     * @throws Refused if there is no such pool
     */
    private static @Nullable ResourcePool pool(Colleague me, Asked asked) {
        var id = asked.text("pool");
        return id.isEmpty()
                ? null
                : Entries.RESOURCE_POOLS
                        .find(me.catalogue().document(), id)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                new UnknownEntry(
                                                        Entries.RESOURCE_POOLS.kind(), id)));
    }

    private void answer(
            Colleague me,
            Filter filter,
            ResourcePool pool,
            int more,
            Wording wording,
            Model model) {
        var edit = MorePlaces.in(pool, more);
        var then = CataloguePreview.of(edit, me.catalogue()).after();
        var answer =
                whatIf.compare(me.catalogue(), then, filter.period().from(), filter.period().to());
        model.addAttribute("dates", wording.dates(filter.period()));
        model.addAttribute("demand", wording.number(answer.demand()));
        model.addAttribute("fitsNow", wording.number(answer.fitsNow()));
        model.addAttribute("fitsThen", wording.number(answer.fitsThen()));
        model.addAttribute("difference", signed(answer.fitsThen() - answer.fitsNow(), wording));
        model.addAttribute("lines", lines(me, answer, wording));
        model.addAttribute("chart", chart(answer, wording));
    }

    private static List<Line> lines(Colleague me, WhatIfAnswer answer, Wording wording) {
        return answer.rows().stream()
                .filter(row -> row.more() != 0)
                .map(
                        row ->
                                new Line(
                                        nameOf(me, row.branchId()),
                                        Wording.hour(row.hour()),
                                        wording.number(row.demand()),
                                        wording.number(row.fitsNow()),
                                        wording.number(row.fitsThen()),
                                        signed(row.more(), wording)))
                .toList();
    }

    private static ColumnChart chart(WhatIfAnswer answer, Wording wording) {
        var hours = new TreeMap<Integer, long[]>();
        for (var row : answer.rows()) {
            var sums = hours.computeIfAbsent(row.hour(), _ -> new long[3]);
            sums[0] += row.fitsThen();
            sums[1] += row.fitsNow();
            sums[2] += row.demand();
        }
        return ColumnChart.of(
                "fits",
                List.of("then", "fitsNow"),
                List.of("hour", "then", "fitsNow", "demand"),
                hours.entrySet().stream()
                        .map(
                                hour ->
                                        new ColumnChart.Value(
                                                Wording.hour(hour.getKey()),
                                                List.of(BigDecimal.valueOf(hour.getValue()[0])),
                                                List.of(BigDecimal.valueOf(hour.getValue()[1])),
                                                Arrays.stream(hour.getValue())
                                                        .mapToObj(wording::number)
                                                        .toList()))
                        .toList(),
                BigDecimal.ONE,
                wording::number);
    }

    private static String signed(long number, Wording wording) {
        return Wording.signed(BigDecimal.valueOf(number), wording.number(Math.abs(number)));
    }

    private static List<Choice> choices(Colleague me) {
        return me.catalogue().document().resourcePools().stream()
                .map(
                        pool ->
                                new Choice(
                                        pool.id(),
                                        nameOf(me, pool.branch()) + " – " + pool.name(),
                                        places(pool)))
                .sorted(Comparator.comparing(Choice::name))
                .toList();
    }

    private static int places(ResourcePool pool) {
        var capacity = pool.capacity();
        return capacity == null
                ? pool.resources().stream().mapToInt(ResourcePool.Resource::places).sum()
                : capacity;
    }

    /** The id, if it is not in the catalogue any more. */
    private static String nameOf(Colleague me, BranchId branch) {
        return me.catalogue()
                .branch(branch)
                .map(known -> me.text(known.name()))
                .orElse(branch.text());
    }
}
