package holdfast.staff;

import holdfast.catalogue.Catalogue;
import holdfast.scheduling.Audience;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.VisitWish;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** Which times are free for a visit on a day, as the desk or as anybody may book them. */
@Component
class FreeTimes {

    private final RuleBook rules;
    private final SlotAvailability availability;
    private final Clock clock;

    FreeTimes(RuleBook rules, SlotAvailability availability, Clock clock) {
        this.rules = rules;
        this.availability = availability;
        this.clock = clock;
    }

    /**
     * Soonest first.
     *
     * @throws holdfast.catalogue.Refused if there can be no such visit
     */
    List<FreeSlot> on(Catalogue catalogue, VisitWish wish, LocalDate date, Audience audience) {
        return SlotEngine.freeSlots(
                rules.of(catalogue, wish, audience),
                availability.occupancy(catalogue.tenant().id()),
                clock.instant(),
                date,
                date);
    }
}
