package dev.playcall.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Collections as archives, made by the real ansible-galaxy, for those who have no network. */
public final class GalaxyFixture {
    private GalaxyFixture() {}

    /** Builds {@code acme.tools} with the role {@code hello}, which says this; the archive lies in the folder. */
    public static Path collection(Path folder, String version, String says) throws IOException {
        var source = Files.createTempDirectory("collection");
        var role = Files.createDirectories(source.resolve("roles/hello/tasks"));
        Files.writeString(
                source.resolve("galaxy.yml"),
                "namespace: acme\nname: tools\nversion: " + version + "\nreadme: README.md\nauthors: [ada]\n");
        Files.writeString(source.resolve("README.md"), "tools\n");
        Files.writeString(role.resolve("main.yml"), "- debug: { msg: " + says + " }\n");
        Files.createDirectories(folder);
        run("ansible-galaxy", "collection", "build", "--force", "--output-path", folder.toString(), source.toString());
        return folder.resolve("acme-tools-" + version + ".tar.gz");
    }

    private static void run(String... command) throws IOException {
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
