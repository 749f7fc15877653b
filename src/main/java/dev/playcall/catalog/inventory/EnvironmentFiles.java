package dev.playcall.catalog.inventory;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Environments as folders that a program may make, move and put away. A folder is there whole or not at all: it is built under a
 * name that the catalogue passes over, and then renamed.
 */
public final class EnvironmentFiles {
    private static final String ARCHIVE = ".archive";
    private static final String DRAFT = ".new-";
    private static final String POLICY = "config.yml";
    private static final int LARGEST_POLICY = 64 * 1024;

    private final Path inventory;
    private final InventoryCheck check;
    private final Supplier<Config> config;

    /** @param config read anew for each policy that is checked: its roles and its time zone */
    public EnvironmentFiles(Path inventory, InventoryCheck check, Supplier<Config> config) {
        this.inventory = inventory;
        this.check = check;
        this.config = config;
    }

    /** Whether there is a folder of this name, an environment or not. */
    public boolean exists(EnvironmentName name) {
        return Files.exists(folder(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Names of the archived environments, sorted. */
    public List<EnvironmentName> archived() throws IOException {
        return archived(inventory);
    }

    static List<EnvironmentName> archived(Path inventory) throws IOException {
        return FileTrees.in(inventory.resolve(ARCHIVE)).stream()
                .filter(Files::isDirectory)
                .map(FilePermissionCheck::name)
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new)
                .toList();
    }

    /**
     * Makes a new environment, from nothing or as a copy.
     *
     * @param from copied with everything but its {@code status.yml}
     * @param hosts added to the group {@code all}; the value is the address, empty for none
     * @throws HostsEdit.RefusedException when a host cannot be added or Ansible rejects the inventory
     */
    public void create(EnvironmentName name, Optional<Environment> from, SortedMap<String, String> hosts)
            throws IOException, HostsEdit.RefusedException {
        Files.createDirectories(inventory);
        var draft = Files.createTempDirectory(inventory, DRAFT);
        try {
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(inventory));
            if (from.isPresent()) {
                copy(from.get(), draft);
            } else {
                Files.writeString(draft.resolve("hosts.yml"), "all:\n  hosts: {}\n");
            }
            addHosts(InventoryFile.of(draft), hosts);
            var problem = check.problem(List.of(InventoryFile.of(draft)));
            if (problem.isPresent()) {
                throw new HostsEdit.RefusedException("Ansible rejects the inventory: " + problem.get());
            }
            Files.move(draft, folder(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTrees.delete(draft);
        }
    }

    /** Moves the folder; the new name must be free. */
    public void rename(EnvironmentName from, EnvironmentName to) throws IOException {
        Files.move(folder(from), folder(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts the folder where the catalogue does not look. */
    public void archive(EnvironmentName name) throws IOException {
        var archive = inventory.resolve(ARCHIVE);
        if (!Files.isDirectory(archive)) {
            Files.createDirectory(archive);
            Files.setPosixFilePermissions(archive, Files.getPosixFilePermissions(inventory));
        }
        Files.move(folder(name), archive.resolve(name.value()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes an archived folder back; the name must be free. */
    public void restore(EnvironmentName name) throws IOException {
        Files.move(inventory.resolve(ARCHIVE).resolve(name.value()), folder(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The text of its {@code config.yml}; empty when it has none. */
    public static String policy(Environment.Folder environment) throws IOException {
        var file = environment.path().resolve(POLICY);
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }

    /** Changes whenever the text does; for If-Match. */
    public static String tag(String policy) {
        return new ContentDigest(new TreeMap<>(Map.of(POLICY, policy))).brief();
    }

    /** Why this text cannot be the policy of this environment, one line for each mistake; empty when it can. */
    public List<String> problems(Environment.Folder environment, String text) throws IOException {
        if (text.length() > LARGEST_POLICY) {
            return List.of("the policy is larger than " + LARGEST_POLICY / 1024 + " KiB");
        }
        var found = new ArrayList<Problem>();
        var draft = Files.createTempFile(Files.createDirectories(environment.path()), ".config", ".yml");
        try {
            Files.writeString(draft, text);
            EnvironmentRules.read(
                    environment.name().value(),
                    YamlFile.read(draft, Path.of(POLICY)).root(),
                    config.get().access(),
                    config.get().schedule().timezone(),
                    found);
        } catch (ConfigException e) {
            found.addAll(e.problems());
        } finally {
            Files.deleteIfExists(draft);
        }
        return found.stream().map(Problem::toString).distinct().toList();
    }

    /** Replaces the policy; a blank text removes it. The text has been looked at by {@link #problems}. */
    public void writePolicy(Environment.Folder environment, String text) throws IOException {
        var file = environment.path().resolve(POLICY);
        if (text.isBlank()) {
            Files.deleteIfExists(file);
            return;
        }
        var draft = Files.createTempFile(Files.createDirectories(environment.path()), ".config", ".yml");
        try {
            Files.writeString(draft, text.endsWith("\n") ? text : text + "\n");
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(environment.hostsFile()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path folder(EnvironmentName name) {
        return inventory.resolve(name.value());
    }

    private static void addHosts(Path file, SortedMap<String, String> hosts)
            throws IOException, HostsEdit.RefusedException {
        for (var host : hosts.entrySet()) {
            var variables = new TreeMap<String, String>();
            if (!host.getValue().isEmpty()) {
                variables.put("ansible_host", host.getValue());
            }
            var edit = InventoryFile.edit(file, Files.readString(file));
            Files.writeString(file, edit.add(host.getKey(), "all", variables));
        }
    }

    /** One that is a file becomes a folder with a hosts file, and the variables beside it. */
    private static void copy(Environment from, Path to) throws IOException, HostsEdit.RefusedException {
        if (from.isFolder()) {
            copy(from.folder(), to);
            return;
        }
        if (from.inventories().size() > 1) {
            throw new HostsEdit.RefusedException(from.name() + " has more than one inventory file; create the new"
                    + " environment without a copy, or name its files under environments: in the configuration");
        }
        var name = InventoryFile.isYaml(from.hostsFile()) ? "hosts.yml" : "hosts";
        Files.copy(from.hostsFile(), to.resolve(name));
        for (var folder : InventoryLayout.VARIABLES) {
            var variables = from.variables().resolve(folder);
            if (Files.isDirectory(variables)) {
                copy(variables, to.resolve(folder));
            }
        }
    }

    private static void copy(Path folder, Path to) throws IOException {
        var from = folder.toRealPath();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path here, BasicFileAttributes attributes) throws IOException {
                var target = to.resolve(from.relativize(here));
                if (!Files.isDirectory(target)) {
                    Files.createDirectory(target);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(here));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var relative = from.relativize(file);
                if (!relative.equals(Path.of("status.yml"))
                        && !FilePermissionCheck.name(file).startsWith(".")) {
                    Files.copy(
                            file, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
