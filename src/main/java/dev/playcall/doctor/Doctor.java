package dev.playcall.doctor;

import dev.playcall.ansible.ProgramPaths;
import dev.playcall.boot.ContentServices;
import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.GitKeys;
import dev.playcall.boot.settings.ReceiverFactory;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.discord.DiscordAdapter;
import dev.playcall.chat.slack.SlackAdapter;
import dev.playcall.config.Config;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything a gateway needs, looked at from outside: its files, programs, database, content, chats and receivers. */
public final class Doctor {
    private final Config config;
    private final ProgramPaths programs;
    private final Clock clock;

    public Doctor(Config config, ProgramPaths programs, Clock clock) {
        this.config = config;
        this.programs = programs;
        this.clock = clock;
    }

    /** One look at each, to be taken one after the other: some take seconds, because they ask a platform or a program. */
    public Stream<Supplier<List<PlatformFinding>>> looks() {
        var catalogs = new DiskCatalogs(config, clock);
        return Stream.of(
                () -> List.of(PlatformFinding.ok("configuration is readable")),
                () -> ProgramFindings.of(programs),
                () -> PathFindings.of(config),
                () -> new IsolationFindings(config, programs).all(),
                () -> new DatabaseFindings(config, catalogs, clock).all(),
                () -> new ContentFindings(config, catalogs.current(), programs).all(),
                () -> ContentServices.of(() -> config, GitKeys.kept(config, clock), clock)
                        .findings(),
                this::chat,
                this::receivers);
    }

    private List<PlatformFinding> chat() {
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

    /** Routes, templates and mentions, and whether those who are told at night could be told now. */
    private List<PlatformFinding> receivers() {
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
        found.addAll(ReceiverChecks.of(notifyConfig, programs));
        return found;
    }
}
