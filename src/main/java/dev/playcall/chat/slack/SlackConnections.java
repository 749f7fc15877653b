package dev.playcall.chat.slack;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in, holds two connections, so that one can be replaced while the other listens, and says how they are. */
final class SlackConnections {
    private static final Logger log = LoggerFactory.getLogger(SlackConnections.class);

    private final SlackApi api;
    private final boolean sockets;
    private final List<SocketLink> links;
    private final Backoff backoff = new Backoff(new SecureRandom());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Optional<SlackIdentity> self = Optional.empty();
    private volatile Optional<String> end = Optional.empty();
    private volatile String problem = "not logged in yet";

    /** @param sockets false when Slack comes to us instead */
    public SlackConnections(
            SlackApi api,
            HttpClient http,
            EventAcknowledger eventAcknowledger,
            SocketLink.Timing timing,
            boolean sockets) {
        this.api = api;
        this.sockets = sockets;
        this.links = Stream.generate(() -> new SocketLink(
                        api, http, eventAcknowledger, timing, new Backoff(new SecureRandom()), this::stop))
                .limit(sockets ? 2 : 0)
                .toList();
    }

    public Optional<SlackIdentity> self() {
        return self;
    }

    public void start() {
        Thread.ofVirtual().name("slack-login").start(this::open);
    }

    private void open() {
        try {
            while (self.isEmpty() && end.isEmpty() && closed.getCount() > 0) {
                guarded();
            }
            if (closed.getCount() > 0 && end.isEmpty()) {
                links.forEach(l -> Thread.ofVirtual().name("slack-socket").start(l));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded() throws InterruptedException {
        try {
            login();
        } catch (RuntimeException | Error e) {
            log.error("The login to Slack failed with an internal error; it is retried", e);
            rest("internal error: " + e.getClass().getSimpleName(), backoff.next());
        }
    }

    private void login() throws InterruptedException {
        switch (api.call("auth.test", Map.of())) {
            case SlackResponse.Yes yes -> {
                var found = SlackIdentity.of(yes);
                self = Optional.of(found);
                log.info("Logged in to Slack as {} of {}", found.user(), found.team());
            }
            case SlackResponse.Busy(var after) -> rest("Slack rate-limited the login", after);
            case SlackResponse.NotSent(var why) -> rest(why, backoff.next());
            case SlackResponse.Lost(var why) -> rest(why, backoff.next());
            case SlackResponse.No(var error, var body) -> {
                var dead = SlackErrors.dead(error);
                dead.ifPresent(this::stop);
                if (dead.isEmpty()) {
                    rest(SlackErrors.remedy(error, body), backoff.next());
                }
            }
        }
    }

    private void rest(String why, Duration time) throws InterruptedException {
        problem = why;
        log.info("Slack: {}; next attempt to log in after {} ms", why, time.toMillis());
        closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing is tried any more, only the chat is without Slack. */
    public void stop(String why) {
        if (ended.compareAndSet(false, true)) {
            end = Optional.of(why);
            log.error("Slack: {}", why);
            links.forEach(SocketLink::close);
        }
    }

    public long losses() {
        return links.stream().mapToLong(SocketLink::losses).sum();
    }

    public Health health() {
        var why = end;
        if (why.isPresent()) {
            return new Health.Stopped(why.get());
        }
        var who = self;
        if (who.isEmpty()) {
            return new Health.Connecting(problem);
        }
        long live = links.stream().filter(SocketLink::isLive).count();
        if (sockets && live == 0) {
            return new Health.Connecting(links.getFirst().problem());
        }
        var how = sockets ? live + " of " + links.size() + " connections" : "by HTTP";
        return new Health.Up("@" + who.get().user() + " in " + who.get().team() + ", " + how);
    }

    public void close() {
        closed.countDown();
        links.forEach(SocketLink::close);
    }
}
