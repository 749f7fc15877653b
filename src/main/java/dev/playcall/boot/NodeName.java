package dev.playcall.boot;

import dev.playcall.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this gateway is called among those on its database. */
final class NodeName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST = 64;

    private NodeName() {}

    static String of(Config.Store store) {
        return store.node().isEmpty() ? cleaned(host()) : store.node();
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
