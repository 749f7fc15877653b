package dev.playcall.library;

import dev.playcall.catalog.Libraries;
import dev.playcall.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collections and roles that requirements want, in folders that are named after exactly what was wanted: whole or not
 * there, never changed, shared by all runs that want the same.
 */
public final class Galaxy {
    private static final Logger log = LoggerFactory.getLogger(Galaxy.class);
    private static final String DRAFT = ".new-";
    private static final String OLD = ".old-";

    private final Supplier<Config> settings;
    private final GalaxyProgram program;
    private final Archives archives = new Archives();
    private final Clock clock;
    private final ReentrantLock installing = new ReentrantLock(true);

    /** @param environment of the gateway */
    public Galaxy(Supplier<Config> settings, Map<String, String> environment, Clock clock) {
        this.settings = settings;
        this.program = new GalaxyProgram(environment);
        this.clock = clock;
    }

    /**
     * What is there for the requirements as they stand.
     *
     * @param name of the set
     * @param what it is, for people: {@code 2 collections and 1 role}
     * @param where it is asked for
     * @param took how long the installation took, when it was this one
     */
    public record Stock(String name, Path folder, String what, String where, Optional<Duration> took) {}

    private Path folder() {
        return settings.get().paths().data().resolve("galaxy");
    }

    private Optional<Requirements> requirements() throws RefusedException {
        return Requirements.of(settings.get().paths(), archives);
    }

    /** The name of the set that is wanted now; empty where nothing is. */
    public Optional<String> wanted() throws RefusedException {
        return requirements().map(Requirements::name);
    }

    /** The set that is wanted now; whether it is there, its folder says. Empty where nothing is wanted. */
    public Optional<Stock> stock() throws RefusedException {
        return requirements().map(r -> stock(r, Optional.empty()));
    }

    private Stock stock(Requirements wanted, Optional<Duration> took) {
        return new Stock(wanted.name(), folder().resolve(wanted.name()), wanted.what(), wanted.where(), took);
    }

    /** The folder of the set that is wanted now, where it is installed. */
    public Optional<Path> installed() {
        try {
            return wanted().map(folder()::resolve).filter(Files::isDirectory);
        } catch (RefusedException e) {
            return Optional.empty(); // whoever starts a run is told
        }
    }

    /** Whether runs may have it installed. */
    public boolean isAutomatic() {
        return settings.get().galaxy().automatic();
    }

    public boolean hasProgram() {
        return program.isThere();
    }

    /**
     * Has what is wanted now installed; those who want the same wait for the first of them. Empty where nothing is wanted.
     *
     * @param stop whether nobody wants it any more
     */
    public Optional<Stock> install(BooleanSupplier stop) throws RefusedException {
        var wanted = requirements();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        lock(stop);
        try {
            var stock = stock(wanted.get(), Optional.empty());
            if (Files.isDirectory(stock.folder())) {
                touch(stock.folder());
                return Optional.of(stock);
            }
            var begun = System.nanoTime();
            make(wanted.get(), stock.folder(), stop);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            log.info("{} of {} installed as {} in {} s", stock.what(), stock.where(), stock.name(), took.toSeconds());
            return Optional.of(stock(wanted.get(), Optional.of(took)));
        } catch (IOException e) {
            throw new RefusedException(folder() + " cannot be written: " + e.getMessage());
        } finally {
            installing.unlock();
        }
    }

    private void lock(BooleanSupplier stop) throws RefusedException {
        try {
            while (!installing.tryLock(200, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new RefusedException("the installation was stopped");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("the gateway stops");
        }
    }

    private void make(Requirements wanted, Path target, BooleanSupplier stop) throws IOException, RefusedException {
        Files.createDirectories(folder());
        clear(List.of(DRAFT, OLD));
        var config = settings.get();
        var project = Libraries.beside(config.paths().playbooks(), Map.of()).project();
        var draft = Files.createTempDirectory(folder(), DRAFT);
        try {
            for (var part : wanted.parts()) {
                if (part.collections() > 0) {
                    program.install("collection", part, draft, project, config.galaxy(), stop);
                }
                if (part.roles() > 0) {
                    program.install("role", part, draft, project, config.galaxy(), stop);
                }
            }
            for (var ours : List.of(".said", ".ansible.cfg", ".tmp")) {
                delete(draft.resolve(ours));
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            touch(target);
        } finally {
            delete(draft);
        }
    }

    /** Whoever uses a set says so: those that nobody has used for long are forgotten. */
    private void touch(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
    }

    /**
     * Forgets what is not wanted any more and was not used for long; how many sets that were.
     *
     * @param used names of the sets that runs work with
     */
    public int sweep(Set<String> used) throws RefusedException {
        var wanted = wanted();
        var oldest = clock.instant().minus(settings.get().galaxy().keep());
        int gone = 0;
        installing.lock();
        try {
            for (var set : list()) {
                var name = String.valueOf(set.getFileName());
                boolean kept = name.startsWith(".")
                        || used.contains(name)
                        || wanted.filter(name::equals).isPresent();
                if (!kept && modified(set).isBefore(oldest)) {
                    // Half of a set must never look like one, even if we die now.
                    var old = set.resolveSibling(OLD + name);
                    Files.move(set, old, StandardCopyOption.ATOMIC_MOVE);
                    delete(old);
                    gone++;
                }
            }
            return gone;
        } catch (IOException e) {
            throw new RefusedException(folder() + " cannot be cleared: " + e.getMessage());
        } finally {
            installing.unlock();
        }
    }

    private static Instant modified(Path set) throws IOException {
        return Files.getLastModifiedTime(set).toInstant();
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> sets = Files.list(folder())) {
            return sets.toList();
        }
    }

    private void clear(List<String> beginnings) throws IOException {
        for (var set : list()) {
            if (beginnings.stream().anyMatch(String.valueOf(set.getFileName())::startsWith)) {
                delete(set);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
