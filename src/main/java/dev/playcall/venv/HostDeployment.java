package dev.playcall.venv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.ListDigest;
import dev.playcall.domain.venv.HostVenvRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a host of the inventory gets, to make environments or to remove them: a playbook, a program that works there, and packages and
 * collections in one archive.
 */
public final class HostDeployment {
    /** Bytes that have to be free, for an environment that ansible-core and a few packages make. */
    static final long SPACE = 300L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Config> settings;
    private final Supplier<RolesPath> libraries;
    private final PlaybookSpecs specs;
    private final VenvStore store;

    /** @param store the environments of this machine */
    HostDeployment(Supplier<Config> settings, Supplier<RolesPath> libraries, PlaybookSpecs specs, VenvStore store) {
        this.settings = settings;
        this.libraries = libraries;
        this.specs = specs;
        this.store = store;
    }

    /**
     * Writes it into the folder of a run.
     *
     * @return the playbook
     */
    public Path write(HostVenvRun what, Path folder) throws IOException, ContentException {
        var files = Files.createDirectories(folder.resolve("tmp").resolve("venv"));
        return switch (what) {
            case HostVenvRun.Deploy deploy -> {
                program(request(deploy, files), files);
                yield copy("deploy.yml", folder.resolve("playbook.yml"), files);
            }
            case HostVenvRun.Cleanup(var names) -> about(names, "cleanup.yml", folder, files);
            case HostVenvRun.Verify(var names) -> about(names, "verify.yml", folder, files);
        };
    }

    private Path about(List<String> names, String playbook, Path folder, Path files) throws IOException {
        var request = JSON.createObjectNode().put("root", root());
        names.forEach(request.putArray("names")::add);
        program(request, files);
        return copy(playbook, folder.resolve("playbook.yml"), files);
    }

    /** Writes the program with what it is asked: a text in JSON is one in Python as well. */
    static Path program(ObjectNode request, Path folder) throws IOException {
        var text = JSON.writeValueAsString(request.toString());
        return Files.writeString(
                folder.resolve("host_venv.py"),
                resource("host_venv.py") + "\n\nmain(json.loads(" + text + "), *sys.argv[1:])\n");
    }

    private static String resource(String name) throws IOException {
        try (var in = HostDeployment.class.getResourceAsStream("host/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where environments are on a host. */
    private String root() {
        return settings.get().venv().root();
    }

    private ObjectNode request(HostVenvRun.Deploy deploy, Path files) throws IOException, ContentException {
        var spec = specs.find(deploy.spec())
                .filter(VenvSpec::isLocked)
                .orElseThrow(() -> new ContentException(
                        "the versions of " + deploy.spec() + " are not known: venv deploy <playbook> localhost"));
        var bundle = new HostBundle(settings.get().venv(), collectionFolders(libraries.get()));
        var contents = bundle.write(files.resolve("bundle.zip"), spec);
        var request =
                about(spec).put("requirements", digest(spec, contents.sha256())).put("force", deploy.force());
        spec.lock().packages().forEach(request.putArray("packages")::add);
        contents.galaxy().forEach(request.putArray("galaxy")::add);
        return request;
    }

    private ObjectNode about(VenvSpec spec) throws IOException {
        var config = settings.get().venv();
        var python = store.find(spec.name()).map(InstalledVenv::python).orElse("");
        return JSON.createObjectNode()
                .put("root", root())
                .put("name", spec.name())
                .put("python", spec.needs().python())
                .put("locked_python", python)
                .put("space", SPACE)
                .put("offline", config.wheels().isPresent())
                .put("index_url", config.indexUrl());
    }

    private static String digest(VenvSpec spec, String bundle) {
        var sum = new ListDigest();
        sum.add("playcall-host-venv-1");
        sum.add(String.join("\n", spec.lock().packages()));
        sum.add(String.join("\n", spec.lock().collections()));
        sum.add(bundle);
        return sum.brief();
    }

    private Path copy(String name, Path to, Path files) throws IOException {
        return Files.writeString(to, resource(name).replace("@FILES@", files.toString()));
    }

    /** Where collections may be, which lie there as {@code <namespace>/<name>}. */
    static List<Path> collectionFolders(RolesPath paths) {
        return Stream.concat(paths.own().stream(), paths.galaxy().map(g -> g.resolve("collections")).stream())
                .flatMap(p -> Stream.of(p, p.resolve("ansible_collections")))
                .toList();
    }

    /** The folder of a collection, where this machine has it. */
    static Optional<Path> collection(List<Path> folders, String name) {
        return folders.stream()
                .map(f -> f.resolve(name.replace('.', '/')))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
