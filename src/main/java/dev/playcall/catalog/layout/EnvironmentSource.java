package dev.playcall.catalog.layout;

import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
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
}
