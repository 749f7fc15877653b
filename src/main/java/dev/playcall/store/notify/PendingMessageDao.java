package dev.playcall.store.notify;

import dev.playcall.chat.message.ChatStore.PendingMessage;
import dev.playcall.store.sql.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Messages that are to be sent once each; a key is known for some time after its message was sent. */
final class PendingMessageDao {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Transactions transactions;
    private final Jdbi readers;

    PendingMessageDao(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    void add(String place, String key, String text, Instant now) {
        transactions.run(h -> {
            h.createUpdate("delete from chat_saying where said_at < :before")
                    .bind("before", now.minus(KEPT).toEpochMilli())
                    .execute();
            h.createUpdate("""
                insert into chat_saying (key, place, text, at) values (:key, :place, :text, :at)
                on conflict (key) do nothing\
                """)
                    .bind("key", key)
                    .bind("place", place)
                    .bind("text", text)
                    .bind("at", now.toEpochMilli())
                    .execute();
        });
    }

    List<PendingMessage> unsent() {
        return readers.withHandle(h -> h.createQuery(
                        "select id, key, place, text from chat_saying where said_at is null order by id limit 100")
                .map((r, _) -> new PendingMessage(
                        r.getLong("id"), r.getString("key"), r.getString("place"), r.getString("text")))
                .list());
    }

    void sent(long saying, Instant now) {
        transactions.run(h -> h.createUpdate("update chat_saying set said_at = :now where id = :id")
                .bind("id", saying)
                .bind("now", now.toEpochMilli())
                .execute());
    }
}
