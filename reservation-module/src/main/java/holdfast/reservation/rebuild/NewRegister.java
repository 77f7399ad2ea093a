package holdfast.reservation.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** Writes rows of the new register. */
final class NewRegister {

    static final NewTable TABLE = new NewTable("reservation");

    private final CopyRows rows;

    NewRegister(Connection connection) throws SQLException {
        rows =
                new CopyRows(
                        connection,
                        TABLE.name()
                                + """
                                 (reservation, tenant, branch, status, starts_at, ends_at, expires_at,
                                services, claims, chosen_by, notes, customer, details)\
                                """);
    }

    void add(Life life) throws SQLException {
        rows.row(13)
                .uuid(life.reservation())
                .text(life.tenant())
                .text(life.branch())
                .text(Objects.requireNonNull(life.status()).name())
                .instant(life.visit().from())
                .instant(life.visit().to())
                .instant(life.expiresAt())
                .json(life.services())
                .json(life.claims())
                .text(life.chosenBy())
                .json(life.notes())
                .uuid(life.customer())
                .json(life.details());
    }

    long finish() throws SQLException {
        return rows.finish();
    }
}
