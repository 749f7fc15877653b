package dev.playcall.boot;

import dev.playcall.ansible.ContentSource;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.content.ContentException;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.ContentHold;
import dev.playcall.runner.Launcher.Waiting;
import dev.playcall.venv.BuildWatch;
import dev.playcall.venv.HostVenvs.VenvHost;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.Venvs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What runs are made of, with the Python environment that their playbook asks for. */
record VenvContent(ContentSource content, Venvs venvs, Catalogs catalogs) implements ContentSource {

    /** It is made first where it is not there; content is not held meanwhile, and is looked at again afterwards. */
    @Override
    public ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException {
        var note = lock(run.request(), waiting);
        while (true) {
            var hold = content.holdContent(run, waiting);
            boolean isReady = false;
            try {
                var lacking = lacking(run.request());
                if (lacking.isEmpty()) {
                    isReady = true;
                    return new Noted(hold, note);
                }
            } catch (ContentException e) {
                throw new CannotLaunchException(e.why());
            } finally {
                if (!isReady) {
                    hold.close();
                }
            }
            note = make(run.request(), waiting);
        }
    }

    /** What a host gets is resolved once, on this machine: every host gets exactly that. */
    private String lock(RunRequest request, Waiting waiting) throws CannotLaunchException {
        if (!(HostVenvRun.of(request).orElse(null) instanceof HostVenvRun.Deploy deploy)) {
            return "";
        }
        try {
            return lock(deploy, waiting);
        } catch (ContentException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    private String lock(HostVenvRun.Deploy deploy, Waiting waiting) throws ContentException {
        var name = deploy.spec();
        var spec = venvs.specs()
                .find(name)
                .orElseThrow(() -> new ContentException("the specification " + name + " no longer exists"));
        if (spec.isLocked()) {
            return "";
        }
        var watch = new RunWaits(waiting, "finding out the versions for " + name + " by installing it on this machine");
        return note(venvs.lock(spec, deploy.lint(), watch), name + " on the gateway to find out the versions");
    }

    @Override
    public Optional<Path> write(RunRequest request, Path folder) throws CannotLaunchException, IOException {
        var what = HostVenvRun.of(request);
        try {
            return what.isEmpty()
                    ? Optional.empty()
                    : Optional.of(venvs.onHosts().write(what.get(), folder));
        } catch (ContentException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    private record Noted(ContentHold hold, String before) implements ContentHold {
        @Override
        public String note() {
            return hold.note() + before;
        }

        @Override
        public void close() {
            hold.close();
        }
    }

    /** The playbook whose environment is not there. */
    private Optional<Playbook> lacking(RunRequest request) throws ContentException {
        var playbook = playbook(request);
        if (playbook.isPresent() && playbook.get().runOn().isPresent()) {
            venvThere(request, playbook.get());
            return Optional.empty();
        }
        if (playbook.isEmpty() || found(playbook.get()).isPresent()) {
            return Optional.empty();
        }
        var named = playbook.get().venv().named();
        if (named.isPresent()) {
            throw new ContentException("the Python environment " + named.get() + " of "
                    + playbook.get().name() + " is not installed: venv deploy <playbook> localhost");
        }
        return playbook;
    }

    private String make(RunRequest request, Waiting waiting) throws CannotLaunchException {
        try {
            var playbook = playbook(request).orElseThrow(() -> new ContentException("the playbook no longer exists"));
            var spec = venvs.specs().analyze(playbook, false);
            var watch = new RunWaits(waiting, "installing the Python environment " + spec.name());
            var made = venvs.deploy(playbook, spec, false, false, watch);
            return note(made, "the Python environment " + spec.name() + " before this run");
        } catch (ContentException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    /** For the log of the run: what was made for it. */
    private static String note(Venvs.Deployed made, String what) {
        return made.isNew()
                ? "Playcall installed " + what + ", in " + TextFormat.duration(made.took()) + " (" + made.shownSteps()
                        + ")\n"
                : "";
    }

    /** A run that waits for an environment, and says which step that is at. */
    private record RunWaits(Waiting waiting, String what) implements BuildWatch {
        @Override
        public void doing(String step) {
            waiting.doing(what + ": " + step);
        }

        @Override
        public boolean getAsBoolean() {
            return waiting.isOver();
        }
    }

    private Optional<Playbook> playbook(RunRequest request) {
        return described(request).filter(p -> !p.venv().isOff());
    }

    private Optional<Playbook> described(RunRequest request) {
        return request.playbook().flatMap(catalogs.afterChange()::playbook);
    }

    @Override
    public Optional<RunHost> elsewhere(RunRequest request) throws CannotLaunchException {
        var playbook = described(request).filter(p -> p.runOn().isPresent());
        if (playbook.isEmpty()) {
            return Optional.empty();
        }
        try {
            var host = runOn(request, playbook.get());
            var venv = playbook.get().venv().isOff()
                    ? Optional.<PlaybookEnvironment>empty()
                    : Optional.of(venvThere(request, playbook.get()));
            return Optional.of(new RunHost(host, venv, venvs.lostAfter()));
        } catch (ContentException e) {
            throw new CannotLaunchException(e.why());
        }
    }

    private String runOn(RunRequest request, Playbook playbook) throws ContentException {
        var host = playbook.runOn().orElseThrow();
        var hosts = catalogs.afterChange()
                .environment(request.environment())
                .map(Environment::hosts)
                .orElse(List.of());
        if (!hosts.contains(host)) {
            throw new ContentException("run_on of " + playbook.name() + ": there is no host \"" + host + "\" in "
                    + request.environment()
                    + Suggestion.of(host, hosts)
                            .map(h -> "; did you mean " + h + "?")
                            .orElse(""));
        }
        return host;
    }

    /** As it was written down when it was made there; whether it is there still shows when the run begins. */
    private PlaybookEnvironment venvThere(RunRequest request, Playbook playbook) throws ContentException {
        var host = runOn(request, playbook);
        var name = name(playbook);
        return venvs.hosts().of(VenvHost.of(request.environment(), host)).stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .map(v -> new PlaybookEnvironment(Path.of(v.path())))
                .orElseThrow(() -> new ContentException("the Python environment " + name + " of " + playbook.name()
                        + " is not installed on " + host + ": venv deploy " + playbook.name() + " " + host));
    }

    private Optional<InstalledVenv> found(Playbook playbook) throws ContentException {
        return venvs.find(name(playbook)).filter(v -> Files.isExecutable(v.bin().resolve("python")));
    }

    private String name(Playbook playbook) throws ContentException {
        var named = playbook.venv().named();
        return named.isPresent()
                ? named.get()
                : venvs.specs().analyze(playbook, false).name();
    }

    @Override
    public Optional<Revision> revision(Run run) {
        var revision = content.revision(run);
        try {
            var elsewhere = elsewhere(run.request());
            if (elsewhere.isPresent()) {
                var there =
                        revision.orElseGet(Revision::none).on(elsewhere.get().name());
                return Optional.of(
                        elsewhere.get().venv().isEmpty()
                                ? there
                                : there.inVenv(name(described(run.request()).orElseThrow())));
            }
            var playbook = playbook(run.request());
            if (playbook.isPresent() && found(playbook.get()).isPresent()) {
                return Optional.of(revision.orElseGet(Revision::none).inVenv(name(playbook.get())));
            }
        } catch (ContentException | CannotLaunchException e) {
            // the run was refused for it already
        }
        return revision;
    }

    @Override
    public Optional<PlaybookEnvironment> pythonEnvironment(RunRequest request) {
        try {
            var playbook = playbook(request);
            var venv = playbook.isEmpty() ? Optional.<InstalledVenv>empty() : found(playbook.get());
            if (venv.isPresent()) {
                venvs.use(venv.get());
            }
            return venv.map(v -> new PlaybookEnvironment(v.path()));
        } catch (ContentException e) {
            return Optional.empty(); // who starts a run is told
        }
    }
}
