package dev.playcall.boot.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.ScriptedChat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A platform that takes posts and whose answers never arrive looks well from its connection. */
class LostAnswerMonitorTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private final ScriptedChat chat = new ScriptedChat(ScriptedChat.traits(60, Optional.empty()));
    private final LostAnswerMonitor monitor = new LostAnswerMonitor(chat, clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        ((Logger) LoggerFactory.getLogger(LostAnswerMonitor.class)).addAppender(lines);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(LostAnswerMonitor.class)).detachAppender(lines);
    }

    private void post(Sent sent) {
        chat.fault("post", sent, true);
        monitor.post(new Post(
                new Channel("test", "ops"), Optional.empty(), false, Message.line(Message.Tone.PLAIN, "x"), "k"));
        clock.go(Duration.ofMinutes(1));
    }

    @Test
    void isDegradedSinceTheFirstOfManyLostAnswersAndSaysSoOnce() {
        post(new Sent.Unknown("Discord answered 502"));
        post(new Sent.Unknown("Discord answered 502"));
        assertThat(monitor.health()).isEqualTo(new Health.Up(""));
        for (int i = 0; i < 20; i++) {
            post(new Sent.Unknown("Discord answered 502"));
        }
        assertThat(monitor.health())
                .isEqualTo(new Health.Degraded(
                        "answers to posts are being lost since 2026-01-31 09:30 UTC: Discord answered 502"));
        assertThat(monitor.health().isConnected()).isTrue();
        assertThat(lines.list)
                .singleElement()
                .satisfies(l -> assertThat(l.getFormattedMessage())
                        .contains("test: answers to posts are being lost since 2026-01-31 09:30 UTC"));
        post(new Sent.Later(Duration.ofSeconds(1), "429"));
        assertThat(monitor.health()).isInstanceOf(Health.Degraded.class);
        post(new Sent.Done("m1"));
        assertThat(monitor.health()).isEqualTo(new Health.Up(""));
    }

    @Test
    void whatIsWrongWithTheConnectionIsSaidFirst() {
        for (int i = 0; i < 5; i++) {
            post(new Sent.Unknown("timeout"));
        }
        chat.health(new Health.Connecting("no route to host"));
        assertThat(monitor.health()).isEqualTo(new Health.Connecting("no route to host"));
    }
}
