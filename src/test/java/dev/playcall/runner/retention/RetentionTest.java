package dev.playcall.runner.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.binding.RetentionRules;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.RunJournal;
import dev.playcall.store.Database;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private Database database;
    private RunJournal journal;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("playcall.db"), Clock.systemUTC());
        journal = new RunJournal(database.events(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Path log(String name, int bytes, Duration age) throws IOException {
        var file = folder.resolve("logs/production").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        Files.setLastModifiedTime(file, FileTime.from(now.minus(age)));
        return file;
    }

    private void tick(long size) {
        var settings = new RunnerSettings("n", folder.resolve("runs"), folder.resolve("logs"), 1, List.of("true"));
        var limits = new Retention.Limits(Duration.ofDays(365), 100, Duration.ofDays(90), size);
        new Retention(limits, java.util.Map::of, settings, journal, Clock.systemUTC()).tick();
    }

    @Test
    void oldLogsGoAndNewOnesStay() throws IOException {
        var old = log("deploy_1.log", 10, Duration.ofDays(91));
        var young = log("deploy_2.log", 10, Duration.ofDays(89));
        tick(1000);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void whenTheyAreTooLargeTheOldestGoFirst() throws IOException {
        var old = log("deploy_1.log", 600, Duration.ofDays(3));
        var young = log("deploy_2.log", 600, Duration.ofDays(1));
        tick(1000);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void theLogOfARunThatWorksStaysHoweverOldItIs() throws IOException {
        journal.create(Runs.asked("deploy"));
        journal.claim("deploy", 1, "n", (_, _) -> "production/deploy_1.log");
        var log = log("deploy_1.log", 10, Duration.ofDays(400));
        tick(1);
        assertThat(log).exists();
    }

    private Run ended(String environment) throws IOException {
        var request = Runs.request("deploy", environment, "deploy", 0, false);
        var run = journal.create(Runs.asked(request)).run();
        var name = environment + "/deploy_" + run.id().value() + ".log";
        assertThat(journal.claim("deploy", 9, "n", (_, _) -> name)).isPresent();
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Success()));
        Files.createDirectories(folder.resolve("logs").resolve(environment));
        Files.writeString(folder.resolve("logs").resolve(name), "log");
        Files.createDirectories(folder.resolve("runs/" + run.id().value()));
        return run;
    }

    private boolean isThere(Run run) {
        boolean row = journal.read().find(run.id()).isPresent();
        assertThat(Files.exists(folder.resolve("runs/" + run.id().value()))).isEqualTo(row);
        var log = run.request().environment() + "/deploy_" + run.id().value() + ".log";
        assertThat(Files.exists(folder.resolve("logs").resolve(log))).isEqualTo(row);
        return row;
    }

    @Test
    void eachEnvironmentIsKeptByItsOwnRuleAndAPinnedRunByNone() throws IOException {
        var production = List.of(ended("production"), ended("production"), ended("production"));
        var staging = List.of(ended("staging"), ended("staging"), ended("staging"));
        journal.read().history().pin(staging.getFirst().id(), new Pin(Runs.ALICE, "evidence", now));
        var settings = new RunnerSettings("n", folder.resolve("runs"), folder.resolve("logs"), 1, List.of("true"));
        var limits = new Retention.Limits(Duration.ofDays(365), 2, Duration.ofDays(90), 1 << 20);
        var own = Map.of(
                "staging", new RetentionRules(Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty()));
        assertThat(new Retention(limits, () -> own, settings, journal, Clock.systemUTC()).tick())
                .isEqualTo(2);
        assertThat(production.stream().filter(this::isThere)).hasSize(2);
        assertThat(staging.stream().filter(this::isThere)).containsExactly(staging.getFirst(), staging.getLast());
    }

    @Test
    void foldersThatADeathLeftBehindAreFound() throws IOException {
        var run = ended("production");
        var leftover = Files.createDirectories(folder.resolve("runs/77"));
        tick(1 << 20);
        assertThat(leftover).doesNotExist();
        assertThat(isThere(run)).isTrue();
    }
}
