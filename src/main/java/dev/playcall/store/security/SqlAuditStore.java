package dev.playcall.store.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.audit.AuditStore;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The audit log in SQL. */
final class SqlAuditStore implements AuditStore {
    private static final String COLUMNS =
            "sequence, at, person, channel, deed, subject, decision, reason, details, hash, seal";

    private final Transactions transactions;
    private final Jdbi readers;

    SqlAuditStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public boolean append(List<Signed> entries) {
        return transactions.in(h -> {
            boolean isLast = h.createQuery("select coalesce(max(sequence), 0) from audit")
                            .mapTo(Long.class)
                            .one()
                    == entries.getFirst().entry().sequence() - 1;
            if (isLast) {
                insert(h, entries);
            }
            return isLast;
        });
    }

    private static void insert(Handle h, List<Signed> entries) {
        var batch = h.prepareBatch("insert into audit (" + COLUMNS + ") values (:sequence, :at, :person,"
                + " :channel, :deed, :subject, :decision, :reason, :details, :hash, :seal)");
        entries.forEach(e -> bind(batch, e));
        batch.execute();
    }

    private static void bind(PreparedBatch batch, Signed signed) {
        var entry = signed.entry();
        var note = entry.note();
        batch.bind("sequence", entry.sequence())
                .bind("at", entry.at().toEpochMilli())
                .bind("person", note.person().value())
                .bind("channel", note.channel())
                .bind("deed", note.action())
                .bind("subject", note.subject())
                .bind("decision", note.verdict().word())
                .bind("reason", note.reason())
                .bind("details", written(note.details()))
                .bind("hash", signed.hash())
                .bind("seal", signed.signature())
                .add();
    }

    @Override
    public Optional<Kept> last() {
        return readers.withHandle(h -> h.createQuery("select " + COLUMNS + " from audit order by sequence desc limit 1")
                .map((r, _) -> row(r))
                .findOne());
    }

    @Override
    public Optional<Kept> at(long sequence) {
        return readers.withHandle(h -> h.createQuery("select " + COLUMNS + " from audit where sequence = :sequence")
                .bind("sequence", sequence)
                .map((r, _) -> row(r))
                .findOne());
    }

    @Override
    public List<Kept> after(long sequence, int max) {
        return readers.withHandle(h -> h.createQuery(
                        "select " + COLUMNS + " from audit where sequence > :after order by sequence limit :max")
                .bind("after", sequence)
                .bind("max", max)
                .map((r, _) -> row(r))
                .list());
    }

    @Override
    public List<Kept> find(AuditQuery query) {
        var search = new AuditSearch(query);
        return readers.withHandle(h -> h.createQuery("select " + COLUMNS + " from audit" + search.where()
                        + " order by sequence desc" + " limit :limit")
                .bindMap(search.values())
                .bind("limit", query.limit())
                .map((r, _) -> row(r))
                .list());
    }

    private static Kept row(ResultSet r) throws SQLException {
        long sequence = r.getLong("sequence");
        var hash = String.valueOf(r.getString("hash"));
        var signature = String.valueOf(r.getString("seal"));
        try {
            var entry = new AuditEntry(sequence, Instant.ofEpochMilli(r.getLong("at")), note(r));
            return new Kept(sequence, Optional.of(entry), hash, signature, "");
        } catch (RuntimeException e) {
            return new Kept(sequence, Optional.empty(), hash, signature, String.valueOf(e.getMessage()));
        }
    }

    private static AuditNote note(ResultSet r) throws SQLException {
        return new AuditNote(
                new Person(text(r, "person")),
                text(r, "channel"),
                text(r, "deed"),
                text(r, "subject"),
                AuditVerdict.valueOf(text(r, "decision").toUpperCase(Locale.ROOT)),
                text(r, "reason"),
                read(text(r, "details")));
    }

    private static String text(ResultSet r, String column) throws SQLException {
        var text = r.getString(column);
        if (text == null) {
            throw new IllegalStateException("it has no " + column);
        }
        return text;
    }

    private static String written(SortedMap<String, String> details) {
        return RunEventJson.JSON.valueToTree(details).toString();
    }

    /** Only in the one spelling that we write: another one would be a change that no hash shows. */
    private static SortedMap<String, String> read(String json) {
        try {
            var details = RunEventJson.JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
            if (!written(details).equals(json)) {
                throw new IllegalStateException("its details are not as we write them");
            }
            return details;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("its details are not JSON", e);
        }
    }
}
