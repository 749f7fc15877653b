package dev.playcall.venv.analysis;

import dev.playcall.catalog.file.RolesPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Ansible looks for the files of a playbook.
 *
 * @param playbooks the folder of the playbook
 * @param rolesPath where else roles are
 */
record Search(Path playbooks, RolesPath rolesPath) {

    /**
     * Where a task stands, from which relative names are looked up.
     *
     * @param file the folder of the file that it is in
     * @param role the folder of its role; empty outside one
     * @param name of that folder on every machine: empty outside a role, {@code roles/web/} in one
     */
    record Origin(Path file, Optional<Path> role, String name) {
        Origin in(Path folder) {
            return new Origin(folder, role, name);
        }
    }

    /** The folder of a role; empty when there is none of this name. */
    Optional<Path> role(String name) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(playbooks.resolve("roles").resolve(name));
        Arrays.stream(rolesPath.roles().split(":", -1)).map(Path::of).forEach(p -> candidates.add(p.resolve(name)));
        candidates.add(playbooks.resolve(name));
        return candidates.stream().filter(Files::isDirectory).findFirst();
    }

    /** A file that a task names, in this sub-folder or beside; empty when there is none. */
    Optional<Path> file(Origin origin, String folder, String name) {
        List<Path> bases = new ArrayList<>();
        origin.role().ifPresent(role -> {
            bases.add(role.resolve(folder));
            bases.add(role);
        });
        bases.add(origin.file().resolve(folder));
        bases.add(origin.file());
        bases.add(playbooks.resolve(folder));
        bases.add(playbooks);
        return bases.stream()
                .map(base -> base.resolve(name).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** What a file is called on every machine. */
    String name(Origin origin, Path file) {
        return origin.role()
                .filter(file::startsWith)
                .map(role -> origin.name() + role.relativize(file))
                .orElseGet(() -> playbooks.relativize(file).toString());
    }

    /** Registers the plugins that lie in a folder as Ansible looks for them: the playbook's, the project's, a role's. */
    static void register(Path folder, PluginUses uses) {
        Map.of(
                        "library", PluginKind.MODULE,
                        "plugins/modules", PluginKind.MODULE,
                        "action_plugins", PluginKind.MODULE,
                        "lookup_plugins", PluginKind.LOOKUP)
                .forEach((name, kind) -> {
                    for (var file : Optional.ofNullable(
                                    folder.resolve(name).toFile().list())
                            .orElse(new String[0])) {
                        uses.local(kind, file.replaceFirst("\\.(py|ps1|sh)$", ""));
                    }
                });
    }
}
