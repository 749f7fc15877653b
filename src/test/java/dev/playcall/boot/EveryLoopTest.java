package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.catalog.Plans;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.live.LiveMessages;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.command.content.GitSyncScheduler;
import dev.playcall.command.maintenance.RunMaintenance;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.runner.retention.Retention;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Scheduler;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Rules;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each loop of a gateway on top of parts that throw an Error at every call. */
class EveryLoopTest {
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));

    /** Throws where any of its methods is called. */
    @SuppressWarnings("unchecked")
    private static <T> T broken(Class<T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new OutOfMemoryError("in " + method.getName());
        });
    }

    private static Error fault() {
        return new NoClassDefFoundError("a/B");
    }

    /** What is null is not come to. */
    @SuppressWarnings("NullAway")
    static Stream<BackgroundLoop> loops() {
        var journal = new RunJournal(broken(EventStore.class), CLOCK);
        var chat = broken(ChatStore.class);
        return Stream.of(
                RunMaintenance.approvalPreviews(journal, broken(Plans.class), CLOCK),
                RunMaintenance.automaticRetries(
                        journal,
                        (_, _) -> {
                            throw fault();
                        },
                        () -> {
                            throw fault();
                        },
                        _ -> Optional.empty(),
                        CLOCK),
                new Retention(
                                (java.util.function.Supplier<Retention.Limits>) () -> {
                                    throw fault();
                                },
                                Map::of,
                                null,
                                journal,
                                CLOCK)
                        .loop(),
                new GitSyncScheduler(
                                null,
                                (_, _) -> {
                                    throw fault();
                                },
                                journal,
                                () -> {
                                    throw fault();
                                },
                                null,
                                CLOCK)
                        .loop(),
                new NotificationEngine(
                                broken(NotifyStore.class),
                                broken(AlertStore.class),
                                broken(EventStore.class),
                                () -> NotificationRules.of(Optional.empty()),
                                () -> Map.of(),
                                new NotificationEngine.Texts(t -> t, ""),
                                new NotificationEngine.Timing(CLOCK, () -> 0, new Random(1)))
                        .loop(),
                new LiveMessages(
                                chat,
                                journal,
                                new RunCards(journal, chat, CLOCK, Rules.NOTHING_WAITS),
                                new FileLogs(Path.of("logs")),
                                List.of(),
                                List.of(),
                                Runnable::run,
                                new Random(1))
                        .loop());
    }

    @ParameterizedTest
    @MethodSource("loops")
    void survivesAnErrorAndTellsIt(BackgroundLoop loop) throws InterruptedException {
        assertThat(loop.tick()).as(loop.health().name()).isFalse();
        assertThat(loop.health().failingSince()).contains(CLOCK.instant());
        assertThat(ReadinessChecks.loop(loop).look().get())
                .hasValueSatisfying(p -> assertThat(p.text()).contains("Error", "it is retried in"));
        assertThat(loop.tick()).isFalse();
    }

    @Test
    void schedulesSurviveAnErrorAndTellIt() {
        var scheduler = new Scheduler(
                broken(ScheduleStore.class),
                (_, _, _) -> {
                    throw fault();
                },
                (_, _, _) -> {},
                CLOCK);
        assertThat(scheduler.runDue()).hasValueSatisfying(t -> assertThat(t).isAfter(CLOCK.instant()));
        assertThat(ReadinessChecks.loop(scheduler.health()).look().get()).isPresent();
    }
}
