import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Puts the program that {@code ./playcall dist} has built on a base image, without a container engine: one layer for each
 * part, those that seldom change first. The same parts give the same image.
 */
final class Image {
    private static final AbsoluteUnixPath PLACE = AbsoluteUnixPath.get("/opt/playcall");
    private static final Instant MODIFIED = Instant.ofEpochSecond(1);
    /** Code and configuration belong to root; state, and status.yml beside each inventory, are written by the gateway. */
    private static final String USER = "10001:10001";
    private static final String ROOT = "0:0";

    private static final Set<String> VOLUMES = Set.of("config", "playbooks", "inventory", "data", "logs");

    private Image() {}

    /** @param arguments the checkout, and the base as tar://FILE or a reference to an image in a registry */
    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]).toRealPath();
        var target = home.resolve("target");
        var version = version(target.resolve("playcall.jar"));
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        var image = Jib.from(arguments[1])
                .setPlatforms(Set.of(new Platform(architecture, "linux")))
                .setFormat(ImageFormat.OCI)
                .setCreationTime(Instant.EPOCH)
                .addFileEntriesLayer(layer("runtime", target.resolve("dist/runtime"), "runtime"))
                .addFileEntriesLayer(layer("libraries", target.resolve("lib"), "app/lib"))
                .addFileEntriesLayer(samples(home))
                .addFileEntriesLayer(layer("launcher", home.resolve("playcall"), "playcall"))
                .addFileEntriesLayer(layer("program", target.resolve("playcall.jar"), "app/playcall.jar"))
                .setUser(USER)
                .setWorkingDirectory(PLACE)
                .setEntrypoint("tini", "--", PLACE + "/playcall")
                .setProgramArguments("serve")
                // ssh and Ansible need a UTF-8 locale and a home.
                .setEnvironment(Map.of("LC_ALL", "C.UTF-8", "HOME", "/home/playcall"))
                .addExposedPort(Port.tcp(8080))
                .addVolume(AbsoluteUnixPath.get("/home/playcall/.ssh"))
                .addLabel("org.opencontainers.image.title", "Playcall")
                .addLabel("org.opencontainers.image.description", "ChatOps for Ansible")
                .addLabel("org.opencontainers.image.version", version)
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0");
        VOLUMES.stream().sorted().forEach(v -> image.addVolume(PLACE.resolve(v)));
        var file = target.resolve("dist/playcall-" + version + "-linux-" + architecture + "-image.tar");
        Files.deleteIfExists(file);
        var cache = target.resolve("image/cache");
        var made = image.containerize(Containerizer.to(TarImage.at(file).named("playcall:" + version))
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache)
                .setToolName("playcall"));
        System.out.println(file + " " + made.getDigest());
    }

    private static String version(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    private static FileEntriesLayer layer(String name, Path from, String to) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        add(layer, from, to, ROOT);
        return layer.build();
    }

    private static FileEntriesLayer samples(Path home) throws IOException {
        var layer = FileEntriesLayer.builder().setName("samples");
        add(layer, home.resolve("LICENSE"), "LICENSE", ROOT);
        add(layer, home.resolve("target/dist/playcall.yml"), "config/playcall.yml", ROOT);
        add(layer, home.resolve("src/main/resources/dev/playcall/config/schema"), "config/schema", ROOT);
        add(layer, home.resolve("playbooks"), "playbooks", ROOT);
        add(layer, home.resolve("inventory"), "inventory", USER);
        var empty = Files.createTempDirectory("empty");
        add(layer, empty, "data", USER);
        add(layer, empty, "logs", USER);
        return layer.build();
    }

    private static void add(FileEntriesLayer.Builder layer, Path from, String to, String owner) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.sorted().filter(Image::isContent).toList()) {
                var place = file.equals(from) ? PLACE.resolve(to) : PLACE.resolve(to).resolve(from.relativize(file));
                boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
                layer.addEntry(file, place, FilePermissions.fromOctalString(runs ? "755" : "644"), MODIFIED, owner);
            }
        }
    }

    /** Not what Python and a gateway that was tried here have left behind. */
    private static boolean isContent(Path file) {
        return !file.toString().contains("__pycache__") && !file.endsWith("status.yml");
    }
}
