package dev.playcall.store.notify;

import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.MessageRef;
import dev.playcall.chat.message.ChatStore.PendingMessage;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.chat.message.ChatStore.StartReminder;
import dev.playcall.chat.message.ChatStore.SubscriptionTopic;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.store.schedule.SqlScheduleStore;
import dev.playcall.store.sql.GroupCommit;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.TextList;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The conversation's memory in SQL. */
final class SqlChatStore implements ChatStore {
    private static final JournalCursor CURSOR = new JournalCursor("chat");
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Jdbi readers;
    private final SubscriptionDao subscriptions;
    private final PendingMessageDao pending;
    private final GroupCommit together;
    /** When old deliveries were forgotten last, in milliseconds of the epoch. */
    private final AtomicLong forgotten = new AtomicLong();

    SqlChatStore(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
        this.subscriptions = new SubscriptionDao(transactions, readers);
        this.pending = new PendingMessageDao(transactions, readers);
        this.together = new GroupCommit(transactions);
    }

    @Override
    public long cursor() {
        return readers.withHandle(CURSOR::in);
    }

    @Override
    public void open(List<RunSubscription> feeds, long cursor) {
        transactions.run(h -> {
            feeds.forEach(f -> h.createUpdate("""
                insert into chat_feed (run, channel, failures_only, whole_batch, open)
                select :run, :channel, :failures, :batch, 1 where exists (select 1 from run where id = :run)
                on conflict (run, channel) do nothing\
                """)
                    .bind("run", f.run().value())
                    .bind("channel", f.channel().toString())
                    .bind("failures", f.failuresOnly())
                    .bind("batch", f.wholeBatch())
                    .execute());
            CURSOR.advance(h, cursor);
        });
    }

    @Override
    public List<RunSubscription> openFeeds() {
        return readers.withHandle(h -> h.createQuery(
                        "select run, channel, failures_only, whole_batch from chat_feed where open = 1 order by run")
                .map((r, _) -> feed(r))
                .list());
    }

    private static RunSubscription feed(ResultSet r) throws SQLException {
        var channel = Channel.of(r.getString("channel")).orElseThrow();
        return new RunSubscription(
                new RunId(r.getLong("run")), channel, r.getBoolean("failures_only"), r.getBoolean("whole_batch"));
    }

    @Override
    public void close(RunSubscription runSubscription) {
        transactions.run(h -> h.createUpdate("update chat_feed set open = 0 where run = :run and channel = :channel")
                .bind("run", runSubscription.run().value())
                .bind("channel", runSubscription.channel().toString())
                .execute());
    }

    @Override
    public Optional<Boolean> isComplete(RunId run, String platform) {
        return readers.withHandle(h -> h.createQuery("""
            select max(open) from chat_feed
            where run = :run and substr(channel, 1, length(:platform) + 1) = :platform || ':'\
            """)
                .bind("run", run.value())
                .bind("platform", platform)
                .map((r, _) -> Optional.ofNullable(r.getObject(1)).map(o -> ((Number) o).intValue() == 0))
                .one());
    }

    @Override
    public List<MessageRef> slots(RunSubscription runSubscription) {
        return readers.withHandle(h -> h.createQuery("""
            select name, ref, shown, at from chat_slot
            where run = :run and channel = :channel order by at, rowid\
            """)
                .bind("run", runSubscription.run().value())
                .bind("channel", runSubscription.channel().toString())
                .map((r, _) -> new MessageRef(
                        r.getString("name"),
                        Optional.ofNullable(r.getString("ref")),
                        r.getString("shown"),
                        Instant.ofEpochMilli(r.getLong("at"))))
                .list());
    }

    @Override
    public void save(RunSubscription runSubscription, MessageRef messageRef) {
        transactions.run(h -> save(h, runSubscription, messageRef));
    }

    private static void save(Handle h, RunSubscription runSubscription, MessageRef messageRef) {
        h.createUpdate("""
            insert into chat_slot (run, channel, name, ref, shown, at)
            values (:run, :channel, :name, :ref, :shown, :at)
            on conflict (run, channel, name) do update set ref = excluded.ref, shown = excluded.shown\
            """)
                .bind("run", runSubscription.run().value())
                .bind("channel", runSubscription.channel().toString())
                .bind("name", messageRef.name())
                .bind("ref", messageRef.ref().orElse(null))
                .bind("shown", messageRef.shown())
                .bind("at", messageRef.at().toEpochMilli())
                .execute();
    }

    @Override
    public void delete(RunSubscription runSubscription, String slot) {
        transactions.run(
                h -> h.createUpdate("delete from chat_slot where run = :run and channel = :channel and name = :name")
                        .bind("run", runSubscription.run().value())
                        .bind("channel", runSubscription.channel().toString())
                        .bind("name", slot)
                        .execute());
    }

    @Override
    public Set<String> postedFacts(RunSubscription runSubscription) {
        return new HashSet<>(readers.withHandle(
                h -> h.createQuery("select fact from chat_told where run = :run and channel = :channel")
                        .bind("run", runSubscription.run().value())
                        .bind("channel", runSubscription.channel().toString())
                        .mapTo(String.class)
                        .list()));
    }

    @Override
    public void savePosted(RunSubscription runSubscription, MessageRef messageRef, Set<String> facts) {
        transactions.run(h -> {
            save(h, runSubscription, messageRef);
            facts.forEach(fact -> h.createUpdate(
                            "insert into chat_told (run, channel, fact) values (:run, :channel, :fact) on conflict do"
                                    + " nothing")
                    .bind("run", runSubscription.run().value())
                    .bind("channel", runSubscription.channel().toString())
                    .bind("fact", fact)
                    .execute());
        });
    }

