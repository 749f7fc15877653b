package dev.playcall.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementCacheTest {
    @TempDir
    private Path folder;

    private HikariDataSource pool;
    private Transactions transactions;

    @BeforeEach
    void open() {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        transactions = new Transactions(pool, Dialect.SQLITE);
        transactions.run(h -> h.execute("create table fruit (id integer primary key, name text unique)"));
        transactions.run(h -> h.execute("insert into fruit (name) values ('apple'), ('pear'), ('plum')"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("fruit.db") + "?journal_mode=WAL";
    }

    @Test
    void aStatementIsPreparedOnceAndLentToOneAtATime() throws SQLException {
        var cache = new StatementCache();
        try (var connection = DriverManager.getConnection(url())) {
            var first = cache.borrow(connection, "select 1");
            var second = cache.borrow(connection, "select 1");
            assertThat(second).isNotSameAs(first);
            cache.giveBack(first);
            cache.giveBack(second);
            assertThat(second.isClosed()).isTrue();
            assertThat(cache.borrow(connection, "select 1")).isSameAs(first);
        }
        try (var connection = DriverManager.getConnection(url())) {
            var other = cache.borrow(connection, "select 1");
            assertThat(other.executeQuery().getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void whatIsUsedLastIsKeptLongest() throws SQLException {
        var cache = new StatementCache();
        try (var connection = DriverManager.getConnection(url())) {
            var often = cache.borrow(connection, "select 'often'");
            cache.giveBack(often);
            for (int i = 0; i < 1000; i++) {
                cache.giveBack(cache.borrow(connection, "select " + i));
                cache.giveBack(cache.borrow(connection, "select 'often'"));
            }
            assertThat(cache.borrow(connection, "select 'often'")).isSameAs(often);
        }
    }

    /** What is kept must not hold the state of the database that it has read: the log behind it would grow for ever. */
    @Test
    void aHalfReadResultHoldsNothing() throws SQLException {
        for (int i = 0; i < 3; i++) {
            transactions.run(h -> {
                assertThat(h.createQuery("select name from fruit order by name")
                                .mapTo(String.class)
                                .findFirst())
                        .contains("apple");
                assertThat(new PlainSql(h).text("select name from fruit order by name desc"))
                        .contains("plum");
                h.execute("update fruit set name = name");
            });
            try (var other = DriverManager.getConnection(url());
                    var rows = other.createStatement().executeQuery("pragma wal_checkpoint(truncate)")) {
                assertThat(rows.getInt("busy")).isZero();
            }
        }
    }

    @Test
    void afterAFaultTheSameStatementsWorkAgain() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> transactions.run(h -> h.createUpdate("insert into fruit (name) values (:name)")
                            .bind("name", "pear")
                            .execute()))
                    .isInstanceOf(UnableToExecuteStatementException.class);
            assertThatThrownBy(() -> transactions.run(
                            h -> new PlainSql(h).change("insert into fruit (name) values (?)", "plum")))
                    .isInstanceOf(UnableToExecuteStatementException.class);
            var name = "fig " + i;
            transactions.run(h -> {
                assertThat(h.createUpdate("insert into fruit (name) values (:name)")
                                .bind("name", name)
                                .execute())
                        .isEqualTo(1);
                assertThat(new PlainSql(h).change("insert into fruit (name) values (?)", name + "!"))
                        .isEqualTo(1);
            });
        }
        assertThat(transactions.<Long>in(h ->
                        new PlainSql(h).number("select count(*) from fruit").orElseThrow()))
                .isEqualTo(9);
    }
}
