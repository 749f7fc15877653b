package dev.playcall.venv;

import dev.playcall.venv.HostVenvs.HostVenv;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * An environment that is there, whole.
 *
 * @param names of the specifications that it is for, sorted; empty for one that nobody names any more
 * @param requirements stands for what it was made of, and is the name of its folder
 * @param python the version of its Python
 * @param size in bytes
 */
public record InstalledVenv(
        List<String> names,
        String requirements,
        Path path,
        String python,
        VenvLock lock,
        Instant installed,
        Instant lastUsed,
        long size) {
    public InstalledVenv {
        names = List.copyOf(names);
    }

    InstalledVenv of(long bytes) {
        return new InstalledVenv(names, requirements, path, python, lock, installed, lastUsed, bytes);
    }

    /** One of another host, of which less is known. */
    public static InstalledVenv of(HostVenv venv) {
        return new InstalledVenv(
                List.of(venv.name()),
                venv.requirements(),
                Path.of(venv.path()),
                "",
                VenvLock.NONE,
                venv.installed(),
                venv.installed(),
                venv.size());
    }

    /** Where its programs are. */
    public Path bin() {
        return path.resolve("bin");
    }
}
