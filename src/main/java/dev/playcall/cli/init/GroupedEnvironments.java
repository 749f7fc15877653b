package dev.playcall.cli.init;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One inventory whose groups are called like environments: which of them is one is for people to say. */
final class GroupedEnvironments {
    private static final Set<String> USUAL = Set.of(
            "production", "prod", "staging", "stage", "preprod", "testing", "test", "qa", "uat", "development", "dev");

    private GroupedEnvironments() {}

    /** What can be configured, ready to be copied; empty where it is not the case. */
    static Optional<String> proposal(Catalog catalog, Path repository) {
        if (catalog.environments().size() != 1) {
            return Optional.empty();
        }
        var environment = catalog.environments().values().iterator().next();
        var groups = environment.groups().keySet().stream()
                .filter(g -> USUAL.contains(g.toLowerCase(Locale.ROOT)))
                .toList();
        return groups.size() < 2 || environment.source().group().isPresent()
                ? Optional.empty()
                : Optional.of(line(environment, groups, repository));
    }

    private static String line(Environment environment, List<String> groups, Path repository) {
        var files = environment.inventories().stream()
                .map(f -> repository.relativize(f).toString())
                .collect(Collectors.joining(", "));
        return "the groups " + String.join(", ", groups) + " of " + environment.name()
                + " are called like environments; to have an environment for each, set in config/playcall.yml:"
                + " environments: { "
                + groups.stream()
                        .map(g -> g + ": { inventory: [" + files + "], group: " + g + " }")
                        .collect(Collectors.joining(", "))
                + " }";
    }
}
