package holdfast.staff.audit;

import holdfast.audit.past.Cause;
import holdfast.staff.Colleague;

import java.time.ZoneId;

/**
 * An event as a page names it.
 *
 * @param what in words
 * @param at in words, in a zone of the page's choice
 * @param href the page that shows it
 */
record Happening(long position, String what, String at, String href) {

    static Happening of(Cause cause, Colleague me, ZoneId zone, AuditWords words) {
        return new Happening(
                cause.position(),
                words.event(me, cause.name()),
                words.instant(me, cause.recordedAt(), zone),
                cause.name().startsWith("reservation.")
                        ? "%s/audit/reservations/%s#e%d"
                                .formatted(me.home(), cause.stream(), cause.position())
                        : "%s/audit/events/%d".formatted(me.home(), cause.position()));
    }
}
