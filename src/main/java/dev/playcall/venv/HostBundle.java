package dev.playcall.venv;

import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive that goes to a host: packages and archives of collections where {@code venv.wheels} and {@code venv.collections} are set, and
 * the collections that this machine has itself. The same content is the same file to the byte.
 */
final class HostBundle {
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2020, 1, 1, 0, 0);

    private final Config.Venv settings;
    private final List<Path> collections;

    /** @param collections where collections may be */
    HostBundle(Config.Venv settings, List<Path> collections) {
        this.settings = settings;
        this.collections = collections;
    }

    /**
     * What is in one.
     *
     * @param galaxy collections that the host has to take from Galaxy, with versions
     */
    record Contents(String sha256, List<String> galaxy) {}

    Contents write(Path file, VenvSpec spec) throws IOException, ContentException {
        var sum = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sum);
                var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            // One that is empty cannot be opened.
            begin(zip, "playcall");
            if (settings.wheels().isPresent()) {
                for (var wheel : wheels(settings.wheels().get(), spec)) {
                    add(zip, "wheels/" + wheel.getFileName(), wheel);
                }
            }
            if (settings.collections().isPresent()) {
                addArchives(zip, settings.collections().get(), spec);
            }
            addOwn(zip, spec);
        }
        var galaxy = settings.collections().isPresent()
                ? List.<String>of()
                : spec.lock().collections();
        return new Contents(HexFormat.of().formatHex(sum.digest()), galaxy);
    }

    private static void addArchives(ZipOutputStream zip, Path folder, VenvSpec spec)
            throws IOException, ContentException {
        for (var locked : spec.lock().collections()) {
            var archive = folder.resolve(locked.replaceFirst("\\.", "-").replace(':', '-') + ".tar.gz");
            if (!Files.isRegularFile(archive)) {
                throw new ContentException(
                        "there is no archive of the collection " + locked + " in " + folder + " (venv.collections)");
            }
            add(zip, "archives/" + archive.getFileName(), archive);
        }
    }

    /** Those that the repository has, or that requirements.yml wants. */
    private void addOwn(ZipOutputStream zip, VenvSpec spec) throws IOException {
        for (var name : spec.needs().collections()) {
            var own = HostDeployment.collection(collections, name);
            if (own.isPresent()) {
                addTree(zip, "collections/ansible_collections/" + name.replace('.', '/'), own.get());
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The files of the packages that are locked, of every platform. */
    private static List<Path> wheels(Path folder, VenvSpec spec) throws IOException {
        var wanted = spec.lock().packages().stream()
                .map(p -> p.replaceFirst(" .*", ""))
                .map(p -> normal(p.replaceFirst("==", "-")))
                .toList();
        return FileTrees.in(folder).stream()
                .filter(Files::isRegularFile)
                .filter(f ->
                        wanted.stream().anyMatch(w -> isOf(w, normal(f.toFile().getName()))))
                .sorted()
                .toList();
    }

    private static boolean isOf(String wanted, String file) {
        return file.equals(wanted + "-tar-gz")
                || file.equals(wanted + "-zip")
                || file.startsWith(wanted + "-py")
                || file.startsWith(wanted + "-cp")
                || file.startsWith(wanted + "-pp");
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static void addTree(ZipOutputStream zip, String name, Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(zip, name + "/" + tree.relativize(file), file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        begin(zip, name);
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(LONG_AGO);
        zip.putNextEntry(entry);
    }
}
