package dev.playcall.library;

import dev.playcall.catalog.Libraries;
import dev.playcall.config.Config;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Git git;
    private final Supplier<Config> settings;
    private final Gate gate;
    private final ReentrantLock asking = new ReentrantLock(true);

    /** @param environment of the gateway */
    public Checkouts(Supplier<Config> settings, Gate gate, Map<String, String> environment, Keys keys) {
        this.git = new Git(environment, keys);
        this.settings = settings;
        this.gate = gate;
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
    public List<Standing> standing() {
        return all().stream().map(Checkout::standing).toList();
    }

    /** Asks the remotes whether they have something that is not here. */
    public boolean hasNews() throws RefusedException {
        boolean news = false;
        for (var plan : looked()) {
            news |= plan.isWork();
        }
        return news;
    }

    /** Takes what the remotes have: in all checkouts, or where one of them refuses in none. */
    public List<Pulled> pull(Objection objection) throws RefusedException {
        mend();
        var plans = looked();
        if (plans.stream().noneMatch(Checkout.Plan::isWork)) {
            return told(plans);
        }
        return gate.replacing(PATIENCE, () -> {
            var against = objection.now();
            if (against.isPresent()) {
                throw RefusedException.passing(against.get());
            }
            var now = new ArrayList<Checkout.Plan>();
            for (var plan : plans) {
                now.add(plan.checkout().renewed(plan));
            }
            return advance(now);
        });
    }

    private static List<Pulled> advance(List<Checkout.Plan> plans) throws RefusedException {
        var begun = new ArrayList<Move>();
        try {
            for (var plan : plans) {
                if (plan.isWork()) {
                    begun.add(plan.checkout().move(plan));
                    begun.getLast().go();
                }
            }
        } catch (RefusedException e) {
            for (var move : begun.reversed()) {
                move.back(Set.of(), true);
            }
            throw e;
        }
        for (var move : begun) {
            move.settle();
        }
        return told(plans);
    }

    private static List<Pulled> told(List<Checkout.Plan> plans) throws RefusedException {
        var pulled = new ArrayList<Pulled>();
        for (var plan : plans) {
            pulled.add(plan.checkout().told(plan));
        }
        return pulled;
    }

    private Path notes() {
        return settings.get().paths().data().resolve("sync");
    }

    /** Where a checkout is between two commits since a sync was cut off: of such files no run is made. */
    public Optional<Path> unfinished() {
        try {
            return Underway.left(notes()).stream().map(Underway::root).findFirst();
        } catch (IOException e) {
            return Optional.of(notes());
        }
    }

    /** Brings to its end what a gateway before this one was doing when it was killed. */
    public void mend() throws RefusedException {
        if (unfinished().isPresent()) {
            gate.replacing(PATIENCE, () -> {
                for (var way : left()) {
                    checkout(settings.get(), way.root()).mend(way);
                }
                return true;
            });
        }
    }

    private List<Underway> left() throws RefusedException {
        try {
            return Underway.left(notes());
        } catch (IOException e) {
            throw new RefusedException(notes() + " cannot be read: " + e.getMessage());
        }
    }

    private List<Checkout.Plan> looked() throws RefusedException {
        var checkouts = all();
        if (checkouts.isEmpty()) {
            var paths = settings.get().paths();
            throw new RefusedException(
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
        var ours = new Ours(
                root, real(config.paths().inventory()), real(config.paths().playbooks()));
        return new Checkout(git, config.git(), root, ours, places(config.paths()), notes());
    }

    private static final String PLAYBOOKS = "playbooks";
    private static final String INVENTORY = "inventory";

    private static Map<String, Path> roots(Config.Paths paths) {
        var roots = new LinkedHashMap<String, Path>();
        Worktree.around(paths.playbooks()).ifPresent(r -> roots.put(PLAYBOOKS, r));
        Worktree.around(paths.inventory()).ifPresent(r -> roots.put(INVENTORY, r));
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
        Libraries.beside(paths.playbooks(), Map.of()).own().forEach(p -> places.add(real(p)));
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
        places.add(real(config.paths().inventory()).resolve(environment.value()));
        try {
            var found = new LinkedHashMap<Path, Worktree>();
            for (var root : List.copyOf(roots.values())) {
                if (!found.containsKey(root)) {
                    checkout(config, root).at(places).ifPresent(w -> found.put(root, w));
                }
            }
            return revision(roots, found);
        } catch (RefusedException e) {
            log.warn("Nobody can say which commit a run works from: {}", e.why());
            return Optional.empty();
        }
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
        return playbooks.or(() -> other).map(_ -> new Revision(playbooks, other, Optional.empty(), edited));
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            return path;
        }
    }
}
