package dev.playcall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.boot.GatewayFile;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.cli.client.GatewayClient.UnreachableException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.config.Config;
import dev.playcall.doctor.Doctor;
import dev.playcall.web.http.YamlText;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Looks at everything a gateway needs; each line is ok, a warning or an error with the remedy. */
@Command(name = "doctor", description = "check everything the gateway needs")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var out = command.out();
        var config = command.load();
        var clock = Clock.systemUTC();
        var programPaths = new ProgramPaths(command.invocation().environment().getOrDefault("PATH", ""));
        var looks = Stream.concat(
                new Doctor(config, programPaths, clock).looks(),
                Stream.<Supplier<List<PlatformFinding>>>of(() -> running(config)));
        var record = output.record();
        var all = looks.flatMap(look -> look.get().stream());
        // Each is said before the next one is looked at: some of them take a while.
        var found = (record.isEmpty() ? all.peek(f -> print(out, f)) : all).toList();
        record.ifPresent(format -> out.print(text(found, format)));
        out.flush();
        return found.stream().noneMatch(f -> f.level() == PlatformFinding.Level.ERROR) ? Main.OK : Main.FAILED;
    }

    private static String text(List<PlatformFinding> found, String format) {
        var findings = new ObjectMapper().createObjectNode();
        var list = findings.putArray("findings");
        found.forEach(f -> list.addObject().put("level", level(f)).put("text", f.text()));
        return format.equals("yaml") ? YamlText.of(findings) : findings + "\n";
    }

    private static String level(PlatformFinding finding) {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }

    /** What a gateway that works now knows of itself, and nobody else can find out. */
    private static List<PlatformFinding> running(Config config) {
        var found = Files.isDirectory(config.paths().data())
                ? GatewayFile.find(config.paths().data())
                : Optional.<GatewayFile.Found>empty();
        if (found.isEmpty()) {
            return List.of();
        }
        try (var gateway = new HttpGateway(found.get())) {
            return findings(gateway);
        } catch (UnreachableException e) {
            return List.of(PlatformFinding.error(String.valueOf(e.getMessage())));
        }
    }

    private static List<PlatformFinding> findings(HttpGateway gateway) {
        var findings = gateway.problems().stream()
                .map(t -> new PlatformFinding(
                        t.stops() ? PlatformFinding.Level.ERROR : PlatformFinding.Level.WARNING,
                        "the running gateway says of " + t.part() + ": " + t.problem()))
                .toList();
        return findings.isEmpty()
                ? List.of(PlatformFinding.ok("every part of the gateway at " + gateway.address() + " works"))
                : findings;
    }

    private static void print(PrintWriter out, PlatformFinding platformFinding) {
        out.printf("%-8s %s%n", level(platformFinding), platformFinding.text());
        out.flush();
    }
}
