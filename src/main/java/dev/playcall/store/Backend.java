package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.store.sql.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;

/** The database behind {@code store.url}: how it is opened, and what is asked of it as a whole. */
sealed interface Backend permits Sqlite, Postgres {

    Dialect dialect();

    /** The URL without what nobody may read. */
    String shown();

    /** Whether it can be used at all. The pool would hide a held lock, a broken file or a refusal behind a timeout of its own. */
    void probe() throws SQLException;

    /** One connection; whoever has it is the only one who writes. */
    HikariDataSource writer();

    HikariDataSource readers();

    /** Brings it to the tables that this version knows. */
    void migrate(HikariDataSource writer) throws SQLException;

    /** How large it is; 0 where nobody can tell. */
    long bytes(Jdbi readers);

    /** Writes a copy into a new file. */
    void copy(Path to) throws SQLException;

    /** The cause in one line, and where something can be done about it, what. */
    String explain(Throwable fault);
}
