package dev.playcall.catalog;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Seals exactly what would run: every file that the playbook can reach beside it, the inventory of its environment, and
 * the request itself. One part for each entry of the two folders, so that a difference can be named.
 */
public final class Sealing {
    /** Ours, written after each run; and what tools leave behind that is never executed. */
    private static final List<String> PASSED_OVER = List.of("status.yml", ".git", "__pycache__");

    private final Catalogs catalogs;

    public Sealing(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** @throws UncheckedIOException when something cannot be read, and then nothing can be agreed to */
    public Seal of(RunRequest request) {
        var catalog = catalogs.current();
        var parts = new TreeMap<String, String>();
        parts.put("the request", hash(words(request)));
        request.playbook().ifPresent(name -> {
            var playbook = catalog.playbook(name);
            playbook.map(p -> p.file().getParent()).ifPresent(folder -> folder(folder, "playbooks/", parts));
            parts.put("the playbook " + name, playbook.isPresent() ? "there" : "gone");
        });
        var environment = catalog.environment(request.environment());
        var label = "inventory/" + request.environment() + "/";
        environment.ifPresent(e -> folder(e.folder(), label, parts));
        parts.put("the environment " + request.environment(), environment.isPresent() ? "there" : "gone");
        return new Seal(parts);
    }

    private static String words(RunRequest r) {
        return String.join(
                "\n",
                r.operation().value(),
                r.playbook().map(Object::toString).orElse(""),
                r.environment().value(),
                r.limit(),
                r.hosts().toString(),
                r.tags().toString(),
                "check " + r.check() + " diff " + r.diff(),
                r.variables().toString(),
                r.timeout().toString());
    }

    private static void folder(Path folder, String label, Map<String, String> parts) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                var name = Trust.name(entry);
                if (!isPassedOver(name)) {
                    parts.put(label + name, whole(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPassedOver(String name) {
        return PASSED_OVER.contains(name) || name.startsWith("status.yml.") || name.startsWith(".status");
    }

    /** Names, kinds and contents of everything below; links are followed, as Ansible follows them. */
    private static String whole(Path entry) throws IOException {
        var digest = digest();
        try (Stream<Path> found = Files.walk(entry, FileVisitOption.FOLLOW_LINKS)) {
            for (var path : found.filter(p -> below(entry, p)).sorted().toList()) {
                boolean file = Files.isRegularFile(path);
                add(digest, (file ? "file " : "folder ") + entry.relativize(path));
                if (file) {
                    add(digest, HexFormat.of().formatHex(digest().digest(Files.readAllBytes(path))));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean below(Path entry, Path path) {
        for (var name : entry.relativize(path)) {
            if (PASSED_OVER.contains(name.toString())) {
                return false;
            }
        }
        return true;
    }

    /** With its length before it, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
