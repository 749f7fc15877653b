package dev.playcall.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.LoggedFaults;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    private final ManualClock clock = new ManualClock(T);
    private final Queue<Throwable> faults = new ArrayDeque<>();
    private final AtomicInteger steps = new AtomicInteger();
    private final BackgroundLoop loop = new BackgroundLoop("sweeping", Duration.ofMillis(1), clock, this::step);

    private void step() {
        steps.incrementAndGet();
        switch (faults.poll()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        loop.abort();
    }

    @Test
    void whateverIsThrownEndsAStepAndNotTheLoop() throws InterruptedException {
        var all = List.of(
                new IllegalStateException("no"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new NoClassDefFoundError("a/B"),
                new AssertionError("never"));
        faults.addAll(all);
        for (var fault : all) {
            assertThat(loop.tick()).as(fault.toString()).isFalse();
        }
        assertThat(loop.tick()).isTrue();
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void theThreadGoesOnAfterAnError() {
        faults.add(new OutOfMemoryError("Java heap space"));
        loop.start();
        await().until(() -> steps.get() > 2);
        assertThat(loop.problem()).isEmpty();
        assertThat(loop.health().lastOk()).contains(T);
    }

    @Test
    void aFaultIsLoggedOnceForEachKindWithWhatHappensNext() throws InterruptedException {
        try (var logged = new LoggedFaults()) {
            for (int i = 0; i < 3; i++) {
                faults.add(new UncheckedIOException("a file", new IOException("No space left on device")));
                loop.tick();
            }
            assertThat(logged.seen())
                    .singleElement()
                    .asString()
                    .contains("sweeping failed: the disk is full", "it is retried in 2 s")
                    .doesNotContain("UncheckedIOException");
            faults.add(new StackOverflowError());
            loop.tick();
            assertThat(logged.seen()).hasSize(2);
            assertThat(logged.seen().getLast()).contains("StackOverflowError");
        }
    }

    @Test
    void itTellsWhenItLastWentWellAndSinceWhenItFails() throws InterruptedException {
        loop.tick();
        clock.go(Duration.ofSeconds(30));
        faults.add(new IllegalStateException("nothing there"));
        faults.add(new IllegalStateException("nothing there"));
        loop.tick();
        clock.go(Duration.ofSeconds(30));
        loop.tick();
        assertThat(loop.health().lastOk()).contains(T);
        assertThat(loop.health().failingSince()).contains(T.plusSeconds(30));
        assertThat(loop.problem().orElseThrow())
                .isEqualTo("has failed since 2026-01-31 09:30:30 UTC: IllegalStateException: nothing there;"
                        + " it is retried in 2 s");
        loop.tick();
        assertThat(loop.health().failingSince()).isEmpty();
        assertThat(loop.problem()).isEmpty();
    }

    @Test
    void whatIsDueOnceAnHourIsTriedAgainAMinuteAfterAFault() throws InterruptedException {
        try (var hourly = new BackgroundLoop("retention", Duration.ofHours(1), clock, () -> {
            throw new IllegalStateException("the database does not answer");
        })) {
            hourly.tick();
            assertThat(hourly.problem().orElseThrow()).endsWith("it is retried in 60 s");
        }
    }

    @Test
    void aStepThatDoesNotEndIsSeen() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var stuck = new BackgroundLoop("stuck", Duration.ofMillis(1), clock, () -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        stuck.start();
        begun.await();
        assertThat(stuck.problem()).isEmpty();
        clock.go(Duration.ofMinutes(11));
        assertThat(stuck.problem()).contains("has been busy with one step since 2026-01-31 09:30:00 UTC");
        stuck.abort();
    }

    @Test
    void theFaultOfOneStepKeepsNoOtherFromBeingDone() {
        var done = new AtomicInteger();
        var steps = new Steps()
                .then(() -> {
                    throw new StackOverflowError("first");
                })
                .then(done::incrementAndGet)
                .then(() -> {
                    throw new IllegalStateException("second");
                });
        org.assertj.core.api.Assertions.assertThatThrownBy(steps::end)
                .isInstanceOf(StackOverflowError.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(done).hasValue(1);
    }

    @Test
    void aFullDiskIsToldFromWorkThatIsBad() {
        var full = new IllegalStateException(
                "insert into run", new IOException("[SQLITE_FULL] Insertion failed because database is full"));
        assertThat(Faults.plain(full)).contains("the disk is full");
        assertThat(Faults.isPassing(full)).isTrue();
        assertThat(Faults.isPassing(new IllegalArgumentException("no such word")))
                .isFalse();
    }
}
