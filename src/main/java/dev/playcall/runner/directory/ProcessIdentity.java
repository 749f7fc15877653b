package dev.playcall.runner.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Names a process for ever: a pid alone is soon given to another one.
 *
 * @param ticks start time in clock ticks since the boot, field 22 of {@code /proc/<pid>/stat}
 * @param boot {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessIdentity(long pid, long ticks, String boot) {

    private static final Set<String> ENDED = Set.of("Z", "X");

    /** Whether that very process still runs; one that ended and waits to be reaped does not. */
    public boolean isAlive() {
        try {
            var now =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            if (!now.equals(boot)) {
                return false;
            }
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command stands in parentheses and may itself hold spaces and parentheses.
            var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return !ENDED.contains(fields.getFirst()) && Long.parseLong(fields.get(19)) == ticks;
        } catch (IOException e) {
            return false;
        }
    }
}
