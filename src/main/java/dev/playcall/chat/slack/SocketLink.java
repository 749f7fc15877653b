package dev.playcall.chat.slack;

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
    private final Gate gate;
    private final Timing timing;
    private final Backoff backoff;
    private final Consumer<String> stopped;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The one in use, and those that Slack has announced to close. */
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private volatile String trouble = "not connected yet";
    private final LongAdder lost = new LongAdder();

    /**
     * How patient a connection is.
     *
     * @param hello time for the handshake and for Slack's first word
     * @param ping between two questions whether anybody is there
     * @param silence after which nobody is
     * @param overlap how long an old connection may go on beside its successor
     */
    record Timing(Duration hello, Duration ping, Duration silence, Duration overlap) {
        static final Timing USUAL = new Timing(
                Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(12), Duration.ofSeconds(30));
    }

    SocketLink(SlackApi api, HttpClient http, Gate gate, Timing timing, Backoff backoff, Consumer<String> stopped) {
        this.api = api;
        this.http = http;
        this.gate = gate;
        this.timing = timing;
        this.backoff = backoff;
        this.stopped = stopped;
    }

    boolean isLive() {
        return sockets.stream().anyMatch(Socket::isOpen);
    }

    String trouble() {
        return trouble;
    }

    /** How often the connection was lost. */
    long losses() {
        return lost.sum();
    }

    @Override
    public void run() {
        try {
            while (closed.getCount() > 0 && turn()) {
                sockets.removeIf(s -> !s.isOpen());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection from the dial to its end; false when there shall be no other. */
    private boolean turn() throws InterruptedException {
        return switch (api.openConnection()) {
            case Heard.Yes(var body, var _) -> serve(URI.create(body.path("url").asText()));
            case Heard.Busy(var after) -> rest("Slack asks to wait before connecting again", after);
            case Heard.NotSent(var why) -> rest(why, backoff.next());
            case Heard.Lost(var why) -> rest(why, backoff.next());
            case Heard.No(var error, var body) -> {
                var end = error.equals("missing_scope")
                        ? Optional.of("the app token lacks the scope connections:write: make a new one at"
                                + " api.slack.com/apps → Basic Information → App-Level Tokens")
                        : Verdicts.dead(error);
                end.ifPresent(stopped);
                yield end.isEmpty() && rest(Verdicts.remedy(error, body), backoff.next());
            }
        };
    }

    private boolean serve(URI address) throws InterruptedException {
        var dialled = dial(address);
        if (dialled.isEmpty()) {
            return rest("Slack does not answer on the socket it named", backoff.next());
        }
        var socket = dialled.get();
        sockets.add(socket);
        trouble = "";
        var began = System.nanoTime();
        var end = socket.await(timing.ping(), timing.silence());
        if (Duration.ofNanos(System.nanoTime() - began).compareTo(timing.hello()) > 0) {
            backoff.reset();
        }
        return after(socket, end);
    }

    private Optional<Socket> dial(URI address) throws InterruptedException {
        try {
            return Socket.dial(http, address, gate, timing.hello());
        } catch (IllegalArgumentException e) {
            log.warn("Slack named an address nobody can connect to", e);
            return Optional.empty();
        }
    }

    private boolean after(Socket socket, Socket.End end) throws InterruptedException {
        return switch (end) {
            case REPLACE -> {
                // What Slack has sent on the old connection is answered there until Slack closes it.
                Thread.startVirtualThread(() -> linger(socket));
                yield true;
            }
            case LOST -> {
                lost.increment();
                yield rest("the connection was lost", backoff.next());
            }
            case TOO_MANY -> {
                socket.close();
                yield rest("Slack counts too many connections of this app", Duration.ofSeconds(30));
            }
            case DISABLED -> {
                stopped.accept("Socket Mode was switched off: switch it on at api.slack.com/apps → Socket Mode and"
                        + " restart Playcall");
                yield false;
            }
        };
    }

    private void linger(Socket socket) {
        try {
            if (!closed.await(timing.overlap().toMillis(), TimeUnit.MILLISECONDS)) {
                socket.close();
                sockets.remove(socket);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean rest(String why, Duration time) throws InterruptedException {
        if (closed.getCount() > 0) {
            trouble = why;
            log.info("Slack: {}; next attempt in {} ms", why, time.toMillis());
        }
        return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        closed.countDown();
        sockets.forEach(Socket::close);
    }
}
