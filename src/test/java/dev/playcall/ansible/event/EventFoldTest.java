package dev.playcall.ansible.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.runner.directory.ExitRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lines in strategies.events were written by Ansible 2.14: a play with {@code strategy: free} on a fast and a slow
 * host, with an included file and a handler, then one with {@code serial: 1} and the same file.
 */
class EventFoldTest {
    private static final Path RECORDED = Path.of("src", "test", "resources", "ansible", "strategies.events");

    private final EventFold fold = new EventFold(Duration.ofMinutes(5), false);
    private List<String> lines = List.of();

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(RECORDED);
    }

    /** What was shown in the course of these plays, each change once. */
    private List<String> shown(String play) {
        var shown = new ArrayList<String>();
        for (var line : lines) {
            fold.line(line);
            var now = fold.progress();
            if (now.play().equals(play)
                    && !line.contains("\"e\":\"play\"")
                    && (shown.isEmpty() || !shown.getLast().equals(now.task()))) {
                shown.add(now.task());
            }
        }
        return shown;
    }

    @Test
    void aSlowHostDoesNotTakeTheTaskBackWhereEachGoesAtItsOwnPace() {
        assertThat(shown("On their own")).containsExactly("First", "Second", "Third", "Included", "Fourth", "Tell");
    }

    /** As Ansible 2.14 gives it. */
    @Test
    void sudoThatWantsATerminalIsToldInOneLine() {
        var said = "MODULE FAILURE: sudo: sorry, you must have a tty to run sudo";
        fold.line("{\"e\":\"failed\",\"h\":\"web-1\",\"t\":1,\"msg\":\"" + said + "\"}");
        assertThat(fold.takeChanged().getFirst().message().orElseThrow())
                .startsWith("sudo on this host has requiretty")
                .contains("ansible_pipelining: false");
    }

    @Test
    void whereNoPlayHadAHostItSaysForWhichTheyAre() {
        var limited = new EventFold(Duration.ofMinutes(5), false, List.of("db-7"));
        for (var line : List.of(
                "{\"e\":\"start\"}",
                "{\"e\":\"play\",\"p\":1,\"name\":\"web\",\"pattern\":\"web\",\"hosts\":0,\"total\":0}",
                "{\"e\":\"stats\",\"hosts\":0,\"failed\":0}")) {
            limited.line(line);
        }
        var code = java.util.OptionalInt.of(0);
        var exited = new ExitRecord(code, java.util.OptionalInt.empty(), ExitRecord.Why.EXITED, Optional.empty(), 0);
        assertThat(limited.verdict(exited, "").reason())
                .isEqualTo("no task ran on any host: the plays are for web, and db-7 is not in it");
    }

    /** The first and the last time that stand beside the name of a host in the recording. */
    @Test
    void aHostBeginsWithItsFirstTaskAndEndsWithItsLast() {
        lines.forEach(fold::line);
        for (var host : fold.takeChanged()) {
            var times = lines.stream()
                    .filter(l -> l.contains("\"h\":\"" + host.host() + "\"") && !l.contains("\"e\":\"recap\""))
                    .map(l -> Long.parseLong(l.replaceAll(".*\"t\":(\\d+).*", "$1")))
                    .toList();
            assertThat(host.started().map(Instant::toEpochMilli)).contains(times.getFirst());
            assertThat(host.completed().map(Instant::toEpochMilli)).contains(times.getLast());
        }
    }

    @Test
    void everyBatchIsShownFromItsFirstTaskOn() {
        assertThat(shown("One by one"))
                .containsExactly(
                        "Alpha",
                        "Beta",
                        "Included",
                        "Gamma", // the first host
                        "Alpha",
                        "Beta",
                        "Included",
                        "Gamma");
    }

    @Test
    void aSlowerSliceDoesNotTakeTheTaskBackAndOneThatEndedEarlyIsNamed() {
        var fold = new EventFold(Duration.ofHours(1), false);
        for (var line : """
                {"e":"slices","count":2}
                {"e":"play","p":1,"name":"P","strategy":"linear","names":["a"],"total":1,"slice":1}
                {"e":"task","k":1,"p":1,"name":"First"}
                {"e":"run","h":"a","k":1,"t":1}
                {"e":"task","k":2,"p":1,"name":"Second"}
                {"e":"run","h":"a","k":2,"t":2}
                {"e":"play","p":1,"name":"P","strategy":"linear","names":["b","c"],"total":2,"slice":2}
                {"e":"run","h":"b","k":1,"t":3}
                """.lines().toList()) {
            fold.line(line);
        }
        assertThat(fold.progress().task()).isEqualTo("Second");
        assertThat(fold.progress().hosts()).isEqualTo(3);

        fold.line(
                "{\"e\":\"slice_lost\",\"slice\":2,\"of\":2,\"hosts\":2,\"rc\":250,\"msg\":\"Unexpected Exception\"}");
        fold.line("{\"e\":\"unfinished\",\"h\":\"b\"}");
        fold.line("{\"e\":\"recap\",\"h\":\"a\",\"s\":[2,0,0,0,0,0,0]}");
        fold.line("{\"e\":\"stats\",\"hosts\":1}");
        assertThat(fold.verdict(
                        new ExitRecord(
                                OptionalInt.of(250), OptionalInt.empty(), ExitRecord.Why.EXITED, Optional.empty(), 0),
                        ""))
                .isEqualTo(new Outcome.Failed(250, "slice 2 of 2 stopped before the end: Unexpected Exception"));
    }

    @Test
    void aResultTellsTheTaskWhoseBeginningWasLost() {
        lines = lines.stream().filter(l -> !l.contains("\"e\":\"run\"")).toList();
        assertThat(shown("One by one")).endsWith("Alpha", "Beta", "Included", "Gamma");
    }

    @Test
    void whatIsTornOrUnknownIsPassedOver() {
        fold.line("{\"n\":1,\"t\":1,\"e\":\"sta");
        fold.line("");
        fold.line("[]");
        fold.line("{\"n\":2,\"t\":1,\"e\":\"dance\",\"h\":\"fast\",\"k\":1}");
        fold.line("{\"n\":3,\"t\":1,\"e\":\"run\",\"h\":\"fast\",\"k\":77}");
        assertThat(fold.progress().task()).isEmpty();
        assertThat(fold.progress().results()).isZero();
    }

    /** Both hosts began their first task in the first five lines, and only the first has a result in the sixth. */
    @ParameterizedTest
    @EnumSource(ExitRecord.Why.class)
    void aHostWhoseFirstTaskWasCutShortHasBegun(ExitRecord.Why why) {
        lines.stream().limit(6).forEach(fold::line);
        fold.verdict(new ExitRecord(OptionalInt.empty(), OptionalInt.of(9), why, Optional.empty(), 0), "");
        assertThat(fold.takeChanged())
                .filteredOn(h -> h.host().equals("slow"))
                .singleElement()
                .satisfies(h -> {
                    assertThat(h.outcome()).isEqualTo(HostOutcome.INCOMPLETE);
                    assertThat(h.word(true)).isEqualTo("incomplete");
                });
    }

    @ParameterizedTest
    @EnumSource(ExitRecord.Why.class)
    void aHostThatWasNotThroughIsNotDoneAndOneWhoseTurnNeverCameWasNotStarted(ExitRecord.Why why) {
        lines.stream().limit(4).forEach(fold::line);
        fold.verdict(new ExitRecord(OptionalInt.empty(), OptionalInt.of(9), why, Optional.empty(), 0), "");
        assertThat(fold.progress().unheard()).isEqualTo(2);
        assertThat(fold.takeChanged())
                .extracting(h -> h.host() + " " + h.word(true))
                .contains("fast incomplete", "slow not started");
    }

    @Test
    void theRecapHasTheLastWordAboutEachHost() {
        lines.forEach(fold::line);
        assertThat(fold.progress().results()).isEqualTo(20);
        assertThat(fold.takeChanged()).hasSize(2).allSatisfy(h -> {
            assertThat(h.outcome()).isEqualTo(HostOutcome.CHANGED);
            assertThat(h.stats().ok()).isEqualTo(10);
            assertThat(h.stats().changed()).isEqualTo(6);
        });
        assertThat(fold.takeChanged()).extracting(HostResult::host).isEmpty();
    }
}
