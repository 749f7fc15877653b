package dev.playcall.boot;

import dev.playcall.ansible.AnsiblePrograms;
import dev.playcall.ansible.AnsibleSettings;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.ansible.warm.WarmStarts;
import dev.playcall.boot.cluster.NodeIdentity;
import dev.playcall.catalog.Plans;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.Config;
import dev.playcall.runner.Launcher;
import dev.playcall.runner.retention.RunnerSettings;
import dev.playcall.venv.PlaybookSpecs;
import dev.playcall.venv.Venvs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Ansible as this machine has it, and everything that calls it. */
record AnsibleTools(CoreServices core, ProgramPaths programs, AnsiblePrograms ansible, Venvs venvs) {

    static AnsibleTools of(CoreServices core) {
        var programs = new ProgramPaths(System.getenv().getOrDefault("PATH", ""));
        var data = core.config().paths().data();
        var ansible = new AnsiblePrograms(
                core.content()::ansible, programs, data.resolve("lib"), data.resolve("plans"), core.vault()::redact);
        return new AnsibleTools(core, programs, ansible, venvs(core, programs, ansible.syntax()));
    }

    private static Venvs venvs(CoreServices core, ProgramPaths programs, PlaybookCheck syntax) {
        var settings = core.settings().each(c -> c);
        Supplier<RolesPath> libraries = () -> core.content().ansible().libraries();
        var specs = new PlaybookSpecs(settings, libraries, syntax, System.getenv(), core.clock());
        return new Venvs(settings, libraries, programs::python, specs, System.getenv(), core.clock());
    }

    /** The inventories that plugins and scripts give. */
    InventoryRefresh inventoryRefresh() {
        return new InventoryRefresh(core.catalogs(), ansible.inventoryFetcher(), core.clock());
    }

    Launcher launcher() {
        return ansible.launcher(core.vault(), content(), core.catalogs());
    }

    /** What runs start from that can. */
    WarmStarts warmStarts() {
        var folder = core.config().paths().data().resolve("warm");
        return new WarmStarts(
                ansible.warm(), folder, () -> core.config().ansible().warm());
    }

    Plans plans() {
        return ansible.plans(core.vault(), content(), core.catalogs());
    }

    private VenvContent content() {
        return new VenvContent(core.content(), venvs, core.catalogs());
    }

    /** The playbooks as people write them, which Ansible has to understand first. */
    PlaybookFiles playbooks() {
        var paths = core.config().paths();
        return new PlaybookFiles(paths.playbooks(), paths.data().resolve("playbooks"), ansible.syntax(), core.clock());
    }

    /** The files of inventories as people write them, which Ansible has to understand first. */
    InventoryFiles inventoryFiles() {
        return new InventoryFiles(
                ansible.inventories(), core.config().paths().data().resolve("inventory"), core.clock());
    }

    /** The environments as folders, whose inventories Ansible has to understand first. */
    EnvironmentFiles environments() {
        return new EnvironmentFiles(
                core.config().paths().inventory(),
                ansible.inventories(),
                core.settings().each(c -> c));
    }

    RunnerSettings running() {
        var config = core.config();
        var interpreter = programs.python().map(Path::toString).orElse("python3");
        return new RunnerSettings(
                NodeIdentity.name(config),
                config.paths().data().resolve("runs"),
                config.paths().logs(),
                config.ansible().maxParallelRuns(),
                List.of(interpreter, "-I", ansible.supervisor().toString()));
    }

    static AnsibleSettings settings(Config config) {
        return new AnsibleSettings(
                config.home(),
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                libraries(config),
                config.ansible().forks(),
                tuning(config),
                config.paths().data().resolve("facts"),
                config.ansible().hostKeyChecking(),
                config.ansible().cancelGrace(),
                config.ansible().isolation(),
                System.getenv());
    }

    static AnsibleTuning tuning(Config config) {
        return config.ansible().tuning().with(overrides(config));
    }

    private static Map<String, AnsibleOverrides> overrides(Config config) {
        return config.operations().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().ansible()));
    }

    static RolesPath libraries(Config config) {
        return RolesPath.of(config.paths(), System.getenv());
    }
}
