package dev.playcall.content.galaxy;

import dev.playcall.content.galaxy.GalaxyRequirements.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sets of collections and roles that are in a folder, as ansible-galaxy left them there. */
record CollectionCache(Path folder) {
    private static final Pattern OF_COLLECTION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]{1,100})\"");
    private static final Pattern OF_ROLE = Pattern.compile("(?m)^version:\\s*['\"]?([^'\"\\s]{1,100})");
    private static final long LARGEST = 1 << 20;

    /** The one that is wanted first, then those that were used last. */
    List<GalaxyRequirements> all(Optional<String> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var sets = new ArrayList<GalaxyRequirements>();
        for (var set : below(folder)) {
            var name = String.valueOf(set.getFileName());
            sets.add(new GalaxyRequirements(
                    name, wanted.filter(name::equals).isPresent(), installed(set), modified(set), parts(set)));
        }
        sets.sort(Comparator.comparing(GalaxyRequirements::wanted)
                .thenComparing(GalaxyRequirements::used)
                .reversed());
        return sets;
    }

    /** The set itself is touched by whoever uses it; what is in it is not. */
    private static Instant installed(Path set) throws IOException {
        var last = modified(set);
        Instant first = null;
        for (var part : below(set)) {
            first = first == null || modified(part).isBefore(first) ? modified(part) : first;
        }
        return first == null ? last : first;
    }

    private static Instant modified(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }

    private static List<Part> parts(Path set) throws IOException {
        var parts = new ArrayList<Part>();
        for (var space : below(set.resolve("collections/ansible_collections"))) {
            for (var collection : below(space)) {
                var about = collection.resolve("MANIFEST.json");
                if (Files.isRegularFile(about)) {
                    parts.add(new Part(
                            space.getFileName() + "." + collection.getFileName(),
                            false,
                            version(about, OF_COLLECTION)));
                }
            }
        }
        for (var role : below(set.resolve("roles"))) {
            var about = role.resolve("meta/.galaxy_install_info");
            parts.add(new Part(String.valueOf(role.getFileName()), true, version(about, OF_ROLE)));
        }
        return parts;
    }

    private static String version(Path about, Pattern where) throws IOException {
        if (!Files.isRegularFile(about) || Files.size(about) > LARGEST) {
            return "";
        }
        var found = where.matcher(Files.readString(about));
        return found.find() ? found.group(1) : "";
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(p -> !String.valueOf(p.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
