package dev.playcall.boot;

import dev.playcall.ansible.AnsibleSettings;
import dev.playcall.ansible.ContentSource;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.content.GitSyncScheduler;
import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.inbound.PushHook;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.ContentHold;
import dev.playcall.runner.Launcher.Waiting;
import dev.playcall.store.Database;
import dev.playcall.web.notifications.PostHook;
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
public record ContentServices(Supplier<Config> settings, ContentLock gate, Checkouts checkouts, Galaxy galaxy)
        implements ContentSource {

    private static final Logger log = LoggerFactory.getLogger(ContentServices.class);

    public static ContentServices of(Supplier<Config> settings, DeployKeys deployKeys, Clock clock) {
        var contentLock = new ContentLock();
        return new ContentServices(
                settings,
                contentLock,
                new Checkouts(settings, contentLock, System.getenv(), deployKeys),
                new Galaxy(settings, System.getenv(), deployKeys, clock));
    }

    /** Brings to its end what a gateway before this one was doing when it was killed. Before anything is run. */
    void recover() {
        try {
            checkouts.repair();
        } catch (ContentException e) {
            log.error("A sync was interrupted; runs are refused until it is repaired: {}", e.why());
        }
    }

    /** How Ansible is called now. */
    public AnsibleSettings ansible() {
        return AnsibleTools.settings(settings.get()).with(galaxy.installed());
    }

    /** Stands for what requirements.yml wants, in a seal. */
    Optional<String> wanted() {
        try {
            return galaxy.wanted();
        } catch (ContentException e) {
            return Optional.of(e.why());
        }
    }

    @Override
    public ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException {
        try {
            while (true) {
                var stock = stocked(waiting);
                var lock = gate.readLock();
                var between = checkouts.unfinished();
                if (between.isPresent()) {
                    lock.close();
                    throw new CannotLaunchException(between.get()
                            + " is between two commits since a sync was interrupted; repair it with: sync");
                }
                if (galaxy.wanted().equals(stock.map(Galaxy.Stock::name))) {
                    return new LockedContent(
                            lock, stock.flatMap(ContentServices::summary).orElse(""));
                }
                // Replaced in between, before nobody was allowed to any more.
                lock.close();
            }
        } catch (ContentException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    private record LockedContent(ContentLock.ReadLock lock, String note) implements ContentHold {
        @Override
        public void close() {
            lock.close();
        }
    }

    private Optional<Galaxy.Stock> stocked(Waiting waiting) throws ContentException, CannotLaunchException {
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

    private static Optional<String> summary(Galaxy.Stock stock) {
        return stock.took()
                .map(t -> "Playcall installed " + stock.what() + " of " + stock.where() + " before this run, in "
                        + TextFormat.duration(t) + "\n");
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
        } catch (ContentException e) {
            log.warn("Old Galaxy installations could not be removed: {}", e.why());
        }
    }

    /** Why galaxy and git cannot do their part, for the doctor. */
    public List<PlatformFinding> findings() {
        var found = new ArrayList<PlatformFinding>();
        try {
            galaxy.stock().ifPresent(s -> found.add(finding(s)));
        } catch (ContentException e) {
            found.add(PlatformFinding.error("requirements cannot be read; fix them: " + e.why()));
        }
        checkouts
                .unfinished()
                .ifPresent(root -> found.add(PlatformFinding.error(root
                        + " is between two commits since a sync was interrupted; runs are refused: ./playcall sync")));
        var git = settings.get().git();
        if (git.interval().isPresent() || !git.webhookSecret().isEmpty()) {
            found.add(fetched());
        }
        return found;
    }

    private PlatformFinding fetched() {
        try {
            return PlatformFinding.ok(checkouts.hasChanges() ? "Git has new commits: sync" : "Git is up to date");
        } catch (ContentException e) {
            return PlatformFinding.error("Git cannot be fetched: " + e.why());
        }
    }

    private PlatformFinding finding(Galaxy.Stock stock) {
        var name = stock.what() + " of " + stock.where();
        if (Files.isDirectory(stock.folder())) {
            return PlatformFinding.ok(name + " installed");
        }
        return galaxy.hasProgram()
                ? PlatformFinding.warning(name + " not installed yet: ./playcall galaxy install"
                        + (galaxy.isAutomatic() ? ", or the next run installs them first" : ""))
                : PlatformFinding.error(name + " cannot be installed: ansible-galaxy is missing"
                        + " (apt-get install --no-install-recommends ansible-core)");
    }

    /** Why playbooks and inventories are not changed through Playcall. */
    Optional<String> elsewhere() {
        return settings.get().git().edits()
                ? Optional.empty()
                : Optional.of("playbooks and inventories are changed in Git, not here (git.edits is off):"
                        + " commit and push there, then sync");
    }

    /** @param commands syncs for nobody but this one, and records it */
    GitSyncScheduler puller(
            CommandHandler commands,
            RunJournal journal,
            NotificationEngine notificationEngine,
            Database database,
            Clock clock) {
        var news = new GitNotifications(
                notificationEngine.outbox(),
                (channel, key, text) -> database.chat().announce(channel, key, text, clock.instant()),
                () -> settings.get().git().channel(),
                clock);
        return new GitSyncScheduler(
                checkouts, commands, journal, () -> settings.get().git().interval(), news, clock);
    }

    /** Where pushes are heard of, when somebody may tell. */
    Optional<PostHook> pushes(String name, GitSyncScheduler gitSyncScheduler) {
        var git = settings.get().git();
        if (!name.equals("git") || git.webhookSecret().isEmpty()) {
            return Optional.empty();
        }
        var hook = new PushHook(
                git.webhookSecret().reveal(),
                branch -> git.branch().isBlank() || git.branch().equals(branch),
                gitSyncScheduler::pushed);
        return Optional.of((headers, body) -> {
            var reply = hook.handle(headers, body);
            return new PostHook.Reply(reply.status(), "application/json", reply.body());
        });
    }
}
