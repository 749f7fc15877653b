package dev.playcall.content.galaxy;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.content.ContentException;
import dev.playcall.content.ListDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the playbooks want to have installed, as every {@code requirements.yml} beside them says.
 *
 * @param name stands for exactly that: what is written there, and the archives on this machine that it names
 */
record Requirements(List<Part> parts, String name) {
    static final String FILE = "requirements.yml";

    /**
     * One file.
     *
     * @param shown relative to the project
     * @param base the folder that its relative paths count from
     */
    record Part(Path file, String shown, int collections, int roles, Path base) {}

    Requirements {
        parts = List.copyOf(parts);
    }

    /** Empty where nothing is wanted. */
    static Optional<Requirements> of(Config.Paths paths, LocalArchives localArchives) throws ContentException {
        var project = RolesPath.of(paths, Map.of()).project();
        var parts = new ArrayList<Part>();
        var sum = new ListDigest();
        for (var file : files(project, paths.playbooks())) {
            var part = part(project, file, localArchives, sum);
            if (part.collections() + part.roles() > 0) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Requirements(parts, sum.brief()));
    }

    /** Where people put them, and Galaxy and other tools look for them. */
    static Set<Path> files(Path project, Path playbooks) {
        var files = new LinkedHashSet<Path>();
        Stream.of(project, playbooks)
                .flatMap(f -> Stream.of(f, f.resolve("collections"), f.resolve("roles")))
                .map(f -> f.resolve(FILE))
                .filter(Files::isRegularFile)
                .forEach(files::add);
        return files;
    }

    private static Part part(Path project, Path file, LocalArchives localArchives, ListDigest sum)
            throws ContentException {
        var shown = project.relativize(file);
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new ContentException(shown + ": world-writable, so any user could change what is executed");
            }
            var text = Files.readAllBytes(file);
            var root = YamlFile.parse(new String(text, StandardCharsets.UTF_8), shown)
                    .root();
            boolean ofCollections = file.getParent() != null && file.getParent().endsWith("collections");
            var collections = entries(root, "collections", ofCollections);
            var roles = entries(root, "roles", !ofCollections);
            var sources = Stream.concat(collections.stream(), roles.stream())
                    .flatMap(Requirements::sources)
                    .toList();
            var base = LocalArchives.base(file.resolveSibling(""), project, sources);
            sum.add(shown.toString());
            sum.add(text);
            for (var source : sources) {
                sum.add(localArchives.of(base, source));
            }
            return new Part(file, shown.toString(), collections.size(), roles.size(), base);
        } catch (ConfigException e) {
            throw new ContentException(e.problems().getFirst().toString());
        } catch (IOException e) {
            throw new ContentException(shown + " cannot be read: " + e.getMessage());
        }
    }

    /** Below its key, or the whole file in the form that only knows one kind. */
    private static List<Yaml> entries(Optional<Yaml> root, String key, boolean whole) {
        return root.map(r -> switch (r) {
                    case Yaml.Mapping m when m.entries().get(key) instanceof Yaml.Sequence s -> s.items();
                    case Yaml.Sequence s when whole -> s.items();
                    case Yaml.Mapping _, Yaml.Sequence _, Yaml.Scalar _ -> List.<Yaml>of();
                })
                .orElse(List.of());
    }

    private static Stream<String> sources(Yaml entry) {
        return switch (entry) {
            case Yaml.Scalar s -> Stream.of(s.text());
            case Yaml.Mapping m ->
                Stream.of("name", "source", "src", "include")
                        .flatMap(k -> m.entries().get(k) instanceof Yaml.Scalar s ? Stream.of(s.text()) : Stream.of());
            case Yaml.Sequence _ -> Stream.of();
        };
    }

    /** For people: {@code 2 collections and 1 role}. */
    String what() {
        int collections = parts.stream().mapToInt(Part::collections).sum();
        int roles = parts.stream().mapToInt(Part::roles).sum();
        var words = new ArrayList<String>();
        if (collections > 0) {
            words.add(collections + (collections == 1 ? " collection" : " collections"));
        }
        if (roles > 0) {
            words.add(roles + (roles == 1 ? " role" : " roles"));
        }
        return String.join(" and ", words);
    }

    /** Where that is said. */
    String where() {
        return String.join(", ", parts.stream().map(Part::shown).toList());
    }
}
