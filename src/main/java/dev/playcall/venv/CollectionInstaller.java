package dev.playcall.venv;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Installs collections into an environment, with its own ansible-galaxy: from Galaxy, or from archives in a folder. */
final class CollectionInstaller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "collections";

    private final VenvBuilder builder;
    private final Optional<Path> archives;
    private final Path venv;
    private final Path project;

    CollectionInstaller(VenvBuilder builder, Optional<Path> archives, Path venv, Path project) {
        this.builder = builder;
        this.archives = archives;
        this.venv = venv;
        this.project = project;
    }

    /**
     * Installs them with what they depend on.
     *
     * @param locked exact versions of some, {@code community.general:8.1.0}
     * @return what is installed now, with versions
     */
    List<String> install(List<String> collections, List<String> locked) throws IOException, ContentException {
        if (collections.isEmpty()) {
            return List.of();
        }
        var versions = versions(locked);
        if (archives.isPresent()) {
            fromArchives(archives.get(), collections, versions);
        } else {
            var exact =
                    collections.stream().map(c -> versions.getOrDefault(c, c)).toList();
            galaxy(exact);
        }
        return List.copyOf(installed().values());
    }

    /** Before anything is made: whether there is an archive of each, where they are taken from archives. */
    void refuseMissing(List<String> collections, List<String> locked) throws IOException, ContentException {
        var versions = versions(locked);
        for (var name : archives.isPresent() ? collections : List.<String>of()) {
            archive(archives.get(), name, versions.get(name));
        }
    }

    private static Map<String, String> versions(List<String> locked) {
        return locked.stream().collect(Collectors.toMap(l -> l.replaceFirst(":.*", ""), l -> l));
    }

    private void fromArchives(Path folder, List<String> collections, Map<String, String> versions)
            throws IOException, ContentException {
        var open = new ArrayDeque<>(collections);
        while (!open.isEmpty()) {
            var name = open.removeFirst();
            if (!Files.isRegularFile(manifest(name))) {
                galaxy(List.of(
                        "--no-deps",
                        "--offline",
                        archive(folder, name, versions.get(name)).toString()));
                JSON.readTree(Files.readString(manifest(name)))
                        .path("collection_info")
                        .path("dependencies")
                        .fieldNames()
                        .forEachRemaining(open::add);
            }
        }
    }

    /** The newest archive of a collection, or that of the version which is locked. */
    private static Path archive(Path folder, String name, @org.jspecify.annotations.Nullable String locked)
            throws IOException, ContentException {
        var version = locked == null ? "[0-9][^/]*" : Pattern.quote(locked.substring(locked.indexOf(':') + 1));
        var pattern = Pattern.compile(Pattern.quote(name.replace('.', '-')) + "-(" + version + ")\\.tar\\.gz");
        return FileTrees.in(folder).stream()
                .filter(f -> pattern.matcher(f.toFile().getName()).matches())
                .max((a, b) -> Arrays.compare(numbers(a), numbers(b)))
                .orElseThrow(() -> new ContentException("there is no archive of the collection "
                        + (locked == null ? name : locked) + " in " + folder + " (venv.collections)"));
    }

    private static int[] numbers(Path archive) {
        return Arrays.stream(archive.toFile()
                        .getName()
                        .replaceFirst("^[a-z0-9_]+-[a-z0-9_]+-", "")
                        .replaceFirst("\\.tar\\.gz$", "")
                        .split("\\D+", -1))
                .filter(n -> n.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private void galaxy(List<String> arguments) throws IOException, ContentException {
        var command = new ArrayList<>(List.of(
                venv.resolve("bin/ansible-galaxy").toString(),
                "collection",
                "install",
                "-p",
                venv.resolve(FOLDER).toString()));
        command.addAll(arguments);
        var config = project.resolve("ansible.cfg");
        var none = venv.resolve("collections.cfg");
        if (!Files.exists(none)) {
            Files.writeString(none, "[defaults]\n");
        }
        var environment = Map.of(
                "ANSIBLE_CONFIG", (Files.isRegularFile(config) ? config : none).toString(),
                "ANSIBLE_COLLECTIONS_PATH", venv.resolve(FOLDER).toString(),
                "ANSIBLE_LOCAL_TEMP", venv.resolve(".tmp").toString(),
                "ANSIBLE_NOCOLOR", "1");
        var ended = builder.run(venv, environment, command.toArray(String[]::new));
        if (ended.code() != 0) {
            throw VenvBuilder.failed("ansible-galaxy", ended, "");
        }
    }

    private Path manifest(String name) {
        return venv.resolve(FOLDER)
                .resolve("ansible_collections")
                .resolve(name.replace('.', '/'))
                .resolve("MANIFEST.json");
    }

    /** By name, with versions. */
    private Map<String, String> installed() throws IOException {
        var found = new TreeMap<String, String>();
        for (var space : FileTrees.in(venv.resolve(FOLDER).resolve("ansible_collections"))) {
            for (var collection : FileTrees.in(space)) {
                var manifest = collection.resolve("MANIFEST.json");
                if (Files.isRegularFile(manifest)) {
                    var name =
                            space.toFile().getName() + "." + collection.toFile().getName();
                    var about = JSON.readTree(Files.readString(manifest)).path("collection_info");
                    found.put(name, name + ":" + about.path("version").asText());
                }
            }
        }
        return found;
    }
}
