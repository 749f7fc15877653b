package dev.playcall.boot;

import dev.playcall.ansible.Programs;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.Finding;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.config.Config;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
        var programs = new Programs(System.getenv().getOrDefault("PATH", ""));
        var catalogs = new DiskCatalogs(config, clock);
        Stream<Supplier<List<Finding>>> looks = Stream.of(
                () -> List.of(Finding.ok("configuration is readable")),
                () -> ProgramFindings.of(programs),
                () -> PlaceFindings.of(config),
                () -> new DatabaseFindings(config, catalogs, clock).all(),
                () -> new ContentFindings(config, catalogs.current(), programs).all(),
                () -> Shelf.of(() -> config, GitKeys.kept(config, clock), clock).findings(),
                () -> chat(config, clock),
                () -> receivers(config, programs));
        // Each is said before the next one is looked at: some of them take a while.
        long errors = looks.flatMap(look -> look.get().stream())
                .peek(f -> say(out, f))
                .filter(f -> f.level() == Finding.Level.ERROR)
                .count();
        return errors == 0 ? Main.OK : Main.FAILED;
    }

    private static List<Finding> chat(Config config, Clock clock) {
        var found = new ArrayList<Finding>();
        var chat = config.chat();
        try (var slack = new SlackAdapter(
                chat.slack(), clock, () -> FrontDoor.asksForGroups(config, new DiskCatalogs(config, clock), "slack"))) {
            found.addAll(slack.check());
        }
        found.addAll(DiscordAdapter.check(chat.discord(), clock));
        return found;
    }

    /** Routes, templates and mentions, and whether those who are told at night could be told now. */
    private static List<Finding> receivers(Config config, Programs programs) {
        var notify = config.notifications();
        if (notify.receivers().isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Finding>();
        try {
            Receivers.rules(notify);
            Receivers.wordings(notify);
            found.add(
                    Finding.ok(notify.receivers().size() + " receivers of notifications, their routes and templates"));
        } catch (RefusedException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> found.add(Finding.error(line)));
        }
        found.addAll(ReceiverChecks.of(notify, programs));
        return found;
    }

    private static void say(PrintWriter out, Finding finding) {
        out.printf("%-8s %s%n", finding.level().name().toLowerCase(Locale.ROOT), finding.text());
        out.flush();
    }
}
