package dev.playcall.venv;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.venv.analysis.Analysis;
import dev.playcall.venv.analysis.PlaybookAnalyzer;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds out which Python environment a playbook needs, and keeps that as its specification. Safe for threads. */
public final class PlaybookSpecs {
    private static final Pattern NOT_INSTALLED = Pattern.compile(
            "couldn't resolve module/action '([a-z0-9_]+\\.[a-z0-9_]+)\\.|the role '([a-z0-9_]+\\.[a-z0-9_]+)\\.");

    private static final PlaybookName SHARED = new PlaybookName("shared");

    private final Supplier<Config> settings;
    private final Supplier<RolesPath> libraries;
    private final PlaybookCheck syntax;
    private final LintProgram lint;
    private final PlaybookAnalyzer analyzer;
    private final SpecFiles files;

    /**
     * @param libraries where roles and collections are now
     * @param syntax asks Ansible
     * @param environment of the gateway
     */
    public PlaybookSpecs(
            Supplier<Config> settings,
            Supplier<RolesPath> libraries,
            PlaybookCheck syntax,
            Map<String, String> environment,
            Clock clock) {
        this.settings = settings;
        this.libraries = libraries;
        this.syntax = syntax;
        this.lint = new LintProgram(environment);
        var paths = settings.get().paths();
        this.analyzer = new PlaybookAnalyzer(
                paths.playbooks(), libraries, () -> settings.get().venv().ansibleCore());
        this.files = new SpecFiles(paths.venvSpecs(), clock);
    }

    /**
     * What it needs, written down.
     *
     * @param checked whether ansible-lint or Ansible is asked first whether it can be read
     * @throws ContentException when something is wrong with it, in one line
     */
    public VenvSpec analyze(Playbook playbook, boolean checked) throws ContentException {
        try {
            var needs = needs(playbook);
            if (checked) {
                var problem = problem(playbook, needs.collections());
                if (problem.isPresent()) {
                    throw new ContentException(problem.get());
                }
            }
            var name = needs.isShared() ? SHARED : playbook.name();
            return files.save(name, shown(playbook), needs);
        } catch (IOException e) {
            throw new ContentException("the specification cannot be written: " + e.getMessage());
        } catch (ConfigException e) {
            throw new ContentException(e.problems().getFirst().toString());
        }
    }

    private Analysis needs(Playbook playbook) {
        var declared = playbook.venv();
        var found = analyzer.analyze(
                playbook.file(), new Needs(declared.collections(), declared.pythonPackages(), declared.python()));
        return declared.share() ? found.shared() : found;
    }

    /** The file as it is named below the folder of the playbooks. */
    String shown(Playbook playbook) {
        var folder = settings.get().paths().playbooks();
        return playbook.file().startsWith(folder)
                ? folder.relativize(playbook.file()).toString()
                : playbook.file().toString();
    }

    /** A collection that the environment is going to have need not be on this machine. */
    private Optional<String> problem(Playbook playbook, List<String> collections) throws ContentException {
        var config = settings.get();
        // Another Unix user runs Ansible there, and ansible-lint would run it as the gateway's.
        boolean isLinted =
                config.venv().lint() && config.ansible().isolation().runAs().isEmpty();
        var program = isLinted ? lint.find() : Optional.<Path>empty();
        var found = program.isPresent()
                ? lint.findings(program.get(), playbook.file(), libraries.get())
                : syntax.problem(playbook.file(), shown(playbook)).stream().toList();
        return found.stream().filter(f -> !isMissing(f, collections)).findFirst();
    }

    /** What the Ansible of an environment says against a playbook, one line; empty also when it cannot be asked. */
    Optional<String> problemIn(Path venv, String source) {
        var config = settings.get();
        var file = config.paths().playbooks().resolve(source);
        // The user of runs is let into the environment of a run only.
        boolean isAsked = config.ansible().isolation().runAs().isEmpty() && Files.isRegularFile(file);
        return isAsked ? syntax.in(venv).problem(file, source) : Optional.empty();
    }

    private static boolean isMissing(String finding, List<String> collections) {
        var matcher = NOT_INSTALLED.matcher(finding);
        return matcher.find() && collections.contains(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }

    /** The playbooks that have the specification of this name as they are now: several where it is shared. */
    public List<Playbook> users(String name, Collection<Playbook> playbooks) {
        var spec = files.find(name);
        return playbooks.stream()
                .filter(p -> spec.filter(s -> isOf(s, p)).isPresent())
                .filter(p -> needs(p).sha256().equals(spec.orElseThrow().needs().sha256()))
                .toList();
    }

    private boolean isOf(VenvSpec spec, Playbook playbook) {
        return spec.needs().isShared() ? playbook.venv().share() : spec.source().equals(shown(playbook));
    }

    /** Whether a playbook is still as it was when the specification of this name was written. */
    public boolean isCurrent(String name, Collection<Playbook> playbooks) {
        try {
            return !users(name, playbooks).isEmpty();
        } catch (ConfigException e) {
            return true; // what cannot be read now is not thrown away
        }
    }

    /**
     * One by its name.
     *
     * @throws ContentException when its file is broken
     */
    public Optional<VenvSpec> find(String name) throws ContentException {
        try {
            return files.find(name);
        } catch (ConfigException e) {
            throw new ContentException(e.problems().getFirst().toString());
        }
    }

    /** Writes down exactly what an environment was made of. */
    VenvSpec lock(VenvSpec spec, VenvLock lock, String requirements) throws IOException {
        return files.lock(spec, lock, requirements);
    }

    /** The names of all, sorted. */
    public List<String> names() throws ContentException {
        try {
            return files.names();
        } catch (IOException e) {
            throw new ContentException("the specifications cannot be listed: " + e.getMessage());
        }
    }
}
