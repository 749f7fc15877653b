package dev.playcall.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.identity.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which process serves a data folder. The lock belongs to a living process, so nothing stays behind after a crash;
 * the address beside it is only believed while the lock is held. The secret in it is new with every start, and whoever can
 * read it is our own user.
 */
public final class GatewayFile implements AutoCloseable {
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
    public static Optional<GatewayFile> take(Path data) {
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

    /** Where a gateway is, and what shows it that a command is of its own user. */
    public record Found(URI url, Credential secret) {}

    void announce(Found here) {
        var text = JSON.valueToTree(Map.of(
                        "url", here.url().toString(),
                        "pid", ProcessHandle.current().pid(),
                        "secret", here.secret().reveal()))
                .toString();
        try {
            var draft = address.resolveSibling("gateway.json.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, address, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the gateway of this data folder is, when one is running and has said so. */
    public static Optional<Found> find(Path data) {
        try (var free = take(data).orElse(null)) {
            return free == null ? read(data) : Optional.empty();
        }
    }

    /** Whether a process has the data folder. */
    public static boolean isTaken(Path data) {
        try (var free = take(data).orElse(null)) {
            return free == null;
        }
    }

    private static Optional<Found> read(Path data) {
        try {
            var file = JSON.readTree(data.resolve("gateway.json").toFile());
            var secret = new Credential(file.path("secret").asText());
            return Optional.of(new Found(URI.create(file.path("url").asText()), secret));
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
