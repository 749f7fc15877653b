package dev.playcall.cli.init;

import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.InventoryContent;
import dev.playcall.catalog.layout.InventoryContent.Kind;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a repository has, by its files alone.
 *
 * @param environments inventory files and folders by environment, relative to the repository
 * @param playbooks the folder that all playbooks are below
 * @param found what else is there, one line each
 * @param problems what cannot be used, one line each with what to do
 */
record RepositorySurvey(
        SortedMap<String, List<String>> environments, Path playbooks, List<String> found, List<String> problems) {
    /** Where people keep the inventories of several environments. */
    private static final List<String> FOLDERS = List.of("inventories", "inventory", "environments", "envs", "hosts");

    private static final List<String> PLUGINS = List.of(
            "library", "filter_plugins", "lookup_plugins", "action_plugins", "callback_plugins", "module_utils");
    private static final int DEEPEST = 6;

    private static final String NO_INVENTORY =
            "no inventory was found: add inventories/production, or name the files of"
                    + " each environment under environments: in the configuration";
    private static final String NO_PLAYBOOK = "no playbook was found: add one to playbooks/";

    /** Whether nothing of it is known from Ansible repositories. */
    boolean isNothing() {
        return environments.isEmpty() && found.isEmpty() && problems.equals(List.of(NO_INVENTORY, NO_PLAYBOOK));
    }

    /** What it was looked for. */
    static String lookedFor() {
        return "inventories (hosts, inventory, production.ini or the like, also in "
                + String.join("/, ", FOLDERS)
                + "/), playbooks (*.yml and *.yaml files with a list of plays), ansible.cfg, roles/, collections/";
    }

    /** @throws UncheckedIOException when the folder cannot be read */
    static RepositorySurvey of(Path repository) {
        return new Looking(repository).look();
    }

    private static final class Looking {
        private final Path repository;
        private final SortedMap<String, List<String>> environments = new TreeMap<>();
        private final List<String> found = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Looking(Path repository) {
            this.repository = repository;
        }

        RepositorySurvey look() {
            list(repository).stream().filter(Files::isRegularFile).forEach(this::file);
            FOLDERS.stream().map(repository::resolve).filter(Files::isDirectory).forEach(this::folder);
            if (environments.isEmpty()) {
                problems.add(NO_INVENTORY);
            }
            var layout = PlaybookLayout.of(repository);
            var below = repository.resolve("playbooks");
            boolean nested = !layout.playbooks().isEmpty()
                    && layout.playbooks().values().stream().allMatch(p -> p.startsWith(below));
            if (layout.playbooks().isEmpty()) {
                problems.add(NO_PLAYBOOK);
            }
            settings();
            content();
            return new RepositorySurvey(environments, nested ? below : repository, found, problems);
        }

        private void folder(Path folder) {
            for (var entry : list(folder)) {
                if (Files.isRegularFile(entry)) {
                    file(entry);
                } else if (Files.isDirectory(entry)
                        && !InventoryLayout.VARIABLES.contains(FilePermissionCheck.name(entry))) {
                    environment(entry);
                }
            }
        }

        private void environment(Path folder) {
            var hosts = InventoryLayout.there(folder);
            var files = hosts.isEmpty() ? InventoryContent.in(folder) : hosts;
            var data = files.stream()
                    .filter(f -> InventoryContent.of(f) instanceof Kind.Hosts)
                    .toList();
            if (!data.isEmpty()) {
                put(FilePermissionCheck.name(folder), data);
            }
            // Ansible is given the folder by hand, and reads all that is in it.
            Stream.concat(files.stream(), InventoryContent.in(folder).stream())
                    .distinct()
                    .forEach(f -> notRead(f, FilePermissionCheck.name(folder), folder));
        }

        private void file(Path file) {
            if (InventoryContent.of(file) instanceof Kind.Hosts) {
                put(InventoryContent.environment(file), List.of(file));
            }
            notRead(file, InventoryContent.environment(file), file);
        }

        private void notRead(Path file, String environment, Path inventory) {
            if (InventoryContent.of(file) instanceof Kind.Executed executed
                    && (!repository.equals(file.getParent())
                            || !FilePermissionCheck.name(file).contains("."))) {
                problems.add(shown(file) + " " + executed.remedy(environment, shown(inventory)));
            }
        }

        private void put(String name, List<Path> files) {
            if (!EnvironmentName.isValid(name) || name.equals("all")) {
                problems.add(shown(files.getFirst()) + " has no name that an environment can have; give it one under"
                        + " environments: in the configuration");
            } else {
                environments.merge(
                        name,
                        files.stream().map(this::shown).toList(),
                        (a, b) ->
                                Stream.concat(a.stream(), b.stream()).distinct().toList());
            }
        }

        private String shown(Path file) {
            return repository.relativize(file).toString();
        }

        private void settings() {
            var cfg = AnsibleCfg.read(repository);
            cfg.file().ifPresent(_ -> found.add("ansible.cfg: it counts for every run"));
            cfg.broken().ifPresent(note -> problems.add(note.toString()));
            cfg.notes().forEach(note -> problems.add(note.toString()));
            if (cfg.settings().containsKey("privilege_escalation")) {
                found.add("become in ansible.cfg");
            }
        }

        private void content() {
            count("roles", "role");
            if (Files.isDirectory(repository.resolve("collections"))) {
                found.add("collections in collections/");
            }
            for (var name : List.of("requirements.yml", "roles/requirements.yml", "collections/requirements.yml")) {
                if (Files.isRegularFile(repository.resolve(name))) {
                    found.add(name + ": installed before a run (docs/library.md)");
                }
            }
            PLUGINS.stream()
                    .filter(p -> Files.isDirectory(repository.resolve(p)))
                    .forEach(p -> found.add("plugins in " + p + "/"));
            var vaulted = vaulted();
            if (!vaulted.isEmpty()) {
                found.add("encrypted files: " + String.join(", ", vaulted)
                        + " (./playcall secret set vault --env <environment> --kind vault_password)");
            }
        }

        private void count(String folder, String what) {
            var path = repository.resolve(folder);
            if (Files.isDirectory(path)) {
                long there = list(path).stream().filter(Files::isDirectory).count();
                found.add(TextFormat.count(there, what) + " in " + folder + "/");
            }
        }

        private List<String> vaulted() {
            try (Stream<Path> files = Files.walk(repository, DEEPEST)) {
                return files.filter(f -> !f.startsWith(repository.resolve(".git")))
                        .filter(Files::isRegularFile)
                        .filter(Looking::isVaulted)
                        .map(this::shown)
                        .sorted()
                        .limit(5)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isVaulted(Path file) {
            try (var in = Files.newInputStream(file)) {
                return new String(in.readNBytes(14), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .equals("$ANSIBLE_VAULT");
            } catch (IOException e) {
                return false;
            }
        }

        private static List<Path> list(Path folder) {
            try (Stream<Path> all = Files.list(folder)) {
                return all.filter(p -> !FilePermissionCheck.name(p).startsWith("."))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
