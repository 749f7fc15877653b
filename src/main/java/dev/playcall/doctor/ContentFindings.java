package dev.playcall.doctor;

import dev.playcall.ansible.AnsiblePrograms;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.boot.ContentServices;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Role;
import dev.playcall.config.Config;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what is to be run can be run: inventories, playbooks, and the names the configuration gives them. */
final class ContentFindings {
    private final Config config;
    private final Catalog catalog;
    private final ProgramPaths programPaths;

    public ContentFindings(Config config, Catalog catalog, ProgramPaths programPaths) {
        this.config = config;
        this.catalog = catalog;
        this.programPaths = programPaths;
    }

    public List<PlatformFinding> all() {
        var found = new ArrayList<PlatformFinding>();
        if (catalog.environments().isEmpty()) {
            found.add(noEnvironment(config.paths().inventory()));
        }
        catalog.environments()
                .values()
                .forEach(e -> found.add(e.fetched()
                        .map(fetched -> fetched(e, fetched, Instant.now()))
                        .orElseGet(() -> environment(e))));
        found.add(
                catalog.playbooks().isEmpty()
                        ? PlatformFinding.warning(
                                "no playbooks: add one to " + config.paths().playbooks())
                        : PlatformFinding.ok(
                                TextFormat.count(catalog.playbooks().size(), "playbook")));
        settings(found);
        found.addAll(new TuningFindings(config, catalog).all());
        catalog.problems().forEach(p -> found.add(PlatformFinding.error(p)));
        // Without Ansible each of them would say the same.
        if (programPaths.find("ansible-playbook").isPresent()) {
            asked(found);
        }
        bindings(found);
        return found;
    }

    /** What of ansible.cfg does not count; that it is broken is a problem of the catalogue. */
    private void settings(List<PlatformFinding> found) {
        var cfg = AnsibleCfg.read(config.paths().project());
        if (cfg.file().isPresent() && cfg.broken().isEmpty()) {
            int used = cfg.settings().values().stream().mapToInt(Map::size).sum();
            found.add(PlatformFinding.ok(
                    "ansible.cfg: " + used + (used == 1 ? " setting is" : " settings are") + " used"));
        }
        cfg.notes().forEach(note -> found.add(PlatformFinding.warning(note.toString())));
    }

    /** A folder has to be where there is none yet: a file called production may be an inventory of another layout. */
    private static PlatformFinding noEnvironment(Path inventory) {
        if (Files.exists(inventory) && !Files.isDirectory(inventory)) {
            return PlatformFinding.error("no environments: " + inventory + " is a file but must be a folder with a"
                    + " folder for each environment (paths.inventory)");
        }
        var folder = Stream.concat(
                        Stream.of("production", "staging"),
                        Stream.iterate(1, n -> n + 1).map(n -> "environment-" + n))
                .map(inventory::resolve)
                .filter(f -> Files.isDirectory(f) || !Files.exists(f, LinkOption.NOFOLLOW_LINKS))
                .filter(f -> !Files.exists(f.resolve("hosts.yml"), LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow();
        return PlatformFinding.warning("no environments: create " + folder.resolve("hosts.yml"));
    }

    private static PlatformFinding environment(Environment environment) {
        int hosts = environment.hosts().size();
        return hosts == 0
                ? PlatformFinding.warning("environment " + environment.name() + " has no hosts: add one to "
                        + environment.hostsFile() + ", or with ./playcall host add " + environment.name() + " web-1")
                : PlatformFinding.ok(
                        "environment " + environment.name() + ": " + hosts + (hosts == 1 ? " host" : " hosts"));
    }

    private static PlatformFinding fetched(Environment environment, FetchedInventory fetched, Instant now) {
        var line = "environment " + environment.name() + ": "
                + TextFormat.count(environment.hosts().size(), "host") + ", " + fetched.age(now);
        return fetched.at().isPresent() && fetched.failure().isEmpty()
                ? PlatformFinding.ok(line)
                : PlatformFinding.warning(line + ": ./playcall inventory refresh " + environment.name());
    }

    /** What only Ansible knows. */
    private void asked(List<PlatformFinding> found) {
        try {
            var scratch = Files.createTempDirectory("playcall-doctor");
            var settings = ContentServices.of(() -> config, DeployKeys.none(), Clock.systemUTC())
                    .ansible();
            var ansible = new AnsiblePrograms(
                    () -> settings, programPaths, scratch.resolve("lib"), scratch, UnaryOperator.identity());
            var inventories = ansible.inventories();
            catalog.environments().values().stream()
                    .filter(e -> e.fetched().isEmpty())
                    .forEach(e -> inventories
                            .problem(e.inventories())
                            .ifPresent(why -> found.add(PlatformFinding.error(
                                    "Ansible rejects the inventory of " + e.name() + "; fix it: " + why))));
            found.addAll(rejected(ansible.syntax()));
        } catch (IOException | UncheckedIOException e) {
            found.add(PlatformFinding.warning("Ansible could not check inventories and playbooks: " + e.getMessage()));
        }
    }

    /** Those of a folder are asked about together, and one by one only where something is wrong. */
    private List<PlatformFinding> rejected(PlaybookCheck program) {
        return catalog.playbooks().values().stream()
                .collect(Collectors.groupingBy(
                        p -> p.file().toAbsolutePath().getParent(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(beside -> beside.size() == 1
                        || !program.acceptsAll(
                                beside.stream().map(Playbook::file).toList()))
                .flatMap(List::stream)
                .flatMap(p -> syntax(p, program).stream())
                .toList();
    }

    private Optional<PlatformFinding> syntax(Playbook playbook, PlaybookCheck program) {
        Path file = playbook.file();
        return program.problem(
                        file, (file.startsWith(config.home()) ? config.home().relativize(file) : file).toString())
                .map(why ->
                        PlatformFinding.error("Ansible rejects the playbook " + playbook.name() + "; fix it: " + why));
    }

    /** A name that nothing has grants nothing, and nobody would notice but those who are refused. */
    private void bindings(List<PlatformFinding> found) {
        var access = config.access();
        var known =
                catalog.environments().keySet().stream().map(Object::toString).collect(Collectors.toSet());
        Stream.concat(
                        access.bindings().stream().map(Binding::reach),
                        access.roles().values().stream().map(Role::reach))
                .flatMap(r -> r.environments().stream())
                .distinct()
                .filter(e -> !e.contains("*") && !e.contains("?") && !known.contains(e))
                .forEach(e -> found.add(PlatformFinding.warning("access names the environment " + e
                        + ", which does not exist: fix the name, there are " + String.join(", ", known))));
    }
}
