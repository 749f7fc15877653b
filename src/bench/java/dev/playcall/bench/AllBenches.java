package dev.playcall.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Runs the benchmarks one after the other, each in a JVM of its own, and compares reports. */
final class AllBenches {
    private static final List<String> NAMES = List.of("ansible", "chat", "notify", "queue", "page", "history");
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    /** A machine of which more than half works already is busy. */
    private static final double BUSY = 0.5;

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** So much more than in the last report is worse; less is noise. */
    private static final double WORSE = 0.15;

    private final PrintWriter out;
    private final Path folder;

    /** @param folder of the reports */
    AllBenches(PrintWriter out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /** @param options handed on to each benchmark */
    void run(List<String> options) throws IOException, InterruptedException {
        var at = Instant.now();
        var sections = new ArrayList<BenchReport.Section>();
        for (var name : NAMES) {
            out.println("bench " + name + "…");
            out.flush();
            sections.add(section(name, options));
        }
        var machine = new BenchReport.Machine(
                MACHINE.getAvailableProcessors(),
                MACHINE.getTotalMemorySize() >> 20,
                MACHINE.getName() + " " + MACHINE.getVersion(),
                Runtime.version().toString());
        var report = new BenchReport(at, revision(), machine, sections);
        out.println();
        out.println(report.markdown());
        out.println("written to " + report.write(folder));
    }

    private static BenchReport.Section section(String name, List<String> options)
            throws IOException, InterruptedException {
        double before = calm();
        long begun = System.nanoTime();
        var process = new ProcessBuilder(command(name, options))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean well = process.waitFor() == 0;
        boolean idle = before <= BUSY * MACHINE.getAvailableProcessors();
        return new BenchReport.Section(
                name,
                before,
                MACHINE.getSystemLoadAverage(),
                well && idle,
                (System.nanoTime() - begun) / 1_000_000_000,
                text);
    }

    /** The load once the machine is idle, or what it is after a while. */
    private static double calm() {
        long end = System.nanoTime() + WAIT.toNanos();
        while (MACHINE.getSystemLoadAverage() > BUSY * MACHINE.getAvailableProcessors() && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return MACHINE.getSystemLoadAverage();
    }

    private static List<String> command(String name, List<String> options) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(runtime.getInputArguments());
        command.addAll(List.of("-cp", runtime.getClassPath(), "dev.playcall.cli.Main", "bench", name));
        command.addAll(options);
        return command;
    }

    private static String revision() throws IOException, InterruptedException {
        try {
            var git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                    .directory(Path.of(System.getProperty("playcall.home", "."))
                            .toAbsolutePath()
                            .toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Compares the newest report with the one before it.
     *
     * @return whether nothing became clearly worse
     */
    boolean check() throws IOException {
        var files = BenchReport.in(folder);
        if (files.size() < 2) {
            throw new RefusedException("there are " + files.size() + " reports in " + folder
                    + ", and two are compared: ./playcall bench all makes one");
        }
        var before = BenchReport.read(files.get(files.size() - 2)).ratios();
        var now = BenchReport.read(files.getLast()).ratios();
        int compared = 0;
        int worse = 0;
        for (var ratio : now) {
            for (var old :
                    before.stream().filter(o -> o.of().equals(ratio.of())).toList()) {
                compared++;
                if (ratio.worseThan(old) > WORSE) {
                    worse++;
                    out.println(String.format(
                            Locale.ROOT,
                            "%s: ×%.2f, was ×%.2f: %.0f %% worse",
                            ratio.of(),
                            ratio.value(),
                            old.value(),
                            100 * ratio.worseThan(old)));
                }
            }
        }
        out.println(worse + " of " + compared + " ratios are more than 15 % worse than in "
                + files.get(files.size() - 2).getFileName() + "; " + (now.size() - compared) + " are new");
        out.flush();
        return worse == 0;
    }
}
