package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.runner.directory.ExitRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                Optional.empty());
        var verdict = new Verdict(Duration.ofMinutes(1), began, false, 0, false, 0, List.of(), List.of());
        assertThat(verdict.of(exitRecord, tail).reason()).isEqualTo(reason);
    }
}
