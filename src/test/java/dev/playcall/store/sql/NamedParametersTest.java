package dev.playcall.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

class NamedParametersTest {
    private final Handle h = NamedParameters.over(source(), Dialect.SQLITE).open();

    @AfterEach
    void close() {
        h.close();
    }

    private static SQLiteDataSource source() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");
        return source;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 1",
                "select :a",
                ":a",
                "select :a, :b_1 from t where x=:a",
                "select 1 where ?=2 and 3 = ?",
                "select ':no', \":no\", :yes from t",
                "select 'it''s :no' || :yes",
                "select a -- :no ?\n, :yes",
                "select /* :no ? ' */ :yes",
                "select 1 -- :no",
                "select a::text, :yes",
                "select : from t",
                "select :a.b, :c+:d,(:e)",
                "select 1 - :a / :b",
                "where id in (:__ids_0,:__ids_1) and '' = :x"
            })
    void whatIsAParameterIsWhatJdbiSays(String sql) {
        var context = h.createUpdate(sql).getContext();
        var ours = h.getConfig(SqlStatements.class).getSqlParser().parse(sql, context);
        assertThat(ours).isEqualTo(new ColonPrefixSqlParser().parse(sql, context));
    }

    @Test
    void namesAndListsAreBound() {
        var found = h.createQuery("select n from (select 1 n union select 2 union select 3)"
                        + " where n in (<ids>) and n >= :least and ':x' <> :other")
                .bindList("ids", List.of(1, 2))
                .bindMap(Map.of("least", 2, "other", "y"))
                .mapTo(Integer.class)
                .list();
        assertThat(found).containsExactly(2);
    }

    @Test
    void aTextEndsAtItsQuoteWhateverIsBefore() {
        var found = h.createQuery("select 'a\\b' like 'a\\\\_' escape '\\' or :yes")
                .bind("yes", 1)
                .mapTo(Integer.class)
                .one();
        assertThat(found).isEqualTo(1);
    }
}
