package dev.playcall.chat.message;

import dev.playcall.domain.Run;
import dev.playcall.domain.format.HostLines;
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
            var about = host.map(HostLines::new);
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var read = line;
                for (var kept : about.map(a -> a.take(read)).orElseGet(() -> List.of(read))) {
                    last.add(kept);
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
}
