package holdfast.scheduling.web;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool.Resource;
import holdfast.scheduling.Audience;
import holdfast.scheduling.Candidate;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SchedulingRefusal;
import holdfast.scheduling.SchedulingRefusal.InQuery;
import holdfast.scheduling.SchedulingRefusal.RangeTooLong;
import holdfast.scheduling.SchedulingRefusal.RangeTurnedRound;
import holdfast.scheduling.ShownSlots;
import holdfast.scheduling.UnmetDemand;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;
import holdfast.scheduling.web.TimeslotController.ResourceView;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds what is to be answered to whoever asks for free times, of one service or of several. */
@Component
class SlotSearch implements ShownSlots {

    /** Local days that one call may ask for, both ends counted. */
    private static final int MOST_DAYS = 92;

    private final SlotAnswers answers;
    private final RuleBook rules;
    private final JsonMapper json;
    private final UnmetDemand unmet;

    SlotSearch(
            SlotAnswers answers,
            RuleBook rules,
            JsonMapper json,
            ObjectProvider<UnmetDemand> unmet) {
        this.answers = answers;
        this.rules = rules;
        this.json = json;
        this.unmet = unmet.getIfAvailable(() -> UnmetDemand.UNHEARD);
    }

    /**
     * @param wish equal for equal visits, since answers are kept by it
     * @param from local date of the branch, inclusive; null: the first bookable one
     * @param to local date of the branch, inclusive; null: the last bookable one
     * @throws Refused if there can be no such visit, or the dates are no range
     */
    SlotAnswer find(
            Catalogue catalogue, VisitWish wish, @Nullable LocalDate from, @Nullable LocalDate to) {
        var answer =
                answers.find(
                        catalogue,
                        wish,
                        from,
                        to,
                        (occupancy, now) -> {
                            mustBeARange(from, to);
                            var visit = inQuery(() -> rules.of(catalogue, wish, Audience.PUBLIC));
                            return answer(catalogue, visit, occupancy, now, from, to);
                        });
        if (answer.isEmpty()) {
            unmet.nothingFree(catalogue.tenant().id(), wish);
        }
        return answer;
    }

    @Override
    public VisitRules rules(Catalogue catalogue, VisitWish wish) {
        return inQuery(() -> VisitRules.of(catalogue, wish, Audience.PUBLIC));
    }

    @Override
    public byte[] shown(
            Catalogue catalogue,
            VisitRules visit,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        mustBeARange(from, to);
        return answer(catalogue, visit, occupancy, now, from, to).slots().json();
    }

    private SlotAnswer answer(
            Catalogue catalogue,
            VisitRules visit,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        var format = new SlotJson(visit.zone(), resources(catalogue, visit));
        return SlotAnswer.of(catalogue, visit, occupancy, now, from, to, format);
    }

    private static VisitRules inQuery(Supplier<VisitRules> compiled) {
        try {
            return compiled.get();
        } catch (Refused refused) {
            throw refused.reason() instanceof SchedulingRefusal reason
                    ? new Refused(new InQuery(reason))
                    : refused;
        }
    }

    private static void mustBeARange(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null || to == null) {
            return;
        }
        if (from.isAfter(to)) {
            throw new Refused(new RangeTurnedRound(from, to));
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new Refused(new RangeTooLong(from, to, MOST_DAYS));
        }
    }

    /** The named resources a customer may choose among, as JSON; empty where there is no choice. */
    private Map<ResourceId, byte[]> resources(Catalogue catalogue, VisitRules visit) {
        if (!visit.customerMayChoose()) {
            return Map.of();
        }
        return visit.candidates().stream()
                .map(Candidate::pool)
                .distinct()
                .flatMap(pool -> catalogue.pool(pool).stream())
                .flatMap(pool -> pool.resources().stream())
                .collect(Collectors.toMap(Resource::id, this::json));
    }

    private byte[] json(Resource resource) {
        return json.writeValueAsBytes(new ResourceView(resource.id().text(), resource.name()));
    }
}
