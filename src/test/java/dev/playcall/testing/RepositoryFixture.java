package dev.playcall.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Copies of the small repositories in {@code src/test/resources/repositories}, one for each layout that people have. */
public final class RepositoryFixture {
    private static final Path SOURCE = Path.of("src", "test", "resources", "repositories");
    private static final String RECORD = "tasks/record.yml";

    private RepositoryFixture() {}

    /**
     * Copies one.
     *
     * @param out where its playbooks write the variables of each host, as {@code <host>.json}
     */
    public static void copy(String name, Path folder, Path out) throws IOException {
        Files.createDirectories(out);
        var source = SOURCE.resolve(name);
        try (var all = Files.walk(source)) {
            for (var path : all.toList()) {
                one(path, folder.resolve(source.relativize(path).toString()));
            }
        }
        Files.createDirectories(folder.resolve("tasks"));
        Files.writeString(
                folder.resolve(RECORD),
                Files.readString(SOURCE.resolve("record.yml")).replace("@OUT@", out.toString()));
    }

    private static void one(Path path, Path target) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Files.createSymbolicLink(target, Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path)) {
            Files.createDirectories(target);
        } else {
            Files.copy(path, target);
        }
    }

    /** Gives every text file the line ends of Windows. */
    public static void windowsLineEnds(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
            }
        }
    }

    /** Puts everything under git. */
    public static void commit(Path folder) throws IOException {
        git(folder, "init", "--quiet");
        git(folder, "add", "--all");
        git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=All");
    }

    /** What {@code git} says; everything that is wrong with it is an error. */
    public static String git(Path folder, String... words) throws IOException {
        var argv = new java.util.ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        var process = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(argv + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
