package holdfast.catalogue;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

import java.net.URI;

/**
 * A problem (RFC 9457) before it is told in a language: until then its title and detail are
 * English. Members that are phrases, or faults, are told in the language as well.
 */
public final class Problem extends ProblemDetail {

    private final transient Phrase detail;

    /**
     * @param name the type in kebab-case, without {@code /problems/}
     * @param title belongs to the type
     * @param detail belongs to this time; never class names, never personal data
     */
    public Problem(HttpStatusCode status, String name, String title, Phrase detail) {
        super(status.value());
        this.detail = detail;
        setType(URI.create("/problems/" + name));
        setTitle(title);
        setDetail(detail.toString());
    }

    /** The detail, in no language yet. */
    public Phrase detail() {
        return detail;
    }
}
