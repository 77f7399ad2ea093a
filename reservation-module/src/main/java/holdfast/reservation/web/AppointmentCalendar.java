package holdfast.reservation.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Service;
import holdfast.reservation.AppointmentFile;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;

import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.Daylight;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.Standard;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Geo;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.TzOffsetFrom;
import net.fortuna.ical4j.model.property.TzOffsetTo;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.function.Function;

/**
 * An appointment as a file for calendars (RFC 5545), without anything personal in it.
 *
 * <p>A calendar knows the event again by its {@code UID}, which is the appointment's id, and takes
 * a version over an older one by {@code SEQUENCE}, which is the number of the appointment's last
 * event. All that the file says comes from the log and the catalogue and nothing from the clock, so
 * the same state gives the same bytes.
 */
@Component
class AppointmentCalendar implements AppointmentFile {

    static final String MEDIA_TYPE = "text/calendar;charset=UTF-8";

    private static final String PRODUCT = "-//Holdfast//Holdfast//EN";

    /** What calendars write where an organiser must be named who has no address. */
    private static final URI NO_ADDRESS = URI.create("invalid:nomail");

    private static final LocalDateTime ALWAYS = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final ReservationViews views;
    private final EventStore log;

    AppointmentCalendar(ReservationViews views, EventStore log) {
        this.views = views;
        this.log = log;
    }

    /** The latest version: which one it is, and since when. */
    private record Version(int number, Instant since) {}

    @Override
    public byte[] of(Catalogue catalogue, LanguageTag language, String id) {
        // before the register is read: a file may be newer than its number says, never older
        var version = versionOf(views.idOf(id).toString());
        var entry = views.findAppointment(catalogue, id);
        var branch = catalogue.branch(entry.branch());
        var zone = branch.map(Branch::timeZone).orElse(catalogue.tenant().timeZone());
        var isCancelled = entry.status() == ReservationStatus.CANCELLED;

        var event = new VEvent(false);
        event.add(new Uid(id));
        event.add(new Sequence(version.number()));
        event.add(new DtStamp(version.since()));
        event.add(new LastModified(version.since()));
        event.add(new DtStart<>(written(entry.visit().start(), zone)));
        event.add(new DtEnd<>(written(entry.visit().end(), zone)));
        event.add(new Summary(said(catalogue, language, entry, Service::name, ", ")));
        var description = said(catalogue, language, entry, Service::description, "\n\n");
        if (!description.isEmpty()) {
            event.add(new Description(description));
        }
        branch.ifPresent(
                known -> {
                    event.add(new Location(location(catalogue, language, known)));
                    if (known.location() != null) {
                        event.add(
                                new Geo(
                                        BigDecimal.valueOf(known.location().latitude()),
                                        BigDecimal.valueOf(known.location().longitude())));
                    }
                });
        event.add(
                isCancelled ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        event.add(
                new Organizer(NO_ADDRESS)
                        .add(new Cn(catalogue.tenant().name().replace('"', '\''))));

        var calendar = new Calendar();
        calendar.add(new ProdId(PRODUCT));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(isCancelled ? ImmutableMethod.CANCEL : ImmutableMethod.PUBLISH);
        calendar.add(timeZone(zone, entry.visit().start()));
        calendar.add(event);
        return folded(calendar.toString());
    }

    private Version versionOf(String id) {
        var events = log.readEvents(id);
        var version = new Version(0, Instant.EPOCH);
        while (events.hasNext()) {
            var event = events.next();
            version = new Version(Math.toIntExact(event.getSequenceNumber()), event.getTimestamp());
        }
        return version;
    }

    /** What the catalogue says of the booked services, as far as it still has them. */
    private static String said(
            Catalogue catalogue,
            LanguageTag language,
            RegisterEntry entry,
            Function<Service, @Nullable LocalizedText> text,
            String between) {
        return entry.services().stream()
                .flatMap(booked -> catalogue.service(booked.service()).stream())
                .flatMap(service -> Optional.ofNullable(text.apply(service)).stream())
                .map(said -> said.in(language, catalogue.tenant().defaultLanguage()))
                .collect(joining(between));
    }

    private static String location(Catalogue catalogue, LanguageTag language, Branch branch) {
        var address = branch.address();
        return "%s, %s, %s %s, %s"
                .formatted(
                        branch.name().in(language, catalogue.tenant().defaultLanguage()),
                        address.streetName(),
                        address.zipCode(),
                        address.city(),
                        address.country());
    }

    // Of a wall time that comes twice, the second one can be written in UTC only.
    private static Temporal written(Instant instant, ZoneId zone) {
        var local = instant.atZone(zone);
        return local.withEarlierOffsetAtOverlap().equals(local) ? local : instant;
    }

    /** The offset that is in force at the instant, and the one after it, if there is another. */
    private static VTimeZone timeZone(ZoneId zone, Instant at) {
        var described = new VTimeZone();
        described.add(new TzId(zone.getId()));
        var rules = zone.getRules();
        var since = rules.previousTransition(at.plusNanos(1));
        if (since == null) {
            described.add(observance(zone, ALWAYS, rules.getOffset(at), rules.getOffset(at), at));
        } else {
            described.add(observance(zone, since));
        }
        var next = rules.nextTransition(at);
        if (next != null) {
            described.add(observance(zone, next));
        }
        return described;
    }

    private static Observance observance(ZoneId zone, ZoneOffsetTransition change) {
        return observance(
                zone,
                change.getDateTimeBefore(),
                change.getOffsetBefore(),
                change.getOffsetAfter(),
                change.getInstant());
    }

    private static Observance observance(
            ZoneId zone, LocalDateTime since, ZoneOffset from, ZoneOffset to, Instant at) {
        var observance = zone.getRules().isDaylightSavings(at) ? new Daylight() : new Standard();
        observance.add(new DtStart<>(since));
        observance.add(new TzOffsetFrom(from));
        observance.add(new TzOffsetTo(to));
        return observance;
    }

    /** In lines of at most 75 octets, as RFC 5545 has it; no character is torn apart. */
    static byte[] folded(String text) {
        var folded = new StringBuilder(text.length() + 100);
        int octets = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int length = Character.toString(character).getBytes(UTF_8).length;
            if (character == '\r' || character == '\n') {
                octets = 0;
            } else if (octets + length > 75) {
                folded.append("\r\n ");
                octets = 1 + length;
            } else {
                octets += length;
            }
            folded.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return folded.toString().getBytes(UTF_8);
    }
}
