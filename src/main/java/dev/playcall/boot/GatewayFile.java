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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which process serves a data folder. The lock belongs to a living process, so nothing stays behind after a crash;
 * the address beside it is only believed while the lock is held. The secret in it is new with every start, and whoever can
 * read it is our own user.
 */
public final class GatewayFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LAST_PORT = 65535;

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

    /** Whether an address is written there, be it one that can be read or not. */
    public static boolean isAnnounced(Path data) {
        return Files.exists(data.resolve("gateway.json"));
    }

    private static Optional<Found> read(Path data) {
        try {
            var file = JSON.readTree(data.resolve("gateway.json").toFile());
            var secret = file.path("secret").asText();
            return address(file.path("url").asText())
                    .filter(_ -> secret.chars().allMatch(c -> c > ' ' && c < 0x7f))
                    .map(url -> new Found(url, new Credential(secret)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The address of a gateway in a text: http or https, a host and a port at most. */
    public static Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= LAST_PORT);
            boolean more = uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null;
            return scheme.matches("https?")
                            && uri.getHost() != null
                            && port
                            && !more
                            && uri.getPath().matches("/?")
                    ? Optional.of(URI.create(scheme + text.substring(scheme.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
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
