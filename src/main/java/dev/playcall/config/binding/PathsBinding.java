package dev.playcall.config.binding;

import dev.playcall.config.Config;
import dev.playcall.config.Config.EnvironmentEntry;
import dev.playcall.config.Config.InventoryFetching;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the configuration says that files are: {@code paths:} and {@code environments:}. */
final class PathsBinding {
    private final Path home;

    /** @param home from which relative paths count */
    PathsBinding(Path home) {
        this.home = home;
    }

    Config.Paths paths(Section s) {
        var playbooks = path(s, "playbooks");
        var data = path(s, "data");
        var paths = new Config.Paths(
                playbooks,
                path(s, "inventory"),
                path(s, "logs"),
                data,
                venvSpecs(s, data),
                s.optionalValue("logs_group", PathsBinding::group, "a group of this machine", "adm"),
                s.optionalValue("project", this::resolve, "a path", ".").orElseGet(() -> project(playbooks)));
        s.end();
        // What lies in playbooks and inventories is what people approve, and what is written there voids approvals.
        if (!paths.venvSpecs().startsWith(data)
                && Stream.of(playbooks, paths.inventory()).anyMatch(paths.venvSpecs()::startsWith)) {
            s.wrong(s.place("venv_specs"), "venv_specs", "may not be in paths.playbooks or paths.inventory");
        }
        return paths;
    }

    private Path venvSpecs(Section s, Path data) {
        return s.optionalValue("venv_specs", this::resolve, "a path", "venv_specs")
                .orElseGet(() -> data.resolve("venv_specs"));
    }

    /** Playbooks lie in the root of a repository, or in a folder of it. */
    private Path project(Path playbooks) {
        boolean root = playbooks.equals(home)
                || Stream.of("ansible.cfg", ".git").map(playbooks::resolve).anyMatch(Files::exists);
        return root ? playbooks : Optional.ofNullable(playbooks.getParent()).orElse(playbooks);
    }

    private static Optional<String> group(String name) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            return Optional.of(name);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path path(Section s, String key) {
        return s.value(key, home.resolve(key), this::resolve, "a path", key);
    }

    /** Empty for what is no path. */
    Optional<Path> resolve(String text) {
        try {
            return Optional.of(text)
                    .filter(t -> !t.isBlank())
                    .map(t -> home.resolve(t).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    static SortedMap<String, EnvironmentEntry> environments(Section s) {
        var environments = new TreeMap<String, EnvironmentEntry>();
        s.entries().keySet().forEach(name -> {
            var entry = s.section(name);
            var inventory = entry.texts("inventory");
            if (inventory.isEmpty()) {
                s.wrong(s.place(name), name, "names no inventory (inventory: [inventories/" + name + "])");
            }
            var group = entry.optional("group");
            environments.put(name, new EnvironmentEntry(s.place(name), inventory, group, fetching(entry)));
            entry.end();
        });
        return environments;
    }

    private static InventoryFetching fetching(Section entry) {
        return new InventoryFetching(
                entry.texts("plugins"),
                entry.oneOf("scripts", "deny", "allow").equals("allow"),
                entry.value("max_age", Duration.ofMinutes(15), Quantities::positiveDuration, "a duration", "15m"),
                entry.value("timeout", Duration.ofMinutes(1), Quantities::positiveDuration, "a duration", "1m"));
    }
}
