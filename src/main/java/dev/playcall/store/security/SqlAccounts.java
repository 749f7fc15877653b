package dev.playcall.store.security;

import dev.playcall.security.identity.Account;
import dev.playcall.security.identity.AccountStore;
import dev.playcall.security.identity.Sessions.Session;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Accounts and sessions in SQL. */
final class SqlAccounts implements AccountStore {
    private static final String INSERT =
            "insert into account (name, password, admin, created) select :name, :password, :admin, :created";
    private static final String SESSIONS = """
        select s.opened, s.seen, s.expires, s.address, a.name, a.admin, a.created
        from web_session s join account a on a.name = s.account
        """;

    private final Transactions transactions;
    private final Jdbi reading;

    SqlAccounts(Transactions transactions, Jdbi reading) {
        this.transactions = transactions;
        this.reading = reading;
    }

    @Override
    public boolean isUsed() {
        return reading.withHandle(h -> h.createQuery("select exists (select 1 from account)")
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public boolean addFirst(Account account, String password) {
        return insert(account, password, " where not exists (select 1 from account)");
    }

    @Override
    public boolean add(Account account, String password) {
        return insert(account, password, " where true on conflict do nothing");
    }

    private boolean insert(Account account, String password, String condition) {
        return transactions.in(h -> h.createUpdate(INSERT + condition)
                        .bind("name", account.name())
                        .bind("password", password)
                        .bind("admin", account.admin())
                        .bind("created", account.created().toEpochMilli())
                        .execute())
                == 1;
    }

    @Override
    public Optional<Kept> find(String name) {
        return reading.withHandle(h -> h.createQuery("select * from account where name = :name")
                .bind("name", name)
                .map((r, _) -> new Kept(account(r), r.getString("password")))
                .findOne());
    }

    @Override
    public List<Account> list() {
        return reading.withHandle(h -> h.createQuery("select * from account order by name")
                .map((r, _) -> account(r))
                .list());
    }

    @Override
    public boolean changePassword(String name, String password) {
        return transactions.in(h -> h.createUpdate("update account set password = :password where name = :name")
                        .bind("password", password)
                        .bind("name", name)
                        .execute())
                == 1;
    }

    @Override
    public boolean remove(String name) {
        return transactions.in(h -> h.createUpdate("""
            delete from account where name = :name
              and (admin = 0 or exists (select 1 from account where admin = 1 and name <> :name))\
            """).bind("name", name).execute()) == 1;
    }

    @Override
    public void open(String credential, Session session) {
        transactions.run(h -> h.createUpdate("""
            insert into web_session (credential, account, opened, seen, expires, address)
            values (:credential, :account, :opened, :seen, :expires, :address)\
            """)
                .bind("credential", credential)
                .bind("account", session.account().name())
                .bind("opened", session.opened().toEpochMilli())
                .bind("seen", session.seen().toEpochMilli())
                .bind("expires", session.expires().toEpochMilli())
                .bind("address", session.address())
                .execute());
    }

    @Override
    public Optional<Session> session(String credential) {
        return reading.withHandle(h -> h.createQuery(SESSIONS + "where s.credential = :credential")
                .bind("credential", credential)
                .map((r, _) -> session(r))
                .findOne());
    }

    @Override
    public List<Session> sessions(String account) {
        return reading.withHandle(h -> h.createQuery(SESSIONS + "where s.account = :account order by s.opened desc")
                .bind("account", account)
                .map((r, _) -> session(r))
                .list());
    }

    @Override
    public void seen(String credential, Instant at) {
        transactions.run(h -> h.createUpdate("update web_session set seen = :at where credential = :credential")
                .bind("at", at.toEpochMilli())
                .bind("credential", credential)
                .execute());
    }

    @Override
    public void close(String credential) {
        transactions.run(h -> h.createUpdate("delete from web_session where credential = :credential")
                .bind("credential", credential)
                .execute());
    }

    @Override
    public int closeOthers(String account, String credential) {
        return transactions.in(
                h -> h.createUpdate("delete from web_session where account = :account and credential <> :credential")
                        .bind("account", account)
                        .bind("credential", credential)
                        .execute());
    }

    @Override
    public void closeOld(Instant expired, Instant unused) {
        transactions.run(
                (Handle h) -> h.createUpdate("delete from web_session where expires <= :expired or seen <= :unused")
                        .bind("expired", expired.toEpochMilli())
                        .bind("unused", unused.toEpochMilli())
                        .execute());
    }

    private static Account account(ResultSet r) throws SQLException {
        return new Account(r.getString("name"), r.getBoolean("admin"), Instant.ofEpochMilli(r.getLong("created")));
    }

    private static Session session(ResultSet r) throws SQLException {
        return new Session(
                account(r),
                Instant.ofEpochMilli(r.getLong("opened")),
                Instant.ofEpochMilli(r.getLong("seen")),
                Instant.ofEpochMilli(r.getLong("expires")),
                r.getString("address"));
    }
}