    @Override
    public boolean isFirst(String key, Instant now) {
        boolean isDue = isDue(now);
        // In a burst many come at once: they share a commit.
        return together.in(h -> {
            if (isDue) {
                h.createUpdate("delete from chat_seen where at < :before")
                        .bind("before", now.minus(KEPT).toEpochMilli())
                        .execute();
            }
            return h.createUpdate("insert into chat_seen (delivery, at) values (:key, :at) on conflict do nothing")
                            .bind("key", key)
                            .bind("at", now.toEpochMilli())
                            .execute()
                    == 1;
        });
    }

    /** Whether it is time to forget old deliveries again. */
    private boolean isDue(Instant now) {
        long last = forgotten.get();
        return now.toEpochMilli() - last >= BETWEEN.toMillis() && forgotten.compareAndSet(last, now.toEpochMilli());
    }

    @Override
    public long keep(PendingRequest request) {
        return transactions.in(h -> {
            h.createUpdate("delete from chat_wish where at < :before")
                    .bind("before", request.at().minus(KEPT).toEpochMilli())
                    .execute();
            return h.createUpdate(
                            "insert into chat_wish (person, words, secrets, at) values (:person, :words, :secrets,"
                                    + " :at)")
                    .bind("person", request.by().value())
                    .bind("words", TextList.write(request.words()))
                    .bind(
                            "secrets",
                            RunEventJson.JSON.valueToTree(request.secrets()).toString())
                    .bind("at", request.at().toEpochMilli())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
        });
    }

    @Override
    public Optional<PendingRequest> take(long number) {
        return transactions.in(
                h -> h.createQuery("delete from chat_wish where id = :id returning person, words, secrets, at")
                        .bind("id", number)
                        .map((r, _) -> pendingRequest(r))
                        .findOne());
    }

    @Override
    public Optional<PendingRequest> find(long number) {
        return readers.withHandle(h -> h.createQuery("select person, words, secrets, at from chat_wish where id = :id")
                .bind("id", number)
                .map((r, _) -> pendingRequest(r))
                .findOne());
    }

    private static Map<String, String> texts(String json) {
        var texts = new HashMap<String, String>();
        RunEventJson.tree(json)
                .properties()
                .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    private static PendingRequest pendingRequest(ResultSet r) throws SQLException {
        return new PendingRequest(
                new Person(r.getString("person")),
                TextList.read(r.getString("words")),
                texts(r.getString("secrets")),
                Instant.ofEpochMilli(r.getLong("at")));
    }

    @Override
    public void saveName(Person person, String name) {
        boolean known = name.equals(names(Set.of(person)).get(person));
        if (!known && !name.isBlank()) {
            transactions.run(h -> h.createUpdate("""
                insert into chat_person (person, name) values (:person, :name)
                on conflict (person) do update set name = excluded.name\
                """)
                    .bind("person", person.value())
                    .bind("name", name)
                    .execute());
        }
    }

    @Override
    public Map<Person, String> names(Set<Person> people) {
        Map<Person, String> names = new HashMap<>();
        if (!people.isEmpty()) {
            readers.useHandle(h -> h.createQuery("select person, name from chat_person where person in (<people>)")
                    .bindList("people", people.stream().map(Person::value).toList())
                    .map((r, _) -> names.put(new Person(r.getString("person")), r.getString("name")))
                    .list());
        }
        var schedules = people.stream()
                .filter(p -> p.value().matches("schedule:[1-9]\\d{0,15}"))
                .toList();
        if (!schedules.isEmpty()) {
            names.putAll(readers.withHandle(h -> SqlScheduleStore.names(h, schedules)));
        }
        return names;
    }

    @Override
    public boolean subscribe(Channel channel, SubscriptionTopic topic, Person by, Instant now) {
        return subscriptions.add(channel, topic, by, now);
    }

    @Override
    public boolean unsubscribe(Channel channel, SubscriptionTopic topic) {
        return subscriptions.remove(channel, topic);
    }

    @Override
    public List<SubscriptionTopic> topics(Channel channel) {
        return subscriptions.topics(channel);
    }

    @Override
    public Map<Channel, Boolean> subscribers(Run run) {
        return subscriptions.channels(run);
    }

    @Override
    public void call(RunId run, Person person, Instant now) {
        transactions.run(h -> h.createUpdate("""
            insert into run_caller (run, person, at)
            select :run, :person, :at where exists (select 1 from run where id = :run)
            on conflict (run, person) do nothing\
            """)
                .bind("run", run.value())
                .bind("person", person.value())
                .bind("at", now.toEpochMilli())
                .execute());
    }

    @Override
    public Map<RunId, List<StartReminder>> callers(Set<RunId> runs) {
        Map<RunId, List<StartReminder>> found = new HashMap<>();
        if (!runs.isEmpty()) {
            readers.useHandle(h -> h.createQuery(
                            "select run, person, at from run_caller where run in (<runs>) order by at, person")
                    .bindList("runs", runs.stream().map(RunId::value).toList())
                    .map((r, _) -> found.computeIfAbsent(new RunId(r.getLong("run")), _ -> new ArrayList<>())
                            .add(new StartReminder(
                                    new Person(r.getString("person")), Instant.ofEpochMilli(r.getLong("at")))))
                    .list());
        }
        return found;
    }

    @Override
    public void announce(String place, String key, String text, Instant now) {
        pending.add(place, key, text, now);
    }

    @Override
    public List<PendingMessage> pendingAnnouncements() {
        return pending.unsent();
    }

    @Override
    public void announced(long saying, Instant now) {
        pending.sent(saying, now);
    }
}
