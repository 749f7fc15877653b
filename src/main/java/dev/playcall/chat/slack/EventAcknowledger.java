package dev.playcall.chat.slack;

import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.FaultMessage;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.slack.bolt.SlackApp;
import dev.playcall.chat.slack.bolt.SlackApp.SlackDelivery;
import dev.playcall.chat.slack.bolt.SlackRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every delivery in once, sees to it that each gets its receipt in time, and hands it on. */
final class EventAcknowledger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventAcknowledger.class);
    private static final int REMEMBERED = 256;
    private static final Message BUSY =
            Message.line(Message.Tone.BAD, "Playcall is overloaded; nothing was done. Try again in a moment");
    private static final Message FAULT =
            Message.line(Message.Tone.BAD, "Internal error; see Playcall's log. Nothing more was done");

    private final SlackApp slackApp;
    private final Duration watchdog;
    private final AtomicReference<@Nullable ChatInbox> inbox = new AtomicReference<>();
    private final AtomicReference<@Nullable SlackEventHandler> handler = new AtomicReference<>();
    private final ScheduledExecutorService clock;
    private final Semaphore busyReplies = new Semaphore(16);
    /** The last deliveries: what comes on both connections is answered on both with the same. */
    private final Map<String, SlackAck> recent = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SlackAck> eldest) {
            return size() > REMEMBERED;
        }
    });

    public EventAcknowledger(SlackApp slackApp, Duration watchdog) {
        this.slackApp = slackApp;
        this.watchdog = watchdog;
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("slack-ack", 0).factory());
        timer.setRemoveOnCancelPolicy(true);
        this.clock = Executors.unconfigurableScheduledExecutorService(timer);
    }

    /** From now on what is delivered is done. */
    public void open(ChatInbox into, SlackEventHandler with) {
        inbox.set(into);
        handler.set(with);
    }

    /** Takes an envelope of Socket Mode. Returns at once: it is read aside, while the next one is taken from the connection. */
    void frame(String id, String text, SlackAck.Back back) {
        var reading = new FutureTask<>(() -> slackApp.frame(text));
        accept(id, () -> read(reading), back);
    }

    /** Reads it on the thread that needs it first. */
    private static Optional<SlackDelivery> read(FutureTask<Optional<SlackDelivery>> reading) {
        reading.run();
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a Slack envelope could not be read", e.getCause());
        }
    }

    /** Takes what was read already. Returns at once. */
    void accept(String id, SlackDelivery delivery, SlackAck.Back back) {
        accept(id, () -> Optional.of(delivery), back);
    }

    private void accept(String id, Supplier<Optional<SlackDelivery>> reading, SlackAck.Back back) {
        var slackAck = new SlackAck(id, back);
        var into = inbox.get();
        var with = handler.get();
        if (into == null || with == null) {
            Thread.startVirtualThread(slackAck::empty);
            return;
        }
        var late = late(reading, slackAck);
        if (!into.take(() -> work(id, reading, slackAck, late, (k, r) -> once(into, with, k, r, slackAck)))) {
            late.cancel(false);
            replyBusy(with, reading, slackAck);
        }
    }

    /** When time gets short the receipt is given without the answer, which follows another way. */
    private Future<?> late(Supplier<Optional<SlackDelivery>> reading, SlackAck slackAck) {
        return clock.schedule(
                () -> {
                    Thread.startVirtualThread(() -> slackAck.late(
                            reading.get().flatMap(SlackDelivery::form).map(SlackForms::waiting)));
                },
                watchdog.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void work(
            String id,
            Supplier<Optional<SlackDelivery>> reading,
            SlackAck slackAck,
            Future<?> late,
            BiConsumer<String, SlackRequest> receiver) {
        boolean isFirst = true;
        try {
            var delivery = reading.get();
            if (delivery.isPresent()) {
                var key = "slack:" + delivery.get().key().orElse(id);
                isFirst = !isShared(key, slackAck);
                if (isFirst) {
                    slackApp.run(delivery.get(), r -> receiver.accept(key, r));
                }
            }
        } finally {
            late.cancel(false);
            if (isFirst) {
                slackAck.empty();
            }
        }
    }

    /** Whether it was delivered before: then its receipt has the answer of the first one. */
    private boolean isShared(String key, SlackAck slackAck) {
        var first = recent.putIfAbsent(key, slackAck);
        if (first == null) {
            return false;
        }
        log.info("Slack delivered {} again", key);
        first.shareWith(slackAck);
        return true;
    }

    private static void once(
            ChatInbox into, SlackEventHandler with, String key, SlackRequest request, SlackAck slackAck) {
        try {
            if (into.isFirst(key)) {
                with.handle(request, slackAck);
            } else {
                log.info("Slack delivered {} again", key);
            }
        } catch (Throwable e) {
            log.error("A Slack command could not be answered", e);
            with.reply(request, slackAck, FaultMessage.of(e, FAULT));
        }
    }

    private void replyBusy(SlackEventHandler with, Supplier<Optional<SlackDelivery>> reading, SlackAck slackAck) {
        boolean may = busyReplies.tryAcquire();
        Thread.startVirtualThread(() -> {
            try {
                if (may) {
                    reading.get().ifPresent(d -> slackApp.run(d, r -> with.reply(r, slackAck, BUSY)));
                }
            } catch (RuntimeException | Error e) {
                log.warn("The overload message could not be sent", e);
            } finally {
                if (may) {
                    busyReplies.release();
                }
                slackAck.empty();
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
