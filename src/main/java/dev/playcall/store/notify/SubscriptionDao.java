package dev.playcall.store.notify;

import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore.SubscriptionTopic;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Which channels hear of runs that nobody asked for in them. */
final class SubscriptionDao {
    private final Transactions transactions;
    private final Jdbi readers;

    SubscriptionDao(Transactions transactions, Jdbi readers) {
        this.transactions = transactions;
        this.readers = readers;
    }

    boolean add(Channel channel, SubscriptionTopic topic, Person by, Instant now) {
        return transactions.in(h -> h.createUpdate("""
            insert into chat_subscription
              (channel, environment, operation, failures_only, subscribed_by, at)
            values (:channel, :environment, :operation, :failures, :by, :at)
            on conflict do nothing\
            """)
                        .bind("channel", channel.toString())
                        .bind("environment", topic.environment())
                        .bind("operation", topic.operation())
                        .bind("failures", topic.failuresOnly())
                        .bind("by", by.value())
                        .bind("at", now.toEpochMilli())
                        .execute()
                == 1);
    }

    boolean remove(Channel channel, SubscriptionTopic topic) {
        return transactions.in(h -> h.createUpdate("""
            delete from chat_subscription where channel = :channel and environment = :environment
              and operation = :operation and failures_only = :failures\
            """)
                        .bind("channel", channel.toString())
                        .bind("environment", topic.environment())
                        .bind("operation", topic.operation())
                        .bind("failures", topic.failuresOnly())
                        .execute()
                > 0);
    }

    List<SubscriptionTopic> topics(Channel channel) {
        return readers.withHandle(h -> h.createQuery("""
            select environment, operation, failures_only from chat_subscription
            where channel = :channel order by at\
            """)
                .bind("channel", channel.toString())
                .map((r, _) -> new SubscriptionTopic(
                        r.getString("environment"), r.getString("operation"), r.getBoolean("failures_only")))
                .list());
    }

    /** A channel that wants both all and the failures sees all. */
    Map<Channel, Boolean> channels(Run run) {
        Map<Channel, Boolean> found = new HashMap<>();
        readers.useHandle(h -> h.createQuery("""
            select channel, min(failures_only) as failures from chat_subscription
            where environment in ('', :environment) and operation in ('', :operation)
            group by channel\
            """)
                .bind("environment", run.request().environment().value())
                .bind("operation", run.request().operation().value())
                .map((r, _) -> Channel.of(r.getString("channel")).map(c -> found.put(c, failures(r))))
                .list());
        return found;
    }

    private static boolean failures(ResultSet r) {
        try {
            return r.getBoolean("failures");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
