package dev.playcall.boot;

import dev.playcall.ansible.InventoryProgram;
import dev.playcall.ansible.Programs;
import dev.playcall.ansible.PythonFiles;
import dev.playcall.ansible.SyntaxProgram;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.Playbook;
import dev.playcall.chat.Finding;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Role;
import dev.playcall.config.Config;
import dev.playcall.library.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what is to be run can be run: inventories, playbooks, and the names the configuration gives them. */
final class ContentFindings {
    private final Config config;
    private final Catalog catalog;
    private final Programs programs;

    ContentFindings(Config config, Catalog catalog, Programs programs) {
        this.config = config;
        this.catalog = catalog;
        this.programs = programs;
    }

    List<Finding> all() {
        var found = new ArrayList<Finding>();
        if (catalog.environments().isEmpty()) {
            found.add(noEnvironment(config.paths().inventory()));
        }
        catalog.environments().values().forEach(e -> found.add(environment(e)));
        found.add(
                catalog.playbooks().isEmpty()
                        ? Finding.warning("there is no playbook: put one into "
                                + config.paths().playbooks())
                        : Finding.ok(catalog.playbooks().size() + " playbooks"));
        catalog.problems().forEach(p -> found.add(Finding.error(p)));
        // Without Ansible each of them would say the same.
        if (programs.find("ansible-playbook").isPresent()) {
            asked(found);
        }
        bindings(found);
        return found;
    }

    /** A folder has to be where there is none yet: a file called production may be an inventory of another layout. */
    private static Finding noEnvironment(Path inventory) {
        if (Files.exists(inventory) && !Files.isDirectory(inventory)) {
            return Finding.error("there is no environment: " + inventory + " is a file and has to be a folder with a"
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
        return Finding.warning("there is no environment: make " + folder.resolve("hosts.yml"));
    }

    private static Finding environment(Environment environment) {
        int hosts = environment.hosts().size();
        return hosts == 0
                ? Finding.warning("environment " + environment.name() + " has no host in its file: add one to "
                        + environment.hostsFile() + ", or with ./playcall host add " + environment.name() + " web-1")
                : Finding.ok("environment " + environment.name() + ": " + hosts + (hosts == 1 ? " host" : " hosts"));
    }

    /** What only Ansible knows. */
    private void asked(List<Finding> found) {
        try {
            var scratch = Files.createTempDirectory("playcall-doctor");
            var python = PythonFiles.unpack(scratch.resolve("lib"));
            var settings =
                    Shelf.of(() -> config, Keys.none(), Clock.systemUTC()).ansible();
            var inventories = new InventoryProgram(() -> settings, programs, python, text -> text);
            catalog.environments()
                    .values()
                    .forEach(e -> inventories
                            .problem(e.hostsFile())
                            .ifPresent(why -> found.add(Finding.error(
                                    "Ansible does not take the inventory of " + e.name() + ", mend it: " + why))));
            var syntax = new SyntaxProgram(() -> settings, programs, python, scratch, text -> text);
            catalog.playbooks().values().forEach(p -> syntax(p, syntax).ifPresent(found::add));
        } catch (IOException | UncheckedIOException e) {
            found.add(Finding.warning("Ansible could not be asked about inventories and playbooks: " + e.getMessage()));
        }
    }

    private Optional<Finding> syntax(Playbook playbook, SyntaxProgram program) {
        Path file = playbook.file();
        return program.problem(file, config.home().relativize(file).toString())
                .map(why ->
                        Finding.error("Ansible does not take the playbook " + playbook.name() + ", mend it: " + why));
    }

    /** A name that nothing has grants nothing, and nobody would notice but those who are refused. */
    private void bindings(List<Finding> found) {
        var access = config.access();
        var known =
                catalog.environments().keySet().stream().map(Object::toString).collect(Collectors.toSet());
        Stream.concat(
                        access.bindings().stream().map(Binding::reach),
                        access.roles().values().stream().map(Role::reach))
                .flatMap(r -> r.environments().stream())
                .distinct()
                .filter(e -> !e.contains("*") && !e.contains("?") && !known.contains(e))
                .forEach(e -> found.add(Finding.warning("access names the environment " + e
                        + ", which is not there: mend the name, there are " + String.join(", ", known))));
    }
}
