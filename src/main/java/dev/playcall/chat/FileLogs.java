package dev.playcall.chat;

import dev.playcall.domain.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Logs in a folder. Reads at most the last megabyte of a log, however long it is. */
public final class FileLogs implements LogReader {
    private static final long MOST = 1 << 20;

    private final Path folder;

    public FileLogs(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public List<String> tail(Run run, int lines, Optional<String> host) {
        var file = file(run);
        if (file.isEmpty()) {
            return List.of();
        }
        var last = new ArrayDeque<String>();
        try (var channel = FileChannel.open(file.get(), StandardOpenOption.READ)) {
            long start = Math.max(0, channel.size() - MOST);
            var reader = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel.position(start)), StandardCharsets.UTF_8));
            if (start > 0) {
                reader.readLine(); // the rest of a line
            }
            var about = new HostFilter(host);
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (about.keeps(line)) {
                    last.add(line);
                    if (last.size() > lines) {
                        last.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(last);
    }

    @Override
    public Optional<Path> file(Run run) {
        var file = folder.resolve(run.log()).normalize();
        boolean inside = !run.log().isEmpty() && file.startsWith(folder) && Files.isRegularFile(file);
        return inside ? Optional.of(file) : Optional.empty();
    }

    /** Keeps a host's lines, those that follow them (indented output), and the headlines above them. */
    private static final class HostFilter {
        private static final Pattern RESULT =
                Pattern.compile("(ok|changed|fatal|failed|skipping|unreachable|included|FAILED - RETRYING): ");
        private static final Pattern RECAP = Pattern.compile("\\S+\\s+: ok=");

        private final Optional<String> host;
        private boolean inside;

        HostFilter(Optional<String> host) {
            this.host = host;
        }

        boolean keeps(String line) {
            if (host.isEmpty()
                    || line.startsWith("PLAY ")
                    || line.startsWith("TASK ")
                    || line.startsWith("RUNNING HANDLER")) {
                inside = false;
                return true;
            }
            var result = RESULT.matcher(line);
            if (result.lookingAt()) {
                // Only what stands here is Ansible's; further on a module may have printed any name.
                var who = line.substring(result.end());
                inside = who.startsWith("[" + host.get() + "]") || who.startsWith("[" + host.get() + " ->");
            } else if (RECAP.matcher(line).lookingAt()) {
                inside = line.startsWith(host.get() + " ");
            }
            return inside;
        }
    }
}
