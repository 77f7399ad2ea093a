package holdfast.catalogue;

import java.time.ZoneId;
import java.util.List;

/**
 * An organisation that offers appointments.
 *
 * @param timeZone the zone its people think in; each branch has its own, which decides
 * @param languages those its texts are kept in, best first; never empty
 * @param defaultLanguage one of {@code languages}
 */
public record Tenant(
        TenantId id,
        String name,
        ZoneId timeZone,
        List<LanguageTag> languages,
        LanguageTag defaultLanguage,
        TenantSettings settings) {}
