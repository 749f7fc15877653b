package dev.playcall.boot;

import dev.playcall.ansible.Supply;
import dev.playcall.command.Desk;
import dev.playcall.command.Puller;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import dev.playcall.library.Checkouts;
import dev.playcall.library.Gate;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.inbound.PushHook;
import dev.playcall.runner.Launcher.Still;
import dev.playcall.store.Database;
import dev.playcall.web.PostHook;
import java.time.Clock;
import java.util.Optional;

/** Where runs get what they are made of. */
record Shelf(Settings settings, Gate gate, Checkouts checkouts) implements Supply {

    static Shelf of(Settings settings) {
        var gate = new Gate();
        return new Shelf(settings, gate, new Checkouts(settings::config, gate, System.getenv()));
    }

    @Override
    public Still still(Run run) {
        return gate.still()::close;
    }

    @Override
    public Optional<Revision> revision(Run run) {
        return checkouts.revision(run.request().environment());
    }

    /** Why playbooks and inventories are not changed through Playcall. */
    Optional<String> elsewhere() {
        return settings.config().git().edits()
                ? Optional.empty()
                : Optional.of("playbooks and inventories are not changed here but in git (git.edits is off):"
                        + " commit and push there, then sync");
    }

    /** @param desk syncs for nobody but this one, and records it */
    Puller puller(Desk desk, RunJournal journal, Notifications notifications, Database database, Clock clock) {
        var news = new GitNews(
                notifications.outbox(),
                (channel, key, text) -> database.chat().say(channel, key, text, clock.instant()),
                settings.each(c -> c.git().channel()),
                clock);
        return new Puller(checkouts, desk, journal, settings.each(c -> c.git().interval()), news, clock);
    }

    /** Where pushes are heard of, when somebody may tell. */
    Optional<PostHook> pushes(String name, Puller puller) {
        var git = settings.config().git();
        if (!name.equals("git") || git.webhookSecret().isEmpty()) {
            return Optional.empty();
        }
        var hook = new PushHook(
                git.webhookSecret().reveal(),
                branch -> git.branch().isBlank() || git.branch().equals(branch),
                puller::pushed);
        return Optional.of((headers, body) -> {
            var reply = hook.handle(headers, body);
            return new PostHook.Reply(reply.status(), "application/json", reply.body());
        });
    }
}
