package dev.playcall.catalog;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentFolders;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.playbook.OperationCatalog;
import dev.playcall.catalog.playbook.PlaybookFolder;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.Problem;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Reads the whole catalogue once. What is broken is left out and told. */
final class CatalogReader {
    private final Config config;
    private final HostRegister register;

    CatalogReader(Config config, HostRegister register) {
        this.config = config;
        this.register = register;
    }

    Catalog read() {
        var problems = new ArrayList<Problem>();
        var filePermissionCheck = new FilePermissionCheck(config.home(), problems);
        var paths = config.paths();
        var rolesPath = RolesPath.of(paths, Map.of());
        var folders = new EnvironmentFolders(config, register, filePermissionCheck, problems);
        var environments = folders.read();
        var playbooks = new PlaybookFolder(config, rolesPath.own(), filePermissionCheck, problems).read();
        rolesPath
                .config()
                .broken()
                .ifPresent(note -> problems.add(new Problem(
                        filePermissionCheck.shown(paths.project().resolve("ansible.cfg")) + ":" + note.line(),
                        note.text())));
        var operations = new OperationCatalog(config.operations(), playbooks, problems).read();
        return new Catalog(
                environments,
                folders.broken(),
                folders.archived(),
                playbooks,
                operations,
                problems.stream().map(Problem::toString).distinct().toList(),
                Optional.of(paths.playbooks()),
                config.adhoc().modules());
    }
}
