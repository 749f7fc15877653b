package dev.playcall.store.security;

import dev.playcall.domain.name.Person;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.TokenStore;
import dev.playcall.store.sql.RunRowMapper;
import dev.playcall.store.sql.TextList;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** API tokens in the database. */
final class SqlTokens implements TokenStore {
    private final Transactions transactions;
    private final Jdbi reading;

    SqlTokens(Transactions transactions, Jdbi reading) {
        this.transactions = transactions;
        this.reading = reading;
    }

    @Override
    public boolean add(ApiToken token, String hash) {
        return transactions.in(h -> h.createUpdate("""
            insert into api_token (name, hash, owner, scopes, created, expires)
            values (:name, :hash, :owner, :scopes, :created, :expires) on conflict do nothing\
            """)
                        .bind("name", token.name())
                        .bind("hash", hash)
                        .bind("owner", token.owner().value())
                        .bind("scopes", TextList.write(List.copyOf(token.scopes())))
                        .bind("created", token.created().toEpochMilli())
                        .bind("expires", token.expires().toEpochMilli())
                        .execute())
                == 1;
    }

    @Override
    public Optional<ApiToken> find(String hash) {
        return reading.withHandle(h -> h.createQuery("select * from api_token where hash = :hash and revoked is null")
                .bind("hash", hash)
                .map((r, _) -> token(r))
                .findOne());
    }

    @Override
    public List<ApiToken> list() {
        return reading.withHandle(h -> h.createQuery("select * from api_token where revoked is null order by name")
                .map((r, _) -> token(r))
                .list());
    }

    @Override
    public List<Person> owners(String name) {
        return reading.withHandle(h -> h.createQuery("select distinct owner from api_token where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .map(Person::new)
                .list());
    }

    @Override
    public boolean revoke(String name, Instant at) {
        return transactions.in(
                        h -> h.createUpdate("update api_token set revoked = :at where name = :name and revoked is null")
                                .bind("at", at.toEpochMilli())
                                .bind("name", name)
                                .execute())
                == 1;
    }

    @Override
    public void used(String name, Instant at) {
        transactions.run(h -> h.createUpdate("update api_token set used = :at where name = :name and revoked is null")
                .bind("at", at.toEpochMilli())
                .bind("name", name)
                .execute());
    }

    private static ApiToken token(ResultSet r) throws SQLException {
        return new ApiToken(
                r.getString("name"),
                new Person(r.getString("owner")),
                Set.copyOf(TextList.read(r.getString("scopes"))),
                Instant.ofEpochMilli(r.getLong("created")),
                Instant.ofEpochMilli(r.getLong("expires")),
                RunRowMapper.instant(r, "used"));
    }
}
