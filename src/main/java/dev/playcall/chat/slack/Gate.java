package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every delivery in once, sees to it that each gets its receipt in time, and hands it on. */
final class Gate implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final int REMEMBERED = 256;
    private static final Message BUSY = Message.line(
            Message.Tone.BAD, "Too much is asked of Playcall at the moment; nothing was done, try again shortly");
    private static final Message FAULT = Message.line(
            Message.Tone.BAD, "Something went wrong inside Playcall; its log says what. Nothing more was done");

    private final Duration watchdog;
    private final AtomicReference<@Nullable Inbox> inbox = new AtomicReference<>();
    private final AtomicReference<@Nullable Talk> talk = new AtomicReference<>();
    private final ScheduledExecutorService clock;
    private final Semaphore excuses = new Semaphore(16);
    /** The last deliveries: what comes on both connections is answered on both with the same. */
    private final Map<String, Ack> recent = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ack> eldest) {
            return size() > REMEMBERED;
        }
    });

    Gate(Duration watchdog) {
        this.watchdog = watchdog;
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("slack-ack", 0).factory());
        timer.setRemoveOnCancelPolicy(true);
        this.clock = Executors.unconfigurableScheduledExecutorService(timer);
    }

    /** From now on what is delivered is done. */
    void open(Inbox into, Talk with) {
        inbox.set(into);
        talk.set(with);
    }

    /** Returns at once. */
    void accept(JsonNode frame, Ack.Back back) {
        var envelope = Envelope.of(frame);
        var ack = new Ack(envelope.id(), back);
        var into = inbox.get();
        var with = talk.get();
        if (into == null || with == null || envelope.wish() instanceof Wish.Nothing) {
            Thread.startVirtualThread(ack::empty);
            return;
        }
        var first = recent.putIfAbsent(envelope.key(), ack);
        if (first != null) {
            log.info("Slack delivered {} again", envelope.key());
            Thread.startVirtualThread(() -> first.shareWith(ack));
            return;
        }
        var late = late(envelope.wish(), ack);
        if (!into.take(() -> work(into, with, envelope, ack, late))) {
            late.cancel(false);
            recent.remove(envelope.key(), ack);
            excuse(with, envelope.wish(), ack);
        }
    }

    /** When time gets short the receipt is given without the answer, which follows another way. */
    private Future<?> late(Wish wish, Ack ack) {
        Optional<ObjectNode> payload =
                wish instanceof Wish.Submission s ? Optional.of(Talk.waiting(s.window())) : Optional.empty();
        return clock.schedule(
                () -> {
                    Thread.startVirtualThread(() -> ack.late(payload));
                },
                watchdog.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void work(Inbox into, Talk with, Envelope envelope, Ack ack, Future<?> late) {
        try {
            if (into.isFirst(envelope.key())) {
                with.hear(envelope.wish(), ack);
            } else {
                log.info("Slack delivered {} again", envelope.key());
            }
        } catch (Throwable e) {
            log.error("What somebody asked for in Slack could not be answered", e);
            with.tell(envelope.wish(), ack, FAULT);
        } finally {
            late.cancel(false);
            ack.empty();
        }
    }

    private void excuse(Talk with, Wish wish, Ack ack) {
        boolean may = excuses.tryAcquire();
        Thread.startVirtualThread(() -> {
            try {
                if (may) {
                    with.tell(wish, ack, BUSY);
                }
            } catch (RuntimeException e) {
                log.warn("Nobody could be told that there is too much to do", e);
            } finally {
                if (may) {
                    excuses.release();
                }
                ack.empty();
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
