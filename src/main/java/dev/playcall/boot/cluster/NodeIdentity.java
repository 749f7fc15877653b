package dev.playcall.boot.cluster;

import dev.playcall.boot.settings.Settings;
import dev.playcall.config.Config;
import dev.playcall.config.file.AtomicFile;
import dev.playcall.journal.node.ClusterTimes;
import dev.playcall.journal.node.NodeLease;
import dev.playcall.journal.node.NodeStore.Identity;
import dev.playcall.journal.node.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What this gateway is called among those on its database. */
public final class NodeIdentity {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST = 64;

    private NodeIdentity() {}

    public static Identity of(Config config) {
        return new Identity(
                name(config),
                Release.VERSION,
                installation(config.paths().data().resolve("node")),
                config.store().cluster().labels());
    }

    /** What it is called among others that may be on its database; empty where there are none. */
    public static Optional<String> shared(Config config) {
        return config.store().cluster().enabled() ? Optional.of(name(config)) : Optional.empty();
    }

    /** Whether others may take over is what it was at the start, which has told the database; the time may be changed. */
    public static Supplier<ClusterTimes> times(Settings settings) {
        boolean enabled = settings.config().store().cluster().enabled();
        return settings.each(c -> new ClusterTimes(enabled, c.store().cluster().lostAfter()));
    }

    public static NodeLease lease(Settings settings) {
        return new NodeLease(settings.config().paths().data().resolve("lease"), times(settings));
    }

    public static String name(Config config) {
        var node = config.store().cluster().node();
        return node.isEmpty() ? cleaned(host()) : node;
    }

    /** Made once. */
    private static String installation(Path file) {
        try {
            try {
                return Files.readString(file).strip();
            } catch (NoSuchFileException e) {
                var made = UUID.randomUUID().toString();
                AtomicFile.write(file, made + "\n");
                return made;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String host() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** As {@code cluster.node} has to be. */
    private static String cleaned(String host) {
        var name = host.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "localhost" : name.substring(0, Math.min(name.length(), LONGEST));
    }
}
