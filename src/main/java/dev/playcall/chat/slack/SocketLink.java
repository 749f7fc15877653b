package dev.playcall.chat.slack;

import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection open: dials again when it is lost, and before it is closed when Slack says so in time. */
final class SocketLink implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SocketLink.class);

    private final SlackApi api;
    private final HttpClient http;
    private final EventAcknowledger eventAcknowledger;
    private final Timing timing;
    private final Backoff backoff;
    private final Consumer<String> stopped;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The one in use, and those that Slack has announced to close. */
    private final Set<SocketModeListener> sockets = ConcurrentHashMap.newKeySet();

    private volatile String problem = "not connected yet";
    private final LongAdder lost = new LongAdder();

    /**
     * How patient a connection is.
     *
     * @param hello time for the handshake and for Slack's first word
     * @param ping between two questions whether anybody is there
     * @param silence after which nobody is
     * @param overlap how long an old connection may go on beside its successor
     */
    public record Timing(Duration hello, Duration ping, Duration silence, Duration overlap) {
        public static final Timing USUAL = new Timing(
                Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(12), Duration.ofSeconds(30));
    }

    SocketLink(
            SlackApi api,
            HttpClient http,
            EventAcknowledger eventAcknowledger,
            Timing timing,
            Backoff backoff,
            Consumer<String> stopped) {
        this.api = api;
        this.http = http;
        this.eventAcknowledger = eventAcknowledger;
        this.timing = timing;
        this.backoff = backoff;
        this.stopped = stopped;
    }

    boolean isLive() {
        return sockets.stream().anyMatch(SocketModeListener::isOpen);
    }

    String problem() {
        return problem;
    }

    /** How often the connection was lost. */
    long losses() {
        return lost.sum();
    }

    @Override
    public void run() {
        try {
            while (closed.getCount() > 0 && guarded()) {
                sockets.removeIf(s -> !s.isOpen());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault inside Playcall ends one connection and not the link. */
    private boolean guarded() throws InterruptedException {
        try {
            return turn();
        } catch (RuntimeException | Error e) {
            log.error("A connection to Slack failed inside Playcall; another one is made", e);
            return rest("internal error: " + e.getClass().getSimpleName(), backoff.next());
        }
    }

    /** One connection from the dial to its end; false when there shall be no other. */
    private boolean turn() throws InterruptedException {
        return switch (api.openConnection()) {
            case SlackResponse.Yes(var body, var _) ->
                serve(URI.create(body.path("url").asText()));
            case SlackResponse.Busy(var after) -> rest("Slack rate-limited the connection", after);
            case SlackResponse.NotSent(var why) -> rest(why, backoff.next());
            case SlackResponse.Lost(var why) -> rest(why, backoff.next());
            case SlackResponse.No(var error, var body) -> {
                var end = error.equals("missing_scope")
                        ? Optional.of("the app token lacks the scope connections:write: make a new one at"
                                + " api.slack.com/apps → Basic Information → App-Level Tokens")
                        : SlackErrors.dead(error);
                end.ifPresent(stopped);
                yield end.isEmpty() && rest(SlackErrors.remedy(error, body), backoff.next());
            }
        };
    }

    private boolean serve(URI address) throws InterruptedException {
        var dialled = dial(address);
        if (dialled.isEmpty()) {
            return rest("Slack is not responding on the socket", backoff.next());
        }
        var socketModeListener = dialled.get();
        sockets.add(socketModeListener);
        problem = "";
        var began = System.nanoTime();
        var end = socketModeListener.await(timing.ping(), timing.silence());
        if (Duration.ofNanos(System.nanoTime() - began).compareTo(timing.hello()) > 0) {
            backoff.reset();
        }
        return after(socketModeListener, end);
    }

    private Optional<SocketModeListener> dial(URI address) throws InterruptedException {
        try {
            return SocketModeListener.dial(http, address, eventAcknowledger, timing.hello());
        } catch (IllegalArgumentException e) {
            log.warn("Slack named an invalid address", e);
            return Optional.empty();
        }
    }

    private boolean after(SocketModeListener socketModeListener, SocketModeListener.End end)
            throws InterruptedException {
        return switch (end) {
            case REPLACE -> {
                // What Slack has sent on the old connection is answered there until Slack closes it.
                Thread.startVirtualThread(() -> linger(socketModeListener));
                yield true;
            }
            case LOST -> {
                lost.increment();
                yield rest("the connection was lost", backoff.next());
            }
            case TOO_MANY -> {
                socketModeListener.close();
                yield rest("Slack reports too many connections of this app", Duration.ofSeconds(30));
            }
            case DISABLED -> {
                stopped.accept("Socket Mode was switched off: switch it on at api.slack.com/apps → Socket Mode and"
                        + " restart Playcall");
                yield false;
            }
        };
    }

    private void linger(SocketModeListener socketModeListener) {
        try {
            if (!closed.await(timing.overlap().toMillis(), TimeUnit.MILLISECONDS)) {
                socketModeListener.close();
                sockets.remove(socketModeListener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean rest(String why, Duration time) throws InterruptedException {
        if (closed.getCount() > 0) {
            problem = why;
            log.info("Slack: {}; next attempt in {} ms", why, time.toMillis());
        }
        return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        closed.countDown();
        sockets.forEach(SocketModeListener::close);
    }
}
