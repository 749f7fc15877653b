package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Message;
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
final class EventAcknowledger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventAcknowledger.class);
    private static final int REMEMBERED = 256;
    private static final Message BUSY =
            Message.line(Message.Tone.BAD, "Playcall is overloaded; nothing was done. Try again in a moment");
    private static final Message FAULT =
            Message.line(Message.Tone.BAD, "Internal error; see Playcall's log. Nothing more was done");

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

    public EventAcknowledger(Duration watchdog) {
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

    /** Returns at once. */
    void accept(JsonNode frame, SlackAck.Back back) {
        var slackEnvelope = SlackEnvelope.of(frame);
        var slackAck = new SlackAck(slackEnvelope.id(), back);
        var into = inbox.get();
        var with = handler.get();
        if (into == null || with == null || slackEnvelope.request() instanceof SlackRequest.Ignored) {
            Thread.startVirtualThread(slackAck::empty);
            return;
        }
        var first = recent.putIfAbsent(slackEnvelope.key(), slackAck);
        if (first != null) {
            log.info("Slack delivered {} again", slackEnvelope.key());
            Thread.startVirtualThread(() -> first.shareWith(slackAck));
            return;
        }
        var late = late(slackEnvelope.request(), slackAck);
        if (!into.take(() -> work(into, with, slackEnvelope, slackAck, late))) {
            late.cancel(false);
            recent.remove(slackEnvelope.key(), slackAck);
            replyBusy(with, slackEnvelope.request(), slackAck);
        }
    }

    /** When time gets short the receipt is given without the answer, which follows another way. */
    private Future<?> late(SlackRequest request, SlackAck slackAck) {
        Optional<ObjectNode> payload = request instanceof SlackRequest.Submission s
                ? Optional.of(SlackEventHandler.waiting(s.window()))
                : Optional.empty();
        return clock.schedule(
                () -> {
                    Thread.startVirtualThread(() -> slackAck.late(payload));
                },
                watchdog.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void work(
            ChatInbox into, SlackEventHandler with, SlackEnvelope slackEnvelope, SlackAck slackAck, Future<?> late) {
        try {
            if (into.isFirst(slackEnvelope.key())) {
                with.handle(slackEnvelope.request(), slackAck);
            } else {
                log.info("Slack delivered {} again", slackEnvelope.key());
            }
        } catch (Throwable e) {
            log.error("A Slack command could not be answered", e);
            with.reply(slackEnvelope.request(), slackAck, FAULT);
        } finally {
            late.cancel(false);
            slackAck.empty();
        }
    }

    private void replyBusy(SlackEventHandler with, SlackRequest request, SlackAck slackAck) {
        boolean may = busyReplies.tryAcquire();
        Thread.startVirtualThread(() -> {
            try {
                if (may) {
                    with.reply(request, slackAck, BUSY);
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
