package dev.playcall.venv;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ListDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The Python environments of playbooks on this machine: each is made once and shared by all that need the same. Safe for threads. */
public final class Venvs {
    private final Supplier<Config> settings;
    private final Supplier<RolesPath> libraries;
    private final Supplier<Optional<Path>> python;
    private final PlaybookSpecs specs;
    private final Map<String, String> environment;
    private final Clock clock;
    private final VenvStore store;
    private final StoreLock lock;
    private final HostVenvs hosts;

    /**
     * @param libraries where roles and collections are now
     * @param python the program that environments are made with
     * @param environment of the gateway
     */
    public Venvs(
            Supplier<Config> settings,
            Supplier<RolesPath> libraries,
            Supplier<Optional<Path>> python,
            PlaybookSpecs specs,
            Map<String, String> environment,
            Clock clock) {
        this.settings = settings;
        this.libraries = libraries;
        this.python = python;
        this.specs = specs;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        var folder = settings.get().paths().data().resolve("venvs");
        this.store = new VenvStore(folder);
        this.lock = new StoreLock(folder.resolve(".lock"));
        this.hosts = new HostVenvs(settings.get().paths().data().resolve("host_venvs"));
    }

    /** How long a run on another host goes on without contact before it counts as interrupted. */
    public Duration lostAfter() {
        return settings.get().venv().lostAfter();
    }

    /** What playbooks need. */
    public PlaybookSpecs specs() {
        return specs;
    }

    /** Which environments each host has. */
    public HostVenvs hosts() {
        return hosts;
    }

    /**
     * An environment that is there now.
     *
     * @param took how long it took to make; empty when it was there already
     */
    public record Deployed(VenvSpec spec, InstalledVenv venv, Optional<Duration> took) {}

    /**
     * Has the environment of a playbook made, where it is not there; those who want the same wait for the first of them.
     *
     * @param again whether another one is made in any case, of the same versions
     * @param stop whether nobody wants it any more
     * @throws ContentException why it cannot be made, in one line; nothing of it stays
     */
    public Deployed deploy(Playbook playbook, VenvSpec spec, boolean again, BooleanSupplier stop)
            throws ContentException {
        refuseUnknown(playbook, spec);
        return lock.hold(stop, () -> deploy(spec, again, stop));
    }

    /** @throws ContentException when not everything that a playbook needs is known */
    public static void refuseUnknown(Playbook playbook, VenvSpec spec) throws ContentException {
        var declared = playbook.venv();
        var unknown = spec.needs().unresolved();
        if (!unknown.isEmpty()
                && declared.collections().isEmpty()
                && declared.pythonPackages().isEmpty()) {
            var finding = unknown.getFirst().toString();
            throw new ContentException("not everything that " + playbook.name() + " needs is known: " + finding
                    + (finding.contains("declare") ? "" : "; declare it (venv: in its .meta.yml)"));
        }
    }

    /** Has it found out exactly what an environment is made of: by making it here, where that was not done before. */
    public Deployed lock(VenvSpec spec, BooleanSupplier stop) throws ContentException {
        return lock.hold(stop, () -> deploy(spec, false, stop));
    }

    /**
     * Finds out the newest versions that fit, by making another environment; if that fails, the old versions and the old environment stay.
     *
     * @throws ContentException why it cannot be made, in one line
     */
    public Deployed relock(Playbook playbook, VenvSpec spec, BooleanSupplier stop) throws ContentException {
        refuseUnknown(playbook, spec);
        return lock.hold(stop, () -> make(specs.find(spec.name()).orElse(spec).unlocked(), true, stop));
    }

