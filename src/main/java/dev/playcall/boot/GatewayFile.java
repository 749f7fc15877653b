package dev.playcall.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which process serves a data folder. The lock belongs to a living process, so nothing stays behind after a crash;
 * the address beside it is only believed while the lock is held.
 */
final class GatewayFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path address;
    private final FileChannel channel;
    private final FileLock lock;

    private GatewayFile(Path address, FileChannel channel, FileLock lock) {
        this.address = address;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the data folder, unless another process has it. */
    static Optional<GatewayFile> take(Path data) {
        try {
            Files.createDirectories(data);
            var channel =
                    FileChannel.open(data.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            Files.deleteIfExists(data.resolve("gateway.json"));
            return Optional.of(new GatewayFile(data.resolve("gateway.json"), channel, lock));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data folder " + data, e);
        }
    }

    void announce(URI url) {
        try {
            var draft = address.resolveSibling("gateway.json.new");
            JSON.writeValue(
                    draft.toFile(),
                    Map.of("url", url.toString(), "pid", ProcessHandle.current().pid()));
            Files.move(draft, address, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the gateway of this data folder is, when one is running and has said so. */
    static Optional<URI> find(Path data) {
        try (var free = take(data).orElse(null)) {
            return free == null ? read(data) : Optional.empty();
        }
    }

    /** Whether a process has the data folder. */
    static boolean isTaken(Path data) {
        try (var free = take(data).orElse(null)) {
            return free == null;
        }
    }

    private static Optional<URI> read(Path data) {
        try {
            var url = JSON.readTree(data.resolve("gateway.json").toFile()).path("url");
            return Optional.of(URI.create(url.asText()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(address);
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
