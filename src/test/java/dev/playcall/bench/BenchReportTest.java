package dev.playcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of a machine, and what a comparison of two says. */
class BenchReportTest {
    private static final Instant AT = Instant.parse("2026-01-31T09:30:00Z");
    private static final BenchReport.Machine MACHINE = new BenchReport.Machine(2, 24_000, "Linux 6.1", "25");

    private static final String RUNS = """
        load before: 0.1 on 2 processors
        | hosts | alone: CPU s / wall s | Playcall: CPU | wall | warm: CPU | wall |
        |---|---|---|---|---|---|
        | 1 | 0.6 / 0.6 | ×1.24 | ×1.44 | ×0.48 | ×0.45 |
        """;

    private static final String ALERTS = """
        | | Alertmanager (in memory) | Playcall (on disk) |
        |---|---|---|
        | alerts taken in a second | 2,000 (1,900 – 2,100) | 500 |
        | p50 ms | 2.0 | 11.0 |
        | lost | 0 | – |
        """;

    @TempDir
    private Path folder;

    private static BenchReport report(Instant at, boolean judged, String runs) {
        return new BenchReport(
                at,
                "abc1234",
                MACHINE,
                List.of(
                        new BenchReport.Section("ansible", 0.1, 1.2, judged, 60, runs),
                        new BenchReport.Section("notify", 0.2, 1.2, true, 60, ALERTS)));
    }

    @Test
    void ratiosAreThoseToSomethingThatWasMeasuredBeside() {
        assertThat(report(AT, true, RUNS).ratios())
                .containsExactly(
                        new BenchRatio("ansible, 1, Playcall: CPU", 1.24, false),
                        new BenchRatio("ansible, 1, Playcall: wall", 1.44, false),
                        new BenchRatio("ansible, 1, warm: CPU", 0.48, false),
                        new BenchRatio("ansible, 1, warm: wall", 0.45, false),
                        new BenchRatio("notify, alerts taken in a second", 0.25, true),
                        new BenchRatio("notify, p50 ms", 5.5, false));
    }

    @Test
    void aBusyMachineIsShownAndNotJudged() {
        var report = report(AT, false, RUNS);
        assertThat(report.markdown()).contains("×1.24", "**not judged**", "2 processors, 24000 MB, Linux 6.1, Java 25");
        assertThat(report.ratios()).noneMatch(r -> r.of().startsWith("ansible"));
    }

    @Test
    void aReportIsReadBackAsItWasWritten() throws IOException {
        var report = report(AT, true, RUNS);
        var file = report.write(folder);
        assertThat(file).hasFileName("bench-2026-01-31T093000Z.json");
        assertThat(BenchReport.read(file)).isEqualTo(report);
        assertThat(folder.resolve("bench-2026-01-31T093000Z.md")).hasContent(report.markdown());
    }

    private String check(boolean well) throws IOException {
        var out = new StringWriter();
        assertThat(new AllBenches(new PrintWriter(out), folder).check()).isEqualTo(well);
        return out.toString();
    }

    @Test
    void whatIsClearlyWorseThanInTheLastReportIsSaid() throws IOException {
        assertThatThrownBy(() -> check(true))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there are 0 reports");
        report(AT, true, RUNS).write(folder);
        report(AT.plusSeconds(60), true, RUNS.replace("×0.45", "×0.50")).write(folder);
        assertThat(check(true)).contains("0 of 6 ratios are more than 15 % worse");
        report(AT.plusSeconds(120), true, RUNS.replace("×1.24", "×1.80")).write(folder);
        assertThat(check(false))
                .contains("ansible, 1, Playcall: CPU: ×1.80, was ×1.24: 45 % worse\n", "1 of 6 ratios are more");
    }

    @Test
    void moreInASecondIsBetter() {
        var before = new BenchRatio("x", 0.5, true);
        assertThat(new BenchRatio("x", 0.25, true).worseThan(before)).isEqualTo(1.0);
        assertThat(new BenchRatio("x", 1.0, true).worseThan(before)).isEqualTo(-0.5);
    }
}