    /** What of the environments here is not as it was made, in a line each. */
    public List<String> problems() throws ContentException {
        try {
            var written = hosts.of(VenvHost.HERE).stream().map(HostVenv::name).toList();
            var there = new TreeSet<String>();
            var problems = new ArrayList<String>();
            for (var venv : store.all()) {
                there.addAll(venv.names());
                if (!Files.isExecutable(venv.bin().resolve("ansible-playbook"))
                        || !Files.exists(venv.bin().resolve("python"))) {
                    problems.add("damaged: " + String.join(", ", venv.names()));
                }
            }
            written.stream().filter(n -> !there.contains(n)).forEach(n -> problems.add("missing: " + n));
            there.stream().filter(n -> !written.contains(n)).forEach(n -> problems.add("unknown: " + n));
            return problems;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What hosts of the inventory get. */
    public HostDeployment onHosts() {
        return new HostDeployment(settings, libraries, specs, store);
    }

    private Deployed deploy(VenvSpec asked, boolean again, BooleanSupplier stop) throws IOException, ContentException {
        return make(specs.find(asked.name()).orElse(asked), again, stop);
    }

    private Deployed make(VenvSpec spec, boolean again, BooleanSupplier stop) throws IOException, ContentException {
        var program = python.get()
                .orElseThrow(() -> new ContentException("python3 is not installed (apt-get install python3)"));
        var builder = new VenvBuilder(environment, settings.get().venv(), stop);
        var version = builder.version(program);
        refuseOther(version, spec);
        var collections = missing(spec.needs().collections());
        var requirements = requirements(spec, version, collections);
        var there = store.current(requirements);
        if (there.isPresent() && !again) {
            store.touch(there.get(), clock.instant());
            return linked(spec, there.get(), Optional.empty());
        }
        var begun = System.nanoTime();
        var made = build(builder, new Making(program, version, requirements), spec, collections);
        return linked(spec, made, Optional.of(Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static void refuseOther(String version, VenvSpec asked) throws ContentException {
        if (!PythonVersions.allow(asked.needs().python(), version)) {
            throw new ContentException(
                    asked.name() + " needs Python " + asked.needs().python() + ", and this machine has " + version);
        }
    }

    /** What is to be made with which Python. */
    private record Making(Path python, String version, String requirements) {}

    private InstalledVenv build(VenvBuilder builder, Making making, VenvSpec spec, List<String> collections)
            throws IOException, ContentException {
        store.clear();
        var path = store.next(making.requirements());
        try {
            var exact =
                    builder.build(making.python(), path, spec, libraries.get().project(), collections);
            FileTrees.delete(path.resolve(".tmp"));
            store.finish(path, making.version(), exact, clock.instant());
            return store.current(making.requirements()).orElseThrow();
        } catch (ContentException e) {
            throw new ContentException(spec.name() + " cannot be installed: " + e.why());
        } finally {
            // What is not whole is nothing; a gateway that is killed here leaves it to the next one.
            store.clear();
        }
    }

    private Deployed linked(VenvSpec spec, InstalledVenv venv, Optional<Duration> took)
            throws IOException, ContentException {
        store.link(spec.name(), venv.path());
        writeDown();
        var locked = specs.lock(spec, venv.lock(), venv.requirements());
        return new Deployed(locked, store.find(spec.name()).orElse(venv), took);
    }

    /** Which of them this machine has. */
    private void writeDown() throws IOException, ContentException {
        var found = new ArrayList<HostVenv>();
        for (var venv : store.all()) {
            for (var name : venv.names()) {
                var link = store.folder().resolve(name).toString();
                found.add(new HostVenv(name, link, venv.installed(), venv.requirements(), 0));
            }
        }
        hosts.write(VenvHost.HERE, found);
    }

    /** Of the same needs there is one environment, but for a playbook that was locked to other versions before. */
    private String requirements(VenvSpec spec, String version, List<String> collections) throws IOException {
        var usual = digest(spec, version, collections, VenvLock.NONE);
        var there = store.current(usual);
        boolean isOther = !spec.lock().isEmpty()
                && there.filter(t -> !t.lock().equals(spec.lock())).isPresent();
        return isOther ? digest(spec, version, collections, spec.lock()) : usual;
    }

    private static String digest(VenvSpec spec, String version, List<String> collections, VenvLock exact) {
        var sum = new ListDigest();
        sum.add("playcall-venv-needs-1");
        sum.add(version);
        for (var list : List.of(spec.needs().pythonPackages(), collections, exact.packages(), exact.collections())) {
            sum.add(String.join("\n", list));
        }
        return sum.brief();
    }

    /** What neither the repository has nor Galaxy installed for all runs. */
    private List<String> missing(List<String> collections) {
        var folders = HostDeployment.collectionFolders(libraries.get());
        return collections.stream()
                .filter(c -> folders.stream().noneMatch(f -> Files.isDirectory(f.resolve(c.replace('.', '/')))))
                .toList();
    }

    /** The one that the name of a specification leads to; empty when it is not there. */
    public Optional<InstalledVenv> find(String name) throws ContentException {
        try {
            return store.find(name);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Says that a run uses it. */
    public void use(InstalledVenv venv) throws ContentException {
        try {
            store.touch(venv, clock.instant());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** All that are there, with what they take of the disk. */
    public List<InstalledVenv> all() throws ContentException {
        try {
            var found = new ArrayList<InstalledVenv>();
            for (var venv : store.all()) {
                found.add(venv.of(VenvStore.size(venv.path())));
            }
            return found;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Removes those that no playbook needs and no run has used for {@code venv.keep}.
     *
     * @param wanted names of specifications that are needed, or that runs use now
     * @param dry whether they are only listed
     * @return those that are removed
     */
    public List<InstalledVenv> cleanup(Predicate<String> wanted, boolean dry) throws ContentException {
        var oldest = clock.instant().minus(settings.get().venv().keep());
        return lock.hold(() -> false, () -> {
            var unused = all().stream()
                    .filter(v -> v.names().stream().noneMatch(wanted))
                    .filter(v -> v.lastUsed().isBefore(oldest))
                    .toList();
            for (var venv : dry ? List.<InstalledVenv>of() : unused) {
                store.remove(venv);
            }
            if (!dry && !unused.isEmpty()) {
                writeDown();
            }
            return unused;
        });
    }

    private static ContentException unreadable(IOException e) {
        return new ContentException("environments cannot be read: " + e.getMessage());
    }
}
