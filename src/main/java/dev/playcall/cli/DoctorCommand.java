package dev.playcall.cli;

import dev.playcall.ansible.ProgramPaths;
import dev.playcall.boot.ContentServices;
import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.GitKeys;
import dev.playcall.boot.settings.ReceiverFactory;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.UnreachableException;
import dev.playcall.config.Config;
import dev.playcall.doctor.ContentFindings;
import dev.playcall.doctor.DatabaseFindings;
import dev.playcall.doctor.IsolationFindings;
import dev.playcall.doctor.PathFindings;
import dev.playcall.doctor.ProgramFindings;
import dev.playcall.doctor.ReceiverChecks;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks at everything a gateway needs; each line is ok, a warning or an error with the remedy. */
@Command(name = "doctor", description = "check everything the gateway needs")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var out = command.out();
        var config = command.load();
        var clock = Clock.systemUTC();
        var programPaths = new ProgramPaths(command.invocation().environment().getOrDefault("PATH", ""));
        var catalogs = new DiskCatalogs(config, clock);
        Stream<Supplier<List<PlatformFinding>>> looks = Stream.of(
                () -> List.of(PlatformFinding.ok("configuration is readable")),
                () -> ProgramFindings.of(programPaths),
                () -> PathFindings.of(config),
                () -> new IsolationFindings(config, programPaths).all(),
                () -> new DatabaseFindings(config, catalogs, clock).all(),
                () -> new ContentFindings(config, catalogs.current(), programPaths).all(),
                () -> ContentServices.of(() -> config, GitKeys.kept(config, clock), clock)
                        .findings(),
                () -> chat(config, clock),
                () -> receivers(config, programPaths),
                () -> running(config));
        // Each is said before the next one is looked at: some of them take a while.
        long errors = looks.flatMap(look -> look.get().stream())
                .peek(f -> print(out, f))
                .filter(f -> f.level() == PlatformFinding.Level.ERROR)
                .count();
        return errors == 0 ? Main.OK : Main.FAILED;
    }

    private static List<PlatformFinding> chat(Config config, Clock clock) {
        var found = new ArrayList<PlatformFinding>();
        var chat = config.chat();
        try (var slack = new SlackAdapter(
                chat.slack(),
                clock,
                () -> AccessServices.asksForGroups(config, new DiskCatalogs(config, clock), "slack"),
                config.server().publicUrl())) {
            found.addAll(slack.check());
        }
        found.addAll(DiscordAdapter.check(chat.discord(), clock));
        return found;
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

    /** Routes, templates and mentions, and whether those who are told at night could be told now. */
    private static List<PlatformFinding> receivers(Config config, ProgramPaths programPaths) {
        var notifyConfig = config.notifications();
        if (notifyConfig.receivers().isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<PlatformFinding>();
        try {
            ReceiverFactory.rules(notifyConfig);
            ReceiverFactory.templates(notifyConfig);
            found.add(PlatformFinding.ok(
                    notifyConfig.receivers().size() + " notification receivers with routes and templates"));
        } catch (RefusedException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> found.add(PlatformFinding.error(line)));
        }
        found.addAll(ReceiverChecks.of(notifyConfig, programPaths));
        return found;
    }

    private static void print(PrintWriter out, PlatformFinding platformFinding) {
        out.printf("%-8s %s%n", platformFinding.level().name().toLowerCase(Locale.ROOT), platformFinding.text());
        out.flush();
    }
}
