package dev.playcall.store.run;

import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.journal.node.NodeStore.LeaseStore;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Nodes in SQL, with the times of the database. */
final class SqlNodes implements NodeStore {
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private final Transactions transactions;
    private final Jdbi readers;

    SqlNodes(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    @Override
    public void started(Identity node) {
        transactions.run(h -> {
            var now = Dialect.of(h).now();
            h.createUpdate("insert into node (name, version, installation, labels, started_at, last_seen)"
                            + " values (:name, :version, :installation, :labels, " + now + ", " + now + ")"
                            + " on conflict (name) do update set version = excluded.version,"
                            + " installation = excluded.installation, labels = excluded.labels, started_at = excluded.started_at,"
                            + " last_seen = excluded.last_seen, stopped = 0")
                    .bind("name", node.name())
                    .bind("version", node.version())
                    .bind("installation", node.installation())
                    .bind("labels", String.join(" ", new TreeSet<>(node.labels())))
                    .execute();
            forget(h, node);
        });
    }

    private static void forget(Handle h, Identity self) {
        h.createUpdate("delete from node where name <> :name and installation = :installation")
                .bind("name", self.name())
                .bind("installation", self.installation())
                .execute();
        var since = Dialect.of(h).hasOneGateway()
                ? ""
                : " and last_seen < " + Dialect.of(h).now() + " - :silence";
        h.createUpdate("delete from node where name <> :name" + since
                        + " and not exists (select 1 from run where state = 'running' and run.node = node.name)")
                .bind("name", self.name())
                .bind("silence", FORGOTTEN_AFTER.toMillis())
                .execute();
    }

    @Override
    public LeaseStore leases() {
        return new SqlLeases(transactions);
    }

    @Override
    public Map<String, Long> changes() {
        return readers.withHandle(h -> h.createQuery("select topic, version from changed")
                .collectRows(Collectors.toMap(
                        r -> r.getColumn("topic", String.class), r -> r.getColumn("version", Long.class))));
    }

    @Override
    public void content(String name, String content) {
        transactions.run(h -> h.createUpdate("update node set content = :content where name = :name")
                .bind("content", content)
                .bind("name", name)
                .execute());
    }

    @Override
    public Optional<String> proof() {
        return readers.withHandle(h -> h.createQuery("select text from shared_key where name = 'proof'")
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void keepProof(String text) {
        transactions.run(h -> h.createUpdate("insert into shared_key (name, text) values ('proof', :text)"
                        + " on conflict (name) do update set text = excluded.text")
                .bind("text", text)
                .execute());
    }

    @Override
    public long lastEntry() {
        return readers.withHandle(h -> h.createQuery("select coalesce(max(sequence), 0) from event")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public boolean isAlone() {
        return Dialect.of(readers).hasOneGateway();
    }

    @Override
    public boolean heartbeat(String name, Duration lostAfter) {
        return isAlone()
                || transactions.in(h -> h.createUpdate("update node set lost_after = :lostAfter, last_seen = "
                                        + Dialect.of(h).now() + " where name = :name")
                                .bind("lostAfter", lostAfter.toMillis())
                                .bind("name", name)
                                .execute()
                        == 1);
    }

    @Override
    public void stopped(Identity node) {
        if (!isAlone()) {
            transactions.run(h -> h.createUpdate("update node set stopped = 1, last_seen = "
                            + Dialect.of(h).now() + " where name = :name and installation = :installation")
                    .bind("name", node.name())
                    .bind("installation", node.installation())
                    .execute());
        }
    }

    @Override
    public List<Node> all() {
        return readers.withHandle(h -> h.createQuery(
                        "select node.*, " + Dialect.of(h).now() + " as now,"
                                + " (select count(*) from run where state = 'running' and run.node = node.name) as running,"
                                + " (select count(*) from hold where hold.kind = 'NODE' and hold.name = node.name) as drained"
                                + " from node order by name")
                .map((r, _) -> node(r, Dialect.of(h).hasOneGateway()))
                .list());
    }

    /** Of this node, inside a transaction. */
    static Set<String> labels(Handle h, String node) {
        return h.createQuery("select labels from node where name = :node")
                .bind("node", node)
                .mapTo(String.class)
                .findOne()
                .map(text -> Set.copyOf(labels(text)))
                .orElse(Set.of());
    }

    private static List<String> labels(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static Node node(ResultSet r, boolean answers) throws SQLException {
        long now = r.getLong("now");
        long seen = answers ? now : r.getLong("last_seen");
        return new Node(
                r.getString("name"),
                r.getString("version"),
                r.getString("installation"),
                Instant.ofEpochMilli(r.getLong("started_at")),
                Instant.ofEpochMilli(seen),
                Duration.ofMillis(Math.max(0, now - seen)),
                Duration.ofMillis(r.getLong("lost_after")),
                r.getString("content"),
                labels(r.getString("labels")),
                r.getInt("running"),
                r.getInt("stopped") == 1,
                r.getInt("drained") > 0);
    }
}
