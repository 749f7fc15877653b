package dev.playcall.store.schedule;

import dev.playcall.background.BackgroundLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells the other gateways on a database of work that one of them has looked at and not taken, so that one with a free place
 * takes it at once. What is told while somebody is not connected is not told again: all of it is due later in any case.
 */
final class WorkOffers implements AutoCloseable {
    private static final String CHANNEL = "playcall_offers";

    /** A notification ends the waiting; only a connection that was lost without a word is noticed so. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Optional<DataSource> notices;
    private final Clock clock;
    private volatile String self = "";
    private volatile @Nullable Connection connection;
    private volatile @Nullable BackgroundLoop loop;
    private volatile boolean closed;

    /** @param notices where to listen; empty where nobody else can be told */
    WorkOffers(Optional<DataSource> notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** @param taker called with each lock that another gateway did not take */
    void start(String node, Consumer<String> taker) {
        self = node;
        notices.ifPresent(source -> {
            var started = new BackgroundLoop("offers", Duration.ZERO, clock, () -> listen(source, taker));
            loop = started;
            started.start();
        });
    }

    /** Told to the others once this transaction is committed. */
    void offer(Handle h, String lock) {
        if (notices.isPresent()) {
            h.createQuery("select 1 from pg_notify(:channel, :text)")
                    .bind("channel", CHANNEL)
                    .bind("text", self + " " + lock)
                    .mapTo(Integer.class)
                    .one();
        }
    }

    private void listen(DataSource source, Consumer<String> taker) {
        if (closed) {
            return;
        }
        try {
            var heard = connected(source).unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis());
            locks(heard).forEach(taker);
        } catch (SQLException e) {
            disconnect();
            if (!closed) {
                throw new IllegalStateException("the database cannot be listened to: " + e.getMessage(), e);
            }
        }
    }

    private Connection connected(DataSource source) throws SQLException {
        var open = connection;
        if (open != null && open.isValid(5)) {
            return open;
        }
        disconnect();
        var fresh = source.getConnection();
        connection = fresh;
        if (closed) {
            disconnect();
        }
        try (var statement = fresh.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        return fresh;
    }

    /** Of what others told, each lock once. */
    private Set<String> locks(PGNotification[] heard) {
        var locks = new LinkedHashSet<String>();
        for (var notification : heard) {
            var words = notification.getParameter().split(" ", 2);
            if (!words[0].equals(self)) {
                locks.add(words[1]);
            }
        }
        return locks;
    }

    private void disconnect() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run); // does not wait for the thread that listens
            } catch (SQLException _) {
                // It is gone.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        var started = loop;
        loop = null;
        disconnect();
        if (started != null) {
            started.close();
        }
    }
}
