package dev.playcall.catalog.file;

import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Ansible finds roles, collections and plugins besides the folder of the playbooks.
 *
 * @param project the repository, where people put {@code roles/} and {@code collections/}
 * @param user the home of the gateway's user, if it has one
 * @param galaxy where what requirements.yml wants was installed
 * @param paths the folders of the configuration; empty for a project that has none
 */
public record RolesPath(Path project, Optional<Path> user, Optional<Path> galaxy, Optional<Config.Paths> paths) {
    private static final Path SHARED = Path.of("/usr/share/ansible");

    public RolesPath(Path project, Optional<Path> user) {
        this(project, user, Optional.empty(), Optional.empty());
    }

    /** The same with what was installed there. */
    public RolesPath with(Optional<Path> installed) {
        return new RolesPath(project, user, installed, paths);
    }

    /** @param environment of the gateway */
    public static RolesPath of(Config.Paths paths, Map<String, String> environment) {
        var home = Optional.ofNullable(environment.get("HOME"))
                .filter(h -> !h.isBlank())
                .map(Path::of);
        return new RolesPath(paths.project(), home, Optional.empty(), Optional.of(paths));
    }

    /** What the repository's ansible.cfg says now. */
    public AnsibleCfg config() {
        return AnsibleCfg.read(project);
    }

    /** Those of the project, which its people change; ansible.cfg may name more. */
    public List<Path> own() {
        return Stream.concat(
                        Stream.of(project.resolve("roles"), project.resolve("collections")),
                        config().folders().stream())
                .distinct()
                .toList();
    }

    /** What a playbook can reach beside it: the whole folder of the playbooks. */
    public Path beside(Path playbook) {
        return paths.map(Config.Paths::playbooks)
                .filter(playbook::startsWith)
                .or(() -> Optional.ofNullable(playbook.getParent()))
                .orElse(project);
    }

    /** Whether something beside a playbook is Playcall's own, or hashed for itself. */
    public boolean isApart(Path entry) {
        return entry.equals(project.resolve(".git"))
                || paths.filter(p ->
                                Stream.of(p.data(), p.logs(), p.inventory()).anyMatch(entry::equals))
                        .isPresent();
    }

    /** Those that are installed on this machine. */
    public List<Path> installed() {
        return Stream.of("roles", "collections", "plugins")
                .flatMap(kind -> Stream.concat(mine(kind), shared(kind)))
                .toList();
    }

    /** As {@code ANSIBLE_ROLES_PATH} has it. */
    public String roles() {
        return path("roles", config().roles());
    }

    /** As {@code ANSIBLE_COLLECTIONS_PATH} has it. */
    public String collections() {
        return path("collections", config().collections());
    }

    private String path(String kind, List<String> named) {
        return Stream.of(
                        named.stream().map(Path::of),
                        Stream.of(project.resolve(kind)),
                        galaxy.map(g -> g.resolve(kind)).stream(),
                        mine(kind),
                        shared(kind))
                .flatMap(s -> s)
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private Stream<Path> mine(String kind) {
        return user.stream().map(u -> u.resolve(".ansible").resolve(kind));
    }

    private static Stream<Path> shared(String kind) {
        var shared = Stream.of(SHARED.resolve(kind));
        return kind.equals("roles") ? Stream.concat(shared, Stream.of(Path.of("/etc/ansible/roles"))) : shared;
    }
}
