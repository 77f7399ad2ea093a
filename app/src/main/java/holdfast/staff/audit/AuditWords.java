package holdfast.staff.audit;

import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.staff.Colleague;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Objects;

/** How events, moments and whoever acted are told to people. */
@Component
class AuditWords {

    private static final String KEYS = "staff.audit.";

    private final MessageSource texts;

    AuditWords(MessageSource texts) {
        this.texts = texts;
    }

    String text(Colleague me, String key, Object... values) {
        return texts.getMessage(KEYS + key, values, me.locale());
    }

    /**
     * @param name as it is stored; one that has no words is shown as it is
     */
    String event(Colleague me, String name) {
        return Objects.requireNonNull(
                texts.getMessage(KEYS + "event." + name, null, name, me.locale()));
    }

    /**
     * @param actor as the log names it; null if nobody asked
     */
    String actor(Colleague me, @Nullable String actor) {
        if (actor == null || actor.equals("system")) {
            return text(me, "actor.system");
        }
        if (actor.equals("anonymous")) {
            return text(me, "actor.anonymous");
        }
        return actor.startsWith("member:")
                ? text(me, "actor.member", actor.substring("member:".length()))
                : text(me, "actor.client", actor);
    }

    /** To the second, with the zone. */
    String instant(Colleague me, Instant instant, ZoneId zone) {
        return "%s %s"
                .formatted(
                        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                                .withLocale(me.locale())
                                .format(instant.atZone(zone)),
                        DateTimeFormatter.ofPattern("zzz", me.locale())
                                .format(instant.atZone(zone)));
    }

    /** The service's name of today, or its id. */
    String service(Colleague me, ServiceId id) {
        return me.catalogue().service(id).map(Service::name).map(me::text).orElse(id.text());
    }
}
