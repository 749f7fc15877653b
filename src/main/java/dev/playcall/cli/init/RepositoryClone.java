package dev.playcall.cli.init;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The repository that somebody names.
 *
 * @param home the folder that holds {@code repositories/}
 * @param environment of this process
 */
record RepositoryClone(Path home, Map<String, String> environment, PrintWriter out) {
    private static final Duration CLONING = Duration.ofMinutes(10);

    /** A folder, or the address of a repository, which is cloned into {@code repositories/}. */
    Path of(String given) {
        if (!given.matches("(https?|ssh|git|file)://.*|[\\w.-]+@[\\w.-]+:.*")) {
            var folder = Path.of(given).toAbsolutePath().normalize();
            if (!Files.isDirectory(folder)) {
                throw new RefusedException(folder + " is not a folder");
            }
            recognised(folder, folder.toString());
            return folder;
        }
        var name = given.replaceFirst("/+$", "").replaceFirst("\\.git$", "").replaceFirst(".*[/:]", "");
        var folder = home.resolve("repositories").resolve(name);
        if (Files.isDirectory(folder)) {
            out.println(folder + " exists, and is used as it is");
            return folder;
        }
        clone(given, folder);
        try {
            recognised(folder, given);
        } catch (RefusedException e) {
            remove(folder);
            throw e;
        }
        return folder;
    }

    private void remove(Path clone) {
        try {
            FileTrees.delete(clone);
            removeIfEmpty(home.resolve("repositories"));
        } catch (IOException e) {
            out.println(clone + " cannot be deleted: " + e.getMessage());
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            // Clones of others are in it.
        }
    }

    /** Of any other folder nothing is written. */
    private static void recognised(Path folder, String given) {
        if (RepositorySurvey.of(folder).isNothing()) {
            throw new RefusedException(
                    given + " has nothing of an Ansible repository; looked for " + RepositorySurvey.lookedFor());
        }
    }

    private void clone(String address, Path folder) {
        try {
            var parent = Files.createDirectories(home.resolve("repositories"));
            var ended = ExternalProgram.ordinary(environment, Set.of("GIT_SSH", "GIT_SSH_COMMAND")::contains)
                    .run(
                            List.of("git", "clone", "--quiet", "--", address, folder.toString()),
                            parent,
                            Map.of("GIT_TERMINAL_PROMPT", "0"),
                            ExternalProgram.Limit.of(CLONING));
            if (ended.code() != 0) {
                throw new RefusedException("git could not clone it: " + ExternalProgram.line(ended.err()));
            }
        } catch (IOException | ContentException e) {
            throw new RefusedException("git could not clone it: " + e.getMessage());
        }
    }
}
