package dev.playcall.venv;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ListDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes environments of this machine, or takes those that are there. Nobody else may be at work in the store. */
final class VenvMaker {
    private final Supplier<Config> settings;
    private final Supplier<RolesPath> libraries;
    private final Supplier<Optional<Path>> python;
    private final PlaybookSpecs specs;
    private final Map<String, String> environment;
    private final Clock clock;
    private final VenvStore store;

    VenvMaker(
            Supplier<Config> settings,
            Supplier<RolesPath> libraries,
            Supplier<Optional<Path>> python,
            PlaybookSpecs specs,
            Map<String, String> environment,
            Clock clock,
            VenvStore store) {
        this.settings = settings;
        this.libraries = libraries;
        this.python = python;
        this.specs = specs;
        this.environment = environment;
        this.clock = clock;
        this.store = store;
    }

    /**
     * How one is made.
     *
     * @param again another one in any case, of the same versions
     * @param checked the playbook that the Ansible in it has to understand, as people name it; empty for none
     */
    record DeployOptions(boolean again, Optional<String> checked) {}

    /** What is to be made with which Python. */
    private record Making(VenvSpec spec, Path python, String version, List<String> collections, String requirements) {}

    Venvs.Deployed make(VenvSpec spec, DeployOptions how, BuildWatch watch) throws IOException, ContentException {
        var program = python.get()
                .orElseThrow(() -> new ContentException("python3 is not installed (apt-get install python3)"));
        var builder = new VenvBuilder(environment, settings.get().venv(), watch);
        var version = builder.version(program);
        refuseOther(version, spec);
        var collections = missing(spec.needs().collections());
        var making = new Making(spec, program, version, collections, requirements(spec, version, collections));
        var there = store.current(making.requirements());
        if (there.isPresent() && !how.again()) {
            check(there.get().path(), how);
            store.touch(there.get(), clock.instant());
            return linked(spec, there.get(), List.of());
        }
        var made = build(builder, making, how);
        return linked(spec, made, builder.steps());
    }

    private static void refuseOther(String version, VenvSpec asked) throws ContentException {
        if (!PythonVersions.allow(asked.needs().python(), version)) {
            throw new ContentException(
                    asked.name() + " needs Python " + asked.needs().python() + ", and this machine has " + version);
        }
    }

    private InstalledVenv build(VenvBuilder builder, Making making, DeployOptions how)
            throws IOException, ContentException {
        store.clear();
        var path = store.next(making.requirements());
        try {
            refuseFullDisk(path);
            var project = libraries.get().project();
            var exact = builder.build(making.python(), path, making.spec(), project, making.collections());
            check(path, how);
            FileTrees.delete(path.resolve(".tmp"));
            store.finish(path, making.version(), exact, clock.instant());
            return store.current(making.requirements()).orElseThrow();
        } catch (ContentException e) {
            throw new ContentException(making.spec().name() + " cannot be installed: " + e.why());
        } finally {
            // What is not whole is nothing; a gateway that is killed here leaves it to the next one.
            store.clear();
        }
    }

    private static void refuseFullDisk(Path path) throws IOException, ContentException {
        var folder = path.resolveSibling("");
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < HostDeployment.SPACE) {
            throw new ContentException("only " + (free >> 20) + " MB are free in " + folder
                    + ", and an environment takes about " + (HostDeployment.SPACE >> 20) + " MB");
        }
    }

    /** A module that its collection does not have is found here: the gateway's own Ansible did not know the collection. */
    private void check(Path venv, DeployOptions how) throws ContentException {
        var problem = how.checked().flatMap(source -> specs.problemIn(venv, source));
        if (problem.isPresent()) {
            throw new ContentException(problem.get());
        }
    }

    private Venvs.Deployed linked(VenvSpec spec, InstalledVenv venv, List<BuildStep> steps)
            throws IOException, ContentException {
        store.link(spec.name(), venv.path());
        var locked = specs.lock(spec, venv.lock(), venv.requirements());
        return new Venvs.Deployed(locked, store.find(spec.name()).orElse(venv), steps);
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
}
