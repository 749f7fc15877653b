package dev.playcall.runner;

import dev.playcall.config.file.FileTrees;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what a run left behind when its supervisor was killed and could not do so itself. */
final class OrphanKiller {
    private static final Logger log = LoggerFactory.getLogger(OrphanKiller.class);

    private static final Set<String> SSH = Set.of("ssh", "sftp", "scp", "sshpass");

    private OrphanKiller() {}

    /** Kills every process of this run and removes what its launch wanted gone. */
    public static void after(RunDirectory directory) {
        var control = directory
                .spec()
                .map(s -> s.path("control_path").asText().replaceFirst("/+$", ""))
                .filter(c -> !c.isEmpty())
                .map(c -> c + "/"); // or the folder pc-1 would stand for pc-12 as well
        // A process may fork while we look, so look until nothing is found.
        for (int round = 0; round < 20 && kill(directory.path(), control) > 0; round++) {
            Thread.onSpinWait();
        }
        directory.spec().ifPresent(s -> s.path("sweep").forEach(p -> delete(Path.of(p.asText()))));
        directory.controlGroups().forEach(OrphanKiller::removeGroup);
    }

    /** A control group is a folder whose files are not there to be removed. */
    private static void removeGroup(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            log.debug("The control group {} is still in use: {}", group, e.getMessage());
        }
    }

    private static int kill(Path directory, Optional<String> control) {
        var found = processes(directory, control);
        for (var process : found) {
            log.warn("Killing orphaned process {} of {}", process.pid(), directory);
            process.destroyForcibly();
            process.onExit()
                    .orTimeout(2, TimeUnit.SECONDS)
                    .exceptionally(_ -> process)
                    .join();
        }
        return found.size();
    }

    /** Workers carry the run in their environment; ssh masters overwrite theirs but show their control path. */
    private static List<ProcessHandle> processes(Path directory, Optional<String> control) {
        var mark = "\0PLAYCALL_RUN_DIR=" + directory + "\0";
        var found = new ArrayList<ProcessHandle>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .filter(p -> ("\0" + read(p.resolve("environ")) + "\0").contains(mark)
                            || control.filter(c -> isConnection(p, c)).isPresent())
                    .flatMap(
                            p -> ProcessHandle.of(Long.parseLong(p.getFileName().toString())).stream())
                    .filter(p -> p.pid() != ProcessHandle.current().pid())
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static boolean isConnection(Path process, String control) {
        return SSH.contains(read(process.resolve("comm")).strip())
                && read(process.resolve("cmdline")).contains(control);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it ended meanwhile, or is not ours
        }
    }

    private static void delete(Path path) {
        try {
            FileTrees.delete(path);
        } catch (IOException e) {
            log.warn("{} could not be removed: {}", path, e.getMessage());
        }
    }
}
