package dev.playcall.venv;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The Python environments of playbooks on this machine: each is made once and shared by all that need the same. Safe for threads. */
public final class Venvs {
    private final Supplier<Config> settings;
    private final Supplier<RolesPath> libraries;
    private final PlaybookSpecs specs;
    private final Clock clock;
    private final VenvStore store;
    private final StoreLock lock;
    private final HostVenvs hosts;
    private final VenvMaker maker;

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
        this.specs = specs;
        this.clock = clock;
        var folder = settings.get().paths().data().resolve("venvs");
        this.store = new VenvStore(folder);
        this.lock = new StoreLock(folder.resolve(".lock"));
        this.hosts = new HostVenvs(settings.get().paths().data().resolve("host_venvs"));
        this.maker = new VenvMaker(settings, libraries, python, specs, Map.copyOf(environment), clock, store);
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
     * @param steps in which it was made; none when it was there already
     */
    public record Deployed(VenvSpec spec, InstalledVenv venv, List<BuildStep> steps) {
        public Deployed {
            steps = List.copyOf(steps);
        }

        public boolean isNew() {
            return !steps.isEmpty();
        }

        /** {@code uv venv 1 s, uv pip 4 s}. */
        public String shownSteps() {
            return steps.stream()
                    .map(s -> s.name() + " " + TextFormat.duration(s.took()))
                    .collect(Collectors.joining(", "));
        }

        /** How long all of them took. */
        public Duration took() {
            return steps.stream().map(BuildStep::took).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * Has the environment of a playbook made, where it is not there; those who want the same wait for the first of them.
     *
     * @param again another one in any case, of the same versions
     * @param checked whether the Ansible in it has to understand the playbook
     * @throws ContentException why it cannot be made, in one line; nothing of it stays
     */
    public Deployed deploy(Playbook playbook, VenvSpec spec, boolean again, boolean checked, BuildWatch watch)
            throws ContentException {
        refuseUnknown(playbook, spec);
        return make(
                specs.find(spec.name()).orElse(spec), new VenvMaker.DeployOptions(again, of(playbook, checked)), watch);
    }

    private Optional<String> of(Playbook playbook, boolean checked) {
        return Optional.of(specs.shown(playbook)).filter(_ -> checked);
    }

    private Deployed make(VenvSpec spec, VenvMaker.DeployOptions how, BuildWatch watch) throws ContentException {
        return lock.hold(watch, () -> {
            var made = maker.make(spec, how, watch);
            writeDown();
            return made;
        });
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
    public Deployed lock(VenvSpec spec, boolean checked, BuildWatch watch) throws ContentException {
        return make(
                spec,
                new VenvMaker.DeployOptions(false, Optional.of(spec.source()).filter(_ -> checked)),
                watch);
    }

    /**
     * Finds out the newest versions that fit, by making another environment; if that fails, the old versions and the old environment stay.
     *
     * @throws ContentException why it cannot be made, in one line
     */
    public Deployed relock(Playbook playbook, VenvSpec spec, boolean checked, BuildWatch watch)
            throws ContentException {
        refuseUnknown(playbook, spec);
        var known = specs.find(spec.name()).orElse(spec);
        return make(known.unlocked(), new VenvMaker.DeployOptions(true, of(playbook, checked)), watch);
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
                    .filter(v -> v.lastUsed().isBefore(oldest) && !VenvStore.isInUse(v.path()))
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
