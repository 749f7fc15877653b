package dev.playcall.catalog.layout;

import dev.playcall.domain.name.EnvironmentName;
import java.nio.file.Path;
import java.util.List;

/**
 * Where an environment comes from.
 *
 * @param folder its own, for {@code config.yml}, {@code known_hosts} and {@code status.yml}
 * @param inventories the files that Ansible is given, absolute, at least one
 * @param bound the folder that they may not lead out of
 */
public record EnvironmentSource(EnvironmentName name, Path folder, List<Path> inventories, Path bound) {
    public EnvironmentSource {
        inventories = List.copyOf(inventories);
    }
}
