package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.testing.QuickStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A gateway that dies in the middle of everything. A power cut is not tried: this shows the process, not the disk. */
class StoreCrashIT {
    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void whatWasAcceptedBeforeTheKillIsThereAndGoesOn() throws IOException, InterruptedException {
        var url = "jdbc:sqlite:" + folder.resolve("playcall.db");
        Set<Long> accepted = new HashSet<>();
        for (int life = 1; life <= 3; life++) {
            accepted.addAll(liveAndDie(url, 40 * life));
            try (var database = Database.open(url, Clock.systemUTC())) {
                everythingIsThere(database.events(), accepted);
            }
        }
        try (var database = Database.open(url, Clock.systemUTC())) {
            everythingGoesOn(database);
        }
    }

    private static Set<Long> liveAndDie(String url, int enough) throws IOException, InterruptedException {
        var command = new ArrayList<>(QuickStart.java(CrashingWriter.class));
        command.add(url);
        var child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<Long> accepted = new HashSet<>();
        try (var out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("\\d+")) {
                    accepted.add(Long.parseLong(line));
                }
                if (accepted.size() == enough) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        assertThat(child.waitFor()).as("killed, not ended").isEqualTo(137);
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(enough);
        return accepted;
    }

    private static void everythingIsThere(EventStore store, Set<Long> accepted) {
        for (long id : accepted) {
            var run = store.find(new RunId(id)).orElseThrow(() -> new AssertionError("run #" + id + " is lost"));
            assertThat(replay(store, run))
                    .as("the row is what the events add up to")
                    .isEqualTo(run);
        }
        assertThat(store.running()).extracting(r -> r.request().lock()).doesNotHaveDuplicates();
    }

    private static Run replay(EventStore store, Run run) {
        var entries = store.entries(run.id());
        var first = entries.getFirst();
        var replayed = Run.of(run.id(), (RunEvent.Requested) first.event(), first.at());
        for (var entry : entries.subList(1, entries.size())) {
            replayed = replayed.after(entry.event(), entry.at()).orElseThrow();
        }
        return replayed;
    }

    /** Ends what the dead gateway had running, as its successor does, and sees that the rest is taken up. */
    private static void everythingGoesOn(Database database) {
        var store = database.events();
        for (var run : store.running()) {
            finish(store, run);
        }
        database.workQueue()
                .start(
                        "node",
                        lock -> store.claim(lock, 4, "next", (_, _) -> "log", Instant::now)
                                .ifPresent(entry -> finish(store, entry.run())));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> store.queue().isEmpty() && store.running().isEmpty());
        assertThat(store.list(dev.playcall.journal.RunQuery.newest(500)).runs())
                .extracting(Run::state)
                .containsOnly(RunState.SUCCESS);
    }

    private static void finish(EventStore store, Run run) {
        store.append(run.id(), new RunEvent.Finished(new Outcome.Success()), Instant.now());
    }
}
