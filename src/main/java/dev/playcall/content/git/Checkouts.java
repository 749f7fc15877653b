package dev.playcall.content.git;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.Revision;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkouts that the playbooks and the inventory lie in: one, two, or none at all. */
public final class Checkouts {
    private static final Logger log = LoggerFactory.getLogger(Checkouts.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Git git;
    private final Supplier<Config> settings;
    private final ContentLock contentLock;
    private final ReentrantLock asking = new ReentrantLock(true);

    /** @param environment of the gateway */
    public Checkouts(
            Supplier<Config> settings,
            ContentLock contentLock,
            Map<String, String> environment,
            DeployKeys deployKeys) {
        this.git = new Git(environment, deployKeys);
        this.settings = settings;
        this.contentLock = contentLock;
    }

    /** Whether it would be a mistake to go on now; asked when nothing can begin any more. */
    @FunctionalInterface
    public interface Objection {
        Optional<String> now();
    }

    /** Whether there is anything that could be pulled into; asks nobody. */
    public boolean isThere() {
        return !roots(settings.get().paths()).isEmpty();
    }

    /** How they stand, without asking their remotes. */
    public List<CheckoutStatus> standing() {
        return all().stream().map(Checkout::standing).toList();
    }

    /** Asks the remotes whether they have something that is not here. */
    public boolean hasChanges() throws ContentException {
        boolean news = false;
        for (var plan : looked()) {
            news |= plan.isWork();
        }
        return news;
    }

    /** Takes what the remotes have: in all checkouts, or where one of them refuses in none. */
    public List<FetchResult> pull(Objection objection) throws ContentException {
        repair();
        var plans = looked();
        if (plans.stream().noneMatch(Checkout.Plan::isWork)) {
            return results(plans);
        }
        return contentLock.exclusive(TIMEOUT, () -> {
            var against = objection.now();
            if (against.isPresent()) {
                throw ContentException.passing(against.get());
            }
            var now = new ArrayList<Checkout.Plan>();
            for (var plan : plans) {
                now.add(plan.checkout().renewed(plan));
            }
            return advance(now);
        });
    }

    private static List<FetchResult> advance(List<Checkout.Plan> plans) throws ContentException {
        var begun = new ArrayList<CheckoutUpdate>();
        try {
            for (var plan : plans) {
                if (plan.isWork()) {
                    begun.add(plan.checkout().move(plan));
                    begun.getLast().go();
                }
            }
        } catch (ContentException e) {
            for (var checkoutUpdate : begun.reversed()) {
                checkoutUpdate.back(Set.of(), true);
            }
            throw e;
        }
        for (var checkoutUpdate : begun) {
            checkoutUpdate.settle();
        }
        return results(plans);
    }

    private static List<FetchResult> results(List<Checkout.Plan> plans) throws ContentException {
        var pulled = new ArrayList<FetchResult>();
        for (var plan : plans) {
            pulled.add(plan.checkout().results(plan));
        }
        return pulled;
    }

    private Path notes() {
        return settings.get().paths().data().resolve("sync");
    }

    /** Where a checkout is between two commits since a sync was cut off: of such files no run is made. */
    public Optional<Path> unfinished() {
        try {
            return SyncJournal.left(notes()).stream().map(SyncJournal::root).findFirst();
        } catch (IOException e) {
            return Optional.of(notes());
        }
    }

    /** Brings to its end what a gateway before this one was doing when it was killed. */
    public void repair() throws ContentException {
        if (unfinished().isPresent()) {
            contentLock.exclusive(TIMEOUT, () -> {
                for (var way : left()) {
                    checkout(settings.get(), way.root()).repair(way);
                }
                return true;
            });
        }
    }

    private List<SyncJournal> left() throws ContentException {
        try {
            return SyncJournal.left(notes());
        } catch (IOException e) {
            throw new ContentException(notes() + " cannot be read: " + e.getMessage());
        }
    }

    private List<Checkout.Plan> looked() throws ContentException {
        var checkouts = all();
        if (checkouts.isEmpty()) {
            var paths = settings.get().paths();
            throw new ContentException(
                    "neither " + paths.playbooks() + " nor " + paths.inventory() + " is in a checkout of git");
        }
        // Of two who fetch the same branch at once, git refuses one.
        asking.lock();
        try {
            var plans = new ArrayList<Checkout.Plan>();
            for (var checkout : checkouts) {
                plans.add(checkout.look());
            }
            return plans;
        } finally {
            asking.unlock();
        }
    }

    private List<Checkout> all() {
        var config = settings.get();
        return roots(config.paths()).values().stream()
                .distinct()
                .map(root -> checkout(config, root))
                .toList();
    }

    private Checkout checkout(Config config, Path root) {
        var managedFiles = new ManagedFiles(
                root, real(config.paths().inventory()), real(config.paths().playbooks()));
        return new Checkout(git, config.git(), root, managedFiles, places(config.paths()), notes());
    }

    private static final String PLAYBOOKS = "playbooks";
    private static final String INVENTORY = "inventory";

    private static Map<String, Path> roots(Config.Paths paths) {
        var roots = new LinkedHashMap<String, Path>();
        Worktree.around(paths.playbooks()).ifPresent(r -> roots.put(PLAYBOOKS, r));
        // What Playcall keeps itself is in no repository, even where data/ lies in one.
        Optional.of(paths.inventory())
                .filter(i -> !real(i).startsWith(real(paths.data())))
                .flatMap(Worktree::around)
                .ifPresent(r -> roots.put(INVENTORY, r));
        return roots;
    }

    private static List<Path> places(Config.Paths paths) {
        var places = new ArrayList<>(shared(paths));
        places.add(real(paths.inventory()));
        return places;
    }

    /** What any playbook may reach. */
    private static List<Path> shared(Config.Paths paths) {
        var places = new ArrayList<Path>();
        places.add(real(paths.playbooks()));
        RolesPath.of(paths, Map.of()).own().forEach(p -> places.add(real(p)));
        return places;
    }

    /** Which commits a run in this environment is made of now; empty where nothing is in git, or git cannot say. */
    public Optional<Revision> revision(EnvironmentName environment) {
        var config = settings.get();
        var roots = roots(config.paths());
        if (roots.isEmpty()) {
            return Optional.empty();
        }
        var places = new ArrayList<>(shared(config.paths()));
        places.addAll(inventories(config, environment.value()));
        try {
            var found = new LinkedHashMap<Path, Worktree>();
            for (var root : new LinkedHashSet<>(roots.values())) {
                checkout(config, root).at(places).ifPresent(w -> found.put(root, w));
            }
            return revision(roots, found);
        } catch (ContentException e) {
            log.warn("The commit of a run is unknown: {}", e.why());
            return Optional.empty();
        }
    }

    private static List<Path> inventories(Config config, String environment) {
        var entry = Optional.ofNullable(config.environments().get(environment));
        var project = config.paths().project();
        return entry.map(e -> e.inventory().stream()
                        .map(text -> real(project.resolve(text).normalize()))
                        .toList())
                .orElseGet(() -> List.of(real(config.paths().inventory()).resolve(environment)));
    }

    private static Optional<Revision> revision(Map<String, Path> roots, Map<Path, Worktree> found) {
        var playbooks =
                Optional.ofNullable(roots.get(PLAYBOOKS)).map(found::get).map(Worktree::commit);
        var other = Optional.ofNullable(roots.get(INVENTORY))
                .filter(r -> !r.equals(roots.get(PLAYBOOKS)))
                .map(found::get)
                .map(Worktree::commit);
        boolean edited = found.values().stream()
                .anyMatch(w -> !w.edited().isEmpty() || !w.unknown().isEmpty());
        return playbooks
                .or(() -> other)
                .map(_ -> new Revision(playbooks, other, Optional.empty(), Optional.empty(), Optional.empty(), edited));
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            return path;
        }
    }
}
