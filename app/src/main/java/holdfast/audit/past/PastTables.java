package holdfast.audit.past;

import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.followers.TableFollower;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import java.util.List;

/** Keeps what questions about the past are answered from. */
@Component
class PastTables implements TableFollower {

    static final String NAME = "past";

    private final LogMarks marks;
    private final CatalogueChanges catalogues;
    private final ClaimHistory claims;

    PastTables(JdbcTemplate sql, StoredPayloads payloads) {
        this.marks = new LogMarks(sql);
        this.catalogues = new CatalogueChanges(sql);
        this.claims = new ClaimHistory(sql, payloads);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("log_mark", "catalogue_change", "claim_history");
    }

    @Override
    public void follow(List<LoggedEvent> events) {
        marks.follow(events);
        catalogues.follow(events);
        claims.follow(events);
    }
}
