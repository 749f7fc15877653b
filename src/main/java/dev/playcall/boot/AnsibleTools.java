package dev.playcall.boot;

import dev.playcall.ansible.AnsibleLauncher;
import dev.playcall.ansible.AnsibleSettings;
import dev.playcall.ansible.InventoryProgram;
import dev.playcall.ansible.ListedPlans;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.ansible.PythonFiles;
import dev.playcall.ansible.SyntaxProgram;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.config.Config;
import dev.playcall.runner.retention.RunnerSettings;
import java.nio.file.Path;
import java.util.List;

/** Ansible as this machine has it, and everything that calls it. */
record AnsibleTools(CoreServices ground, ProgramPaths programs, PythonFiles python) {

    static AnsibleTools of(CoreServices core) {
        return new AnsibleTools(
                core,
                new ProgramPaths(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(core.config().paths().data().resolve("lib")));
    }

    InventoryProgram inventories() {
        return new InventoryProgram(ground.shelf()::ansible, programs, python, ground.vault()::redact);
    }

    AnsibleLauncher launcher() {
        return new AnsibleLauncher(
                ground.shelf()::ansible,
                programs,
                python,
                ground.vault(),
                ground.shelf(),
                ground.catalogs()::registered);
    }

    ListedPlans plans() {
        return new ListedPlans(
                ground.shelf()::ansible,
                programs,
                python,
                ground.catalogs(),
                ground.vault(),
                plansFolder(),
                ground.vault()::redact);
    }

    /** The playbooks as people write them, which Ansible has to understand first. */
    PlaybookFiles playbooks() {
        var paths = ground.config().paths();
        var check = new SyntaxProgram(ground.shelf()::ansible, programs, python, plansFolder(), ground.vault()::redact);
        return new PlaybookFiles(paths.playbooks(), paths.data().resolve("playbooks"), check, ground.clock());
    }

    /** The environments as folders, whose inventories Ansible has to understand first. */
    EnvironmentFiles environments() {
        return new EnvironmentFiles(
                ground.config().paths().inventory(),
                inventories(),
                ground.settings().each(c -> c));
    }

    private Path plansFolder() {
        return ground.config().paths().data().resolve("plans");
    }

    RunnerSettings running() {
        var config = ground.config();
        var interpreter = programs.python().map(Path::toString).orElse("python3");
        return new RunnerSettings(
                "local",
                config.paths().data().resolve("runs"),
                config.paths().logs(),
                config.ansible().maxParallelRuns(),
                List.of(interpreter, "-I", python.supervisor().toString()));
    }

    static AnsibleSettings settings(Config config) {
        return new AnsibleSettings(
                config.home(),
                config.paths().inventory(),
                config.paths().playbooks(),
                libraries(config),
                config.ansible().forks(),
                config.ansible().hostKeyChecking(),
                config.ansible().cancelGrace(),
                System.getenv());
    }

    static RolesPath libraries(Config config) {
        return RolesPath.beside(config.paths().playbooks(), System.getenv());
    }
}
