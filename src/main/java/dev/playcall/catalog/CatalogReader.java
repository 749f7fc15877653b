package dev.playcall.catalog;

import dev.playcall.config.Config;
import dev.playcall.config.ConfigException;
import dev.playcall.config.Problem;
import dev.playcall.config.Section;
import dev.playcall.config.Yaml;
import dev.playcall.config.YamlFile;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.domain.PlaybookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the whole catalogue once. What is broken is left out and told. */
final class CatalogReader {
    private static final List<Operation> BUILT_IN =
            List.of(Operation.PING, Operation.PROVISION, Operation.DEPLOY, Operation.ROLLBACK, Operation.UPDATE);

    private final Config config;
    private final List<Problem> problems = new ArrayList<>();
    private final NavigableMap<EnvironmentName, Environment> environments = new TreeMap<>();
    private final NavigableMap<PlaybookName, Playbook> playbooks = new TreeMap<>();
    private final NavigableMap<Operation, OperationSpec> operations = new TreeMap<>();

    CatalogReader(Config config) {
        this.config = config;
    }

    Catalog read() {
        list(config.paths().inventory()).filter(Files::isDirectory).forEach(this::environment);
        list(config.paths().playbooks())
                .filter(p -> p.getFileName().toString().endsWith(".yml")
                        && !p.getFileName().toString().endsWith(".meta.yml"))
                .forEach(this::playbook);
        operations();
        return new Catalog(
                environments,
                playbooks,
                operations,
                problems.stream().map(Problem::toString).toList());
    }

    private Stream<Path> list(Path folder) {
        if (!mayBeTrusted(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList().stream();
        } catch (IOException e) {
            problems.add(new Problem(shown(folder).toString(), "cannot be read: " + e.getMessage()));
            return Stream.empty();
        }
    }

    private void environment(Path folder) {
        var text = folder.getFileName().toString();
        var file = folder.resolve("hosts.yml");
        if (!EnvironmentName.isValid(text)) {
            problems.add(new Problem(shown(folder).toString(), "is not a name for an environment"));
        } else if (!Files.isRegularFile(file)) {
            problems.add(new Problem(shown(folder).toString(), "has no hosts.yml and so is no environment"));
        } else if (mayBeTrusted(folder)
                && mayBeTrusted(file)
                && isInside(file, config.paths().inventory())
                && isData(file)) {
            var name = new EnvironmentName(text);
            whole(file, (yaml, found) -> environments.put(name, new HostsFile(found).read(name, folder, file, yaml)));
        }
    }

    private void playbook(Path file) {
        var text = file.getFileName().toString().replaceFirst("\\.yml$", "");
        if (!PlaybookName.isValid(text)) {
            problems.add(new Problem(shown(file).toString(), "is not a name for a playbook"));
            return;
        }
        if (!Files.isRegularFile(file)
                || !mayBeTrusted(file)
                || !isInside(file, config.paths().playbooks())) {
            return;
        }
        var name = new PlaybookName(text);
        var meta = file.resolveSibling(text + ".meta.yml");
        if (Files.exists(meta)) {
            whole(meta, (yaml, found) -> playbooks.put(name, new MetaFile(found).read(name, file, yaml)));
        } else {
            playbooks.put(name, new MetaFile(problems).read(name, file, Optional.empty()));
        }
    }

    private interface Reading {
        void read(Optional<Yaml> yaml, List<Problem> found);
    }

    /** A file with a mistake in it is not offered at all: half an inventory is a deployment to half the servers. */
    private void whole(Path file, Reading reading) {
        var found = new ArrayList<Problem>();
        var environmentsBefore = new TreeMap<>(environments);
        var playbooksBefore = new TreeMap<>(playbooks);
        try {
            reading.read(YamlFile.read(file, shown(file)).root(), found);
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        if (!found.isEmpty()) {
            environments.clear();
            environments.putAll(environmentsBefore);
            playbooks.clear();
            playbooks.putAll(playbooksBefore);
            problems.addAll(found);
        }
    }

    private void operations() {
        operations.put(
                Operation.VALIDATE,
                new OperationSpec(Operation.VALIDATE, Optional.empty(), timeout("validate"), List.of()));
        operations.put(Operation.PLAY, new OperationSpec(Operation.PLAY, Optional.empty(), timeout("play"), List.of()));
        Set<Operation> names = new LinkedHashSet<>(BUILT_IN);
        for (var name : config.operations().keySet()) {
            if (Operation.isValid(name)) {
                names.add(new Operation(name));
            } else {
                problems.add(new Problem(
                        "config/playcall.yml", "operations: \"" + name + "\" is not a name for an operation"));
            }
        }
        playbooks.values().forEach(p -> p.operation().ifPresent(names::add));
        names.removeAll(List.of(Operation.VALIDATE, Operation.PLAY));
        names.forEach(this::operation);
    }

    private Optional<java.time.Duration> timeout(String operation) {
        return Optional.ofNullable(config.operations().get(operation)).flatMap(Config.OperationEntry::timeout);
    }

    private void operation(Operation operation) {
        var entry = Optional.ofNullable(config.operations().get(operation.value()));
        var configured = entry.flatMap(Config.OperationEntry::playbook).map(p -> p.replaceFirst("\\.ya?ml$", ""));
        var described = playbooks.values().stream()
                .filter(p -> p.operation().filter(operation::equals).isPresent())
                .map(p -> p.name().value())
                .findFirst();
        var text = configured.or(() -> described).orElse(operation.value());
        var playbook = Optional.of(text)
                .filter(PlaybookName::isValid)
                .map(PlaybookName::new)
                .filter(playbooks::containsKey);
        if (playbook.isEmpty()) {
            if (configured.isPresent()) {
                problems.add(new Problem(
                        "config/playcall.yml",
                        "operations." + operation + ".playbook: there is no usable playbooks/" + text + ".yml"));
            }
            return;
        }
        var found = new ArrayList<Problem>();
        var variables = new MetaFile(found)
                .variables(new Section(
                        "operations." + operation + ".variables",
                        entry.flatMap(Config.OperationEntry::variables),
                        found,
                        Yaml.Scalar::text,
                        Map.of()));
        problems.addAll(found);
        operations.put(operation, new OperationSpec(operation, playbook, timeout(operation.value()), variables));
    }

    /** Whoever may write a file here decides what runs on every server. */
    private boolean mayBeTrusted(Path path) {
        try {
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                problems.add(new Problem(
                        shown(path).toString(),
                        "refused: everybody may write here, and so decide what is executed (chmod o-w " + shown(path)
                                + ")"));
                return false;
            }
            return true;
        } catch (IOException e) {
            problems.add(new Problem(shown(path).toString(), "cannot be read: " + e.getMessage()));
            return false;
        }
    }

    private boolean isInside(Path file, Path folder) {
        try {
            if (file.toRealPath().startsWith(folder.toRealPath())) {
                return true;
            }
        } catch (IOException e) {
            // told below
        }
        problems.add(new Problem(shown(file).toString(), "refused: it is a link that leads out of " + shown(folder)));
        return false;
    }

    private boolean isData(Path file) {
        if (Files.isExecutable(file)) {
            problems.add(new Problem(
                    shown(file).toString(),
                    "refused: it may be executed, and an inventory is data (chmod a-x " + shown(file) + ")"));
            return false;
        }
        return true;
    }

    private Path shown(Path path) {
        return path.startsWith(config.home()) ? config.home().relativize(path) : path;
    }
}
