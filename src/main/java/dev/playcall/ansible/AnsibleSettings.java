package dev.playcall.ansible;

import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings with which Ansible is started.
 *
 * @param home folder of the project: findings are named relative to it
 * @param inventory folder of the environments
 * @param playbooks folder of the playbooks
 * @param project the repository
 * @param libraries where roles and collections come from
 * @param facts folder of the facts that are kept, one below it for each environment
 * @param environment the gateway's own environment, of which only a few names are passed on
 */
public record AnsibleSettings(
        Path home,
        Path inventory,
        Path playbooks,
        Path project,
        RolesPath libraries,
        int forks,
        AnsibleTuning tuning,
        Path facts,
        boolean hostKeyChecking,
        Duration cancelGrace,
        RunIsolation isolation,
        Map<String, String> environment) {
    /** The same with roles and collections from there as well. */
    public AnsibleSettings with(Optional<Path> galaxy) {
        return new AnsibleSettings(
                home,
                inventory,
                playbooks,
                project,
                libraries.with(galaxy),
                forks,
                tuning,
                facts,
                hostKeyChecking,
                cancelGrace,
                isolation,
                environment);
    }

    /** What the repository's ansible.cfg says now. */
    AnsibleCfg config() {
        return libraries.config();
    }

    /** Where Ansible is started: it takes an ansible.cfg from where its people start it, so they start it there. */
    Path workingDirectory() {
        return Files.isRegularFile(project.resolve("ansible.cfg")) ? project : playbooks;
    }

    public AnsibleSettings {
        environment = Map.copyOf(environment);
    }
}
