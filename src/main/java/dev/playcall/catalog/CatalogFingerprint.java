package dev.playcall.catalog;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes when one of the files does that the catalogue is made of: name, size, time of change, rights. */
final class CatalogFingerprint {
    private CatalogFingerprint() {}

    /** Of what the configuration names. */
    static String of(Config config) {
        var parts = new ArrayList<String>();
        var inventory = config.paths().inventory();
        parts.add(rights(inventory));
        list(inventory).stream().filter(Files::isDirectory).forEach(folder -> parts.add(rights(folder)));
        InventoryLayout.watched(config).forEach(file -> parts.add(whole(file)));
        var playbooks = config.paths().playbooks();
        parts.add(rights(playbooks));
        list(playbooks).forEach(file -> parts.add(whole(file)));
        PlaybookLayout.watched(playbooks).forEach(file -> parts.add(whole(file)));
        parts.add(whole(config.paths().project().resolve("ansible.cfg")));
        RolesPath.of(config.paths(), Map.of()).own().forEach(file -> parts.add(whole(file)));
        return String.join("\n", parts);
    }

    /** Of playbooks that are read beside those of the folder. */
    static String of(List<Path> imported) {
        return imported.stream().map(file -> "\n" + whole(file)).collect(Collectors.joining());
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** Not the time of the folder: a status file is moved into it after each run. */
    private static String rights(Path folder) {
        try {
            return folder + " " + Files.getPosixFilePermissions(folder) + " " + folder.toRealPath();
        } catch (IOException | UnsupportedOperationException e) {
            return folder + " cannot be read";
        }
    }

    /**
     * The file that a link leads to, and the link: either may change. Most of what is watched is not there, and to ask
     * for that needs no exception, as reading its attributes in vain does.
     */
    private static String whole(Path file) {
        if (!Files.exists(file)) {
            return file + " gone";
        }
        return one(file) + (Files.isSymbolicLink(file) ? one(file, LinkOption.NOFOLLOW_LINKS) : "");
    }

    private static String one(Path path, LinkOption... options) {
        try {
            var a = Files.readAttributes(path, PosixFileAttributes.class, options);
            return path + " " + a.fileKey() + " " + a.size() + " " + a.lastModifiedTime() + " " + a.permissions();
        } catch (IOException | UnsupportedOperationException e) {
            return path + " gone";
        }
    }
}
