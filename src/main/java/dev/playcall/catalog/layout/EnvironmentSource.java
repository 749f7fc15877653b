package dev.playcall.catalog.layout;

import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where an environment comes from.
 *
 * @param folder its own, for {@code config.yml}, {@code known_hosts} and {@code status.yml}
 * @param inventories the files that Ansible is given, absolute, at least one
 * @param bound the folder that they may not lead out of
 * @param group only the hosts of this group belong to it; empty for all
 * @param fetching how its hosts are asked for; empty when all files are data and only read
 */
public record EnvironmentSource(
        EnvironmentName name,
        Path folder,
        List<Path> inventories,
        Path bound,
        Optional<String> group,
        Optional<FetchPlan> fetching) {
    public EnvironmentSource {
        inventories = List.copyOf(inventories);
    }

    /** All hosts of files that are data. */
    public static EnvironmentSource of(EnvironmentName name, Path folder, List<Path> inventories) {
        return new EnvironmentSource(name, folder, inventories, folder, Optional.empty(), Optional.empty());
    }

    /** Whether its hosts come from a plugin or a script. */
    public boolean isExecuted(Path file) {
        return fetching.isPresent() && InventoryContent.executed(file).isPresent();
    }

    /** Whether Ansible executes this file when it is asked for hosts. */
    public boolean isProgram(Path file) {
        return fetching.filter(f -> f.programs().contains(file)).isPresent();
    }

    /**
     * How Ansible is asked for the hosts of an environment some of whose sources are executed. The configuration allows all of them.
     *
     * @param plugins the inventory plugins, by the names that the files use
     * @param programs the files that are executed themselves
     * @param maxAge a run asks again when the last result is older
     * @param timeout after which it is given up
     */
    public record FetchPlan(List<String> plugins, List<Path> programs, Duration maxAge, Duration timeout) {
        public FetchPlan {
            plugins = List.copyOf(plugins);
            programs = List.copyOf(programs);
        }
    }
}
