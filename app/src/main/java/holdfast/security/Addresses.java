package holdfast.security;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Which addresses calls have. Asked only for what is refused. */
final class Addresses {

    private final ObjectProvider<HandlerMapping> mappings;

    Addresses(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Whether no call has the address of the request, whatever its method. */
    boolean isNone(HttpServletRequest request) {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        return mappings.stream()
                .filter(AbstractHandlerMethodMapping.class::isInstance)
                .noneMatch(mapping -> has(mapping, request));
    }

    private static boolean has(HandlerMapping mapping, HttpServletRequest request) {
        try {
            return mapping.getHandler(request) != null;
        } catch (Exception anotherMethodOrMediaType) {
            return true;
        }
    }
}
