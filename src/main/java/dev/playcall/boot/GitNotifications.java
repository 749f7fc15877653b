package dev.playcall.boot;

import dev.playcall.command.Reply;
import dev.playcall.command.content.GitSyncScheduler;
import dev.playcall.notify.dispatch.Outbox;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.schedule.Scheduler.ScheduleAnnouncer;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what came from git by itself: by the routes of notifications, and in a channel where one is configured. */
final class GitNotifications implements GitSyncScheduler.Listener {
    private static final int COMMITS = 5;

    private final Outbox outbox;
    private final ScheduleAnnouncer scheduleAnnouncer;
    private final Supplier<String> channel;
    private final Clock clock;

    GitNotifications(Outbox outbox, ScheduleAnnouncer scheduleAnnouncer, Supplier<String> channel, Clock clock) {
        this.outbox = outbox;
        this.scheduleAnnouncer = scheduleAnnouncer;
        this.channel = channel;
        this.clock = clock;
    }

    @Override
    public void pulled(Reply.Synced synced) {
        var commits = synced.rows().stream().limit(COMMITS).map(c -> String.join(" ", c));
        var text = Stream.concat(commits, synced.lines().stream()).collect(Collectors.joining("\n"));
        send("git.synced", Severity.INFO, NotificationEvent.Status.EVENT, "git: " + synced.message(), text);
    }

    /** Only where people look after git: nothing has changed yet. */
    @Override
    public void waits() {
        announce(
                "git.waiting/" + clock.instant().toEpochMilli(),
                "Git has new commits; they are applied when no run is running, or immediately with: sync now");
    }

    @Override
    public void failed(String why) {
        send("git.failed", Severity.WARNING, NotificationEvent.Status.OPEN, "Git cannot be fetched: " + why, "");
    }

    @Override
    public void well() {
        send("git.failed", Severity.WARNING, NotificationEvent.Status.RESOLVED, "Git can be fetched again", "");
    }

    private void send(String kind, Severity severity, NotificationEvent.Status status, String title, String text) {
        var now = clock.instant();
        var key = kind + "/" + now.toEpochMilli();
        outbox.take(List.of(new NotificationEvent(
                "playcall", key, kind, now, kind, severity, status, new TreeMap<>(), title, text, "")));
        announce(key, text.isEmpty() ? title : title + "\n" + text);
    }

    private void announce(String key, String text) {
        if (!channel.get().isBlank()) {
            scheduleAnnouncer.announce(channel.get(), key, text);
        }
    }
}
