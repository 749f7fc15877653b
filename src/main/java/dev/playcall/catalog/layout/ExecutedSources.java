package dev.playcall.catalog.layout;

import dev.playcall.catalog.layout.EnvironmentSource.FetchPlan;
import dev.playcall.config.Config.InventoryFetching;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The sources of a configured environment that are executed, and whether each of them is allowed. */
final class ExecutedSources {
    private static final String BUILTIN = "ansible.builtin.";

    private final InventoryFetching allowed;
    private final String environment;
    private final UnaryOperator<Path> shown;
    private final List<String> plugins = new ArrayList<>();
    private final List<Path> programs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    ExecutedSources(InventoryFetching allowed, String environment, UnaryOperator<Path> shown) {
        this.allowed = allowed;
        this.environment = environment;
        this.shown = shown;
    }

    ExecutedSources of(List<Path> files) {
        for (var file : files) {
            InventoryContent.executed(file).ifPresent(executed -> take(file, executed));
        }
        return this;
    }

    /** What is not allowed, one line each with its remedy. */
    List<String> problems() {
        return problems;
    }

    /** Empty when all sources are data. */
    Optional<FetchPlan> plan() {
        return plugins.isEmpty() && programs.isEmpty()
                ? Optional.empty()
                : Optional.of(new FetchPlan(plugins, programs, allowed.maxAge(), allowed.timeout()));
    }

    private void take(Path file, InventoryContent.Kind.Executed executed) {
        boolean isAllowed = executed.plugin().map(this::isAllowed).orElse(allowed.scripts());
        if (!isAllowed) {
            var name = shown.apply(file).toString();
            problems.add(name + " " + executed.remedy(environment, name));
        } else if (executed.plugin().isEmpty()) {
            programs.add(file);
        } else if (usesVariableFiles(file)) {
            problems.add(shown.apply(file) + " has use_vars_plugins, which is not supported: plugins are asked without"
                    + " group_vars and host_vars, which may hold vaulted values; remove it");
        } else {
            plugins.add(executed.plugin().get());
        }
    }

    /** Ansible's own plugins have a short name as well. */
    private boolean isAllowed(String plugin) {
        return allowed.plugins().stream().map(ExecutedSources::whole).anyMatch(whole(plugin)::equals);
    }

    private static String whole(String plugin) {
        return plugin.contains(".") ? plugin : BUILTIN + plugin;
    }

    private static boolean usesVariableFiles(Path file) {
        try {
            return YamlFile.read(file, file).root().orElse(null) instanceof Yaml.Mapping options
                    && options.entries().get("use_vars_plugins") instanceof Yaml.Scalar uses
                    && !List.of("false", "no", "off").contains(uses.text().toLowerCase(Locale.ROOT));
        } catch (ConfigException e) {
            return false; // Ansible says what is wrong with it
        }
    }
}
