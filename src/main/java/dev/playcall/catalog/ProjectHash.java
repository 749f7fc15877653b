package dev.playcall.catalog;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.FolderHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What all playbooks, roles, collections and inventories here are made of, in one word that is the same on every machine with the
 * same files. Modes, links and what git keeps do not count. A file is read again when its time or size is another one. Thread-safe.
 */
public final class ProjectHash {
    private static final Set<String> SKIPPED = Set.of(".git", "__pycache__");

    private final Catalogs catalogs;
    private final RolesPath rolesPath;
    private final Supplier<Optional<String>> galaxy;
    private Map<Path, Known> known = new HashMap<>();

    private record Known(FileTime time, long size, String hash) {}

    /** @param galaxy names what requirements.yml wants */
    public ProjectHash(Catalogs catalogs, RolesPath rolesPath, Supplier<Optional<String>> galaxy) {
        this.catalogs = catalogs;
        this.rolesPath = rolesPath;
        this.galaxy = galaxy;
    }

    /** @throws UncheckedIOException when something cannot be read */
    public synchronized String now() {
        var before = known;
        known = new HashMap<>();
        var parts = new TreeMap<String, String>();
        var catalog = catalogs.afterChange();
        catalog.playbookFolder().ifPresent(f -> add(f, "playbooks/", before, parts));
        rolesPath.own().forEach(f -> add(f, rolesPath.project().relativize(f) + "/", before, parts));
        var config = rolesPath.config();
        Stream.concat(config.file().stream(), config.secrets().stream())
                .forEach(f -> add(f, "ansible.cfg/", before, parts));
        catalog.environments().values().forEach(e -> inventory(e, before, parts));
        galaxy.get().ifPresent(g -> parts.put("requirements.yml", g));
        return FolderHash.text(parts.toString());
    }

    private void inventory(Environment environment, Map<Path, Known> before, Map<String, String> parts) {
        for (var file : environment.files()) {
            add(file, "inventory/" + environment.name() + "/" + file.getFileName() + "/", before, parts);
        }
    }

    private void add(Path root, String label, Map<Path, Known> before, Map<String, String> parts) {
        if (!Files.exists(root)) {
            return;
        }
        try (var found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : found.filter(f -> counts(root, f)).toList()) {
                var hash = hash(file, before);
                if (!hash.isEmpty()) {
                    parts.put(label + root.relativize(file), hash);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean counts(Path root, Path file) {
        for (var name : root.relativize(file)) {
            if (SKIPPED.contains(name.toString())) {
                return false;
            }
        }
        return Files.isRegularFile(file) && !FolderHash.isStatus(file);
    }

    private String hash(Path file, Map<Path, Known> before) throws IOException {
        var time = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        var last = before.get(file);
        var now = last != null && last.time().equals(time) && last.size() == size
                ? last
                : new Known(time, size, FolderHash.ofText(file));
        known.put(file, now);
        return now.hash();
    }
}
