package dev.playcall.boot;

import dev.playcall.ansible.AnsibleSettings;
import dev.playcall.ansible.Supply;
import dev.playcall.chat.Finding;
import dev.playcall.command.Desk;
import dev.playcall.command.Puller;
import dev.playcall.config.Config;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import dev.playcall.library.Checkouts;
import dev.playcall.library.Galaxy;
import dev.playcall.library.Gate;
import dev.playcall.library.Keys;
import dev.playcall.library.RefusedException;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.inbound.PushHook;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.Still;
import dev.playcall.runner.Launcher.Waiting;
import dev.playcall.store.Database;
import dev.playcall.web.PostHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where runs get what they are made of. */
record Shelf(Supplier<Config> settings, Gate gate, Checkouts checkouts, Galaxy galaxy) implements Supply {

    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    static Shelf of(Supplier<Config> settings, Keys keys, Clock clock) {
        var gate = new Gate();
        return new Shelf(
                settings,
                gate,
                new Checkouts(settings, gate, System.getenv(), keys),
                new Galaxy(settings, System.getenv(), keys, clock));
    }

    /** Brings to its end what a gateway before this one was doing when it was killed. Before anything is run. */
    void mend() {
        try {
            checkouts.mend();
        } catch (RefusedException e) {
            log.error("A sync was cut off, and no run is made until it is mended: {}", e.why());
        }
    }

    /** How Ansible is called now. */
    AnsibleSettings ansible() {
        return AnsibleTools.settings(settings.get()).with(galaxy.installed());
    }

    /** Stands for what requirements.yml wants, in a seal. */
    Optional<String> wanted() {
        try {
            return galaxy.wanted();
        } catch (RefusedException e) {
            return Optional.of(e.why());
        }
    }

    @Override
    public Still still(Run run, Waiting waiting) throws CannotLaunchException {
        try {
            while (true) {
                var stock = stocked(waiting);
                var still = gate.still();
                var between = checkouts.unfinished();
                if (between.isPresent()) {
                    still.close();
                    throw new CannotLaunchException(
                            between.get() + " is between two commits since a sync was cut off; mend it with: sync");
                }
                if (galaxy.wanted().equals(stock.map(Galaxy.Stock::name))) {
                    return new Quiet(still, stock.flatMap(Shelf::said).orElse(""));
                }
                // Replaced in between, before nobody was allowed to any more.
                still.close();
            }
        } catch (RefusedException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    private record Quiet(Gate.Still still, String said) implements Still {
        @Override
        public void close() {
            still.close();
        }
    }

    private Optional<Galaxy.Stock> stocked(Waiting waiting) throws RefusedException, CannotLaunchException {
        var stock = galaxy.stock();
        if (stock.isPresent() && !Files.isDirectory(stock.get().folder())) {
            if (!galaxy.isAutomatic()) {
                throw new CannotLaunchException(
                        stock.get().what() + " of " + stock.get().where() + " are not installed: galaxy install");
            }
            waiting.doing(
                    "installing " + stock.get().what() + " of " + stock.get().where());
        }
        return galaxy.install(waiting::isOver);
    }

    private static Optional<String> said(Galaxy.Stock stock) {
        return stock.took()
                .map(t -> "Playcall installed " + stock.what() + " of " + stock.where() + " first, in "
                        + Math.max(1, t.toSeconds()) + " s\n");
    }

    @Override
    public Optional<Revision> revision(Run run) {
        var commits = checkouts.revision(run.request().environment());
        var installed = galaxy.installed().map(Path::getFileName).map(Path::toString);
        return installed
                .map(i -> commits.map(c -> c.with(i)).orElseGet(() -> Revision.ofGalaxy(i)))
                .or(() -> commits);
    }

    /** Forgets sets of collections and roles that nobody wants any more. */
    void sweep(RunJournal journal) {
        var used = journal.read().running().stream()
                .flatMap(r -> r.revision().flatMap(Revision::galaxy).stream())
                .collect(Collectors.toSet());
        try {
            galaxy.sweep(used);
        } catch (RefusedException e) {
            log.warn("What Galaxy installed once stays: {}", e.why());
        }
    }

    /** Why galaxy and git cannot do their part, for the doctor. */
    List<Finding> findings() {
        var found = new ArrayList<Finding>();
        try {
            galaxy.stock().ifPresent(s -> found.add(finding(s)));
        } catch (RefusedException e) {
            found.add(Finding.error("what is to be installed cannot be read, mend it: " + e.why()));
        }
        checkouts
                .unfinished()
                .ifPresent(root -> found.add(Finding.error(root
                        + " is between two commits since a sync was cut off, and no run is made: ./playcall sync")));
        var git = settings.get().git();
        if (git.interval().isPresent() || !git.webhookSecret().isEmpty()) {
            try {
                found.add(Finding.ok(checkouts.hasNews() ? "git has something new: sync" : "git has nothing new"));
            } catch (RefusedException e) {
                found.add(Finding.error("git cannot be followed: " + e.why()));
            }
        }
        return found;
    }

    private Finding finding(Galaxy.Stock stock) {
        var name = stock.what() + " of " + stock.where();
        if (Files.isDirectory(stock.folder())) {
            return Finding.ok(name + " installed");
        }
        return galaxy.hasProgram()
                ? Finding.warning(name + " not installed yet: ./playcall galaxy install"
                        + (galaxy.isAutomatic() ? ", or the next run does it first" : ""))
                : Finding.error(name + " cannot be installed: ansible-galaxy is not there"
                        + " (apt-get install --no-install-recommends ansible-core)");
    }

    /** Why playbooks and inventories are not changed through Playcall. */
    Optional<String> elsewhere() {
        return settings.get().git().edits()
                ? Optional.empty()
                : Optional.of("playbooks and inventories are not changed here but in git (git.edits is off):"
                        + " commit and push there, then sync");
    }

    /** @param desk syncs for nobody but this one, and records it */
    Puller puller(Desk desk, RunJournal journal, Notifications notifications, Database database, Clock clock) {
        var news = new GitNews(
                notifications.outbox(),
                (channel, key, text) -> database.chat().say(channel, key, text, clock.instant()),
                () -> settings.get().git().channel(),
                clock);
        return new Puller(checkouts, desk, journal, () -> settings.get().git().interval(), news, clock);
    }

    /** Where pushes are heard of, when somebody may tell. */
    Optional<PostHook> pushes(String name, Puller puller) {
        var git = settings.get().git();
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
