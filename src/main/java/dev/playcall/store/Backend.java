package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.store.sql.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The database behind {@code store.url}: how it is opened, and what is asked of it as a whole. */
sealed interface Backend permits Sqlite, Postgres {

    /** @throws IllegalStateException with one line for the operator, where the URL cannot be used */
    static Backend of(String url) {
        return Postgres.isNamedBy(url) ? Postgres.of(url) : Sqlite.of(url);
    }

    Dialect dialect();

    /** The URL without what nobody may read. */
    String shown();

    /** Whether it can be used at all. The pool would hide a held lock, a broken file or a refusal behind a timeout of its own. */
    void probe() throws SQLException;

    /**
     * @param writer that of a gateway holds a lock, so that nobody is filling it now
     * @throws IllegalStateException with one line for the operator, where a copy into it was cut off
     */
    default void refuseUnfinished(HikariDataSource writer) throws SQLException {}

    /** One connection; whoever has it is the only one who writes. */
    HikariDataSource writer();

    /**
     * The same for a gateway; there is none while another gateway has the database alone.
     *
     * @param sharedAs what it is called among others that have the database together with it; empty when it has it alone
     */
    default HikariDataSource gatewayWriter(Optional<String> sharedAs) {
        return writer();
    }

    HikariDataSource readers();

    /** Where a gateway hears at once of what others on this database tell it; empty where there are no others. */
    default Optional<DataSource> notices() {
        return Optional.empty();
    }

    /** Which server it is, for people; empty for a file. */
    Optional<String> server(Jdbi readers);

    /** Brings it to the tables that this version knows. */
    void migrate(HikariDataSource writer) throws SQLException;

    /** How large it is; 0 where nobody can tell. */
    long bytes(Jdbi readers);

    /** Writes a copy into a new file. */
    void copy(Path to) throws SQLException;

    /** The cause in one line, and where something can be done about it, what. */
    String explain(Throwable fault);
}
