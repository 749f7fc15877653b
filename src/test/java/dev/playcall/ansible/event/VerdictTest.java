package dev.playcall.ansible.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.runner.directory.ExitRecord;
import dev.playcall.runner.directory.ExitRecord.ExceededLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        false | true  | ''          | no task was run: no space left on device (data/runs)
        true  | true  | TASK [copy] | stopped before the end: no space left on device (data/runs)
        false | false | ''          | no task was run: exit code 1 and no output
        true  | false | ERROR! no   | stopped before the end: no
        """)
    void aDiskWithoutRoomIsTheReasonOfARunThatCouldNotSayOne(boolean began, boolean full, String tail, String reason) {
        var exitRecord = new ExitRecord(
                OptionalInt.of(1),
                OptionalInt.empty(),
                ExitRecord.Why.EXITED,
                Optional.empty(),
                full,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var verdict = new Verdict(Duration.ofMinutes(1), began, false, 0, Optional.of(""), 0, List.of(), List.of());
        assertThat(verdict.of(exitRecord, tail).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR! Syntax Error while loading YAML.\n\n"
                        + "The error appears to be in '/srv/playbooks/a b.yml': line 5, column 3, but may",
                "[ERROR]: Syntax Error while loading YAML.\nOrigin: /srv/playbooks/deploy.yml:5:3\n"
            })
    void whereAPlaybookIsWrongStandsInTheReason(String tail) {
        var exitRecord =
                new ExitRecord(OptionalInt.of(4), OptionalInt.empty(), ExitRecord.Why.EXITED, Optional.empty(), 0);
        var verdict = new Verdict(Duration.ofMinutes(1), false, false, 0, Optional.of(""), 0, List.of(), List.of());
        assertThat(verdict.of(exitRecord, tail).reason())
                .matches("no task was run: Syntax Error while loading YAML. \\((a b|deploy).yml:5\\)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LIMIT  | memory     | 2147483648 | false | stopped: it used more than 2 GB of memory (ansible.limits.memory)
        EXITED | memory     | 2147483648 | true  | a process of it used more than 2 GB of memory (ansible.limits.memory); stopped before the end: no
        EXITED | processes  | 50         | false | it started more than 50 processes (ansible.limits.processes); stopped before the end: no
        EXITED | open_files | 64         | true  | a process of it opened more than 64 files (ansible.limits.open_files); stopped before the end: no
        EXITED | cpu        | 150        | true  | a process of it used more CPU time than 150% of the run's time limit (ansible.limits.cpu); stopped before the end: no
        """)
    void aLimitThatWasMetIsTheReason(ExitRecord.Why why, String name, long value, boolean each, String reason) {
        var exitRecord = new ExitRecord(
                OptionalInt.of(1),
                OptionalInt.empty(),
                why,
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ExceededLimit(name, value, each)));
        var verdict = new Verdict(Duration.ofMinutes(1), true, false, 0, Optional.of(""), 0, List.of(), List.of());
        assertThat(verdict.of(exitRecord, "ERROR! no").reason()).isEqualTo(reason);
    }
}
