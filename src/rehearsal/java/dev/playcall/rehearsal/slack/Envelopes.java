package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Puts payloads into envelopes; events that nobody acknowledged come again, commands and clicks do not. */
final class Envelopes implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private volatile Delivery delivery;
    private final Recorder recorder;
    private final Clock clock;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("slack-rehearsal").factory());
    private volatile Duration patience = TIMEOUT;
    private Duration eventPatience = TIMEOUT;
    private List<Duration> retries = List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));
    private Optional<ObjectNode> last = Optional.empty();

    Envelopes(Delivery delivery, Recorder recorder, Clock clock) {
        this.delivery = delivery;
        this.recorder = recorder;
        this.clock = clock;
    }

    synchronized void eventRetries(Duration timeout, List<Duration> waits) {
        eventPatience = timeout;
        retries = List.copyOf(waits);
    }

    /** From now on they go this way. */
    void by(Delivery other) {
        delivery = other;
    }

    void late(boolean value) {
        delivery.late(value);
    }

    void patience(Duration timeout) {
        patience = timeout;
    }

    Ack send(String type, JsonNode payload) {
        var envelope = Json.object().put("type", type).put("accepts_response_payload", true);
        envelope.set("payload", payload);
        var ack = deliver(envelope, patience);
        if (ack.acked() && !ack.payload().isEmpty()) {
            recorder.record("ack." + payload.path("type").asText(type), ack.payload());
        }
        return ack;
    }

    private Ack deliver(ObjectNode envelope, Duration timeout) {
        synchronized (this) {
            last = Optional.of(envelope);
        }
        return delivery.deliver(envelope.deepCopy(), timeout);
    }

    Ack event(ObjectNode event) {
        var payload = Json.object()
                .put("token", "rehearsal")
                .put("team_id", Workspace.TEAM)
                .put("api_app_id", Workspace.APP)
                .put("type", "event_callback")
                .put("event_id", "Ev" + UUID.randomUUID().toString().substring(0, 8))
                .put("event_time", clock.instant().getEpochSecond())
                .put("is_ext_shared_channel", false);
        payload.set("event", event);
        payload.putArray("authorizations")
                .addObject()
                .put("team_id", Workspace.TEAM)
                .put("user_id", Workspace.BOT_USER)
                .put("is_bot", true)
                .put("is_enterprise_install", false)
                .putNull("enterprise_id");
        var envelope = Json.object().put("type", "events_api").put("accepts_response_payload", false);
        envelope.put("retry_attempt", 0).put("retry_reason", "").set("payload", payload);
        return attempt(envelope, 0);
    }

    private Ack attempt(ObjectNode envelope, int attempt) {
        Duration timeout;
        List<Duration> waits;
        synchronized (this) {
            timeout = eventPatience;
            waits = retries;
        }
        var ack = deliver(envelope, timeout);
        if (!ack.acked() && attempt < waits.size()) {
            var again = envelope.deepCopy().put("retry_attempt", attempt + 1).put("retry_reason", "timeout");
            after(waits.get(attempt), () -> attempt(again, attempt + 1));
        }
        return ack;
    }

    /** Waiting for an answer is not the timer's work. */
    void after(Duration wait, Runnable work) {
        try {
            var _ = later.schedule(() -> Thread.ofVirtual().start(work), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile: nobody is left to deliver to
        }
    }

    Ack again() {
        ObjectNode envelope;
        synchronized (this) {
            envelope = last.orElseThrow(() -> new IllegalStateException("nothing was delivered yet"))
                    .deepCopy();
        }
        if (envelope.path("type").asText().equals("events_api")) {
            envelope.put("retry_attempt", envelope.path("retry_attempt").asInt() + 1)
                    .put("retry_reason", "timeout");
        }
        return deliver(envelope, patience);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
