package dev.playcall.content.galaxy;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
    /** In a set that another one of the same requirements has taken the place of. */
    private static final String REPLACED = ".replaced";

    private final Supplier<Config> settings;
    private final GalaxyProgram program;
    private final LocalArchives localArchives = new LocalArchives();
    private final Clock clock;
    private final ReentrantLock installing = new ReentrantLock(true);

    /** @param environment of the gateway */
    public Galaxy(Supplier<Config> settings, Map<String, String> environment, DeployKeys deployKeys, Clock clock) {
        this.settings = settings;
        this.program = new GalaxyProgram(environment, deployKeys);
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

    private Optional<Requirements> requirements() throws ContentException {
        return Requirements.of(settings.get().paths(), localArchives);
    }

    /** The name of the set that is wanted now; empty where nothing is. */
    public Optional<String> wanted() throws ContentException {
        return requirements().map(this::current);
    }

    /** Of several that were installed for the same, the newest that is whole; the first one where there is none. */
    private String current(Requirements wanted) {
        return numbers(wanted).entrySet().stream()
                .filter(e -> !Files.exists(e.getValue().resolve(REPLACED)))
                .reduce((_, newer) -> newer)
                .map(e -> String.valueOf(e.getValue().getFileName()))
                .orElseGet(() -> name(wanted, next(wanted)));
    }

    private static String name(Requirements wanted, int number) {
        return wanted.name() + (number == 1 ? "" : "-" + number);
    }

    private int next(Requirements wanted) {
        var numbers = numbers(wanted);
        return numbers.isEmpty() ? 1 : numbers.lastKey() + 1;
    }

    private SortedMap<Integer, Path> numbers(Requirements wanted) {
        var found = new TreeMap<Integer, Path>();
        var pattern = Pattern.compile(Pattern.quote(wanted.name()) + "(?:-([1-9]\\d{0,8}))?");
        try {
            for (var set : FileTrees.in(folder())) {
                var matcher = pattern.matcher(String.valueOf(set.getFileName()));
                if (matcher.matches() && Files.isDirectory(set)) {
                    found.put(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)), set);
                }
            }
        } catch (IOException e) {
            log.warn("{} cannot be listed: {}", folder(), e.getMessage());
        }
        return found;
    }

    /** The set that is wanted now; whether it is there, its folder says. Empty where nothing is wanted. */
    public Optional<Stock> stock() throws ContentException {
        return requirements().map(r -> stock(r, Optional.empty()));
    }

    private Stock stock(Requirements wanted, Optional<Duration> took) {
        var name = current(wanted);
        return new Stock(name, folder().resolve(name), wanted.what(), wanted.where(), took);
    }

    /** The folder of the set that is wanted now, where it is installed. */
    public Optional<Path> installed() {
        try {
            return wanted().map(folder()::resolve).filter(Files::isDirectory);
        } catch (ContentException e) {
            return Optional.empty(); // whoever starts a run is told
        }
    }

    /** Every set that is installed, the wanted one first. */
    public List<GalaxyRequirements> sets() throws ContentException {
        try {
            return new CollectionCache(folder()).all(wanted());
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ContentException(folder() + " cannot be read: " + e.getMessage());
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
    public Optional<Stock> install(BooleanSupplier stop) throws ContentException {
        return install(false, stop);
    }

    /** Has it installed anew beside what is there, which stays for those who use it. */
    public Optional<Stock> installAgain(BooleanSupplier stop) throws ContentException {
        return install(true, stop);
    }

    private Optional<Stock> install(boolean again, BooleanSupplier stop) throws ContentException {
        var wanted = requirements();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        lock(stop);
        try {
            var stock = stock(wanted.get(), Optional.empty());
            boolean there = Files.isDirectory(stock.folder());
            if (there && !again) {
                touch(stock.folder());
                return Optional.of(stock);
            }
            var begun = System.nanoTime();
            make(wanted.get(), folder().resolve(name(wanted.get(), next(wanted.get()))), stop);
            if (there) {
                Files.createFile(stock.folder().resolve(REPLACED));
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var made = stock(wanted.get(), Optional.of(took));
            log.info(
                    "{} of {} installed as {} in {}",
                    made.what(),
                    made.where(),
                    made.name(),
                    TextFormat.duration(took));
            return Optional.of(made);
        } catch (IOException e) {
            throw new ContentException(folder() + " cannot be written: " + e.getMessage());
        } finally {
            installing.unlock();
        }
    }

    private void lock(BooleanSupplier stop) throws ContentException {
        try {
            while (!installing.tryLock(200, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new ContentException("the installation was stopped");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContentException("the gateway is stopping");
        }
    }

    private void make(Requirements wanted, Path target, BooleanSupplier stop) throws IOException, ContentException {
        Files.createDirectories(folder());
        clear();
        var config = settings.get();
        var project = RolesPath.of(config.paths(), Map.of()).project();
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
            for (var ours : List.of(".ansible.cfg", ".tmp")) {
                FileTrees.delete(draft.resolve(ours));
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            touch(target);
        } finally {
            FileTrees.delete(draft);
        }
    }

    /** What a gateway left that was killed; one that cannot go yet, as its ansible-galaxy still writes, goes next time. */
    private void clear() {
        for (var left : List.of(DRAFT, OLD)) {
            try {
                FileTrees.clear(folder(), left);
            } catch (IOException e) {
                log.warn("Leftovers of an installation could not be removed yet: {}", e.getMessage());
            }
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
    public int sweep(Set<String> used) throws ContentException {
        var wanted = wanted();
        var oldest = clock.instant().minus(settings.get().galaxy().keep());
        int gone = 0;
        installing.lock();
        try {
            for (var set : FileTrees.in(folder())) {
                var name = String.valueOf(set.getFileName());
                boolean kept = name.startsWith(".")
                        || used.contains(name)
                        || wanted.filter(name::equals).isPresent();
                if (!kept && modified(set).isBefore(oldest)) {
                    // Half of a set must never look like one, even if we die now.
                    var old = set.resolveSibling(OLD + name);
                    Files.move(set, old, StandardCopyOption.ATOMIC_MOVE);
                    FileTrees.delete(old);
                    gone++;
                }
            }
            return gone;
        } catch (IOException e) {
            throw new ContentException(folder() + " cannot be cleared: " + e.getMessage());
        } finally {
            installing.unlock();
        }
    }

    private static Instant modified(Path set) throws IOException {
        return Files.getLastModifiedTime(set).toInstant();
    }
}
