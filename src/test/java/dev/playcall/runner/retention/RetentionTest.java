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
        var limits =
                new Retention.Limits(Duration.ofDays(365), 100, new Retention.LogLimits(Duration.ofDays(90), 0, size));
        new Retention(() -> limits, java.util.Map::of, settings, journal, Clock.systemUTC()).tick();
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
    void theLastLogsOfEachPlaybookInEachEnvironmentAreKeptAndPinnedOnes() throws IOException {
        var deploys = List.of(ended("production"), ended("production"), ended("production"), ended("production"));
        journal.read().history().pin(deploys.getFirst().id(), new Pin(Runs.ALICE, "evidence", now));
        var elsewhere = List.of(ended("staging"), ended("staging"), ended("staging"));
        var unlimited = List.of(ended("lab"), ended("lab"), ended("lab"));
        var others = List.of(
                log("validate_20261101_080000_901.log", 10, Duration.ofDays(9)),
                log("validate_20261102_080000_902.log", 10, Duration.ofDays(8)),
                log("validate_20261103_080000_903.log", 10, Duration.ofDays(7)));
        for (var runs : List.of(deploys, elsewhere, unlimited)) {
            for (int i = 0; i < runs.size(); i++) {
                Files.setLastModifiedTime(file(runs.get(i)), FileTime.from(now.minus(Duration.ofHours(10 - i))));
            }
        }
        var settings = new RunnerSettings("n", folder.resolve("runs"), folder.resolve("logs"), 1, List.of("true"));
        var limits = new Retention.Limits(
                Duration.ofDays(365), 100, new Retention.LogLimits(Duration.ofDays(90), 2, 1 << 20));
        var own = Map.of(
                "staging", rules(1),
                "lab", rules(0));
        new Retention(() -> limits, () -> own, settings, journal, Clock.systemUTC()).tick();

        assertThat(deploys.stream().map(r -> Files.exists(file(r)))).containsExactly(true, false, true, true);
        assertThat(elsewhere.stream().map(r -> Files.exists(file(r)))).containsExactly(false, false, true);
        assertThat(unlimited).allMatch(r -> Files.exists(file(r)));
        assertThat(others.stream().map(Files::exists)).containsExactly(false, true, true);
        assertThat(deploys).allMatch(r -> journal.read().find(r.id()).isPresent());
    }

    private static RetentionRules rules(int logs) {
        return new RetentionRules(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(logs), Optional.empty());
    }

    private Path file(Run run) {
        return folder.resolve(
                "logs/" + run.request().environment() + "/deploy_" + run.id().value() + ".log");
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
        var limits =
                new Retention.Limits(Duration.ofDays(365), 2, new Retention.LogLimits(Duration.ofDays(90), 0, 1 << 20));
        var own = Map.of(
                "staging",
                new RetentionRules(
                        Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(new Retention(() -> limits, () -> own, settings, journal, Clock.systemUTC()).tick())
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
