package dev.playcall.catalog.selection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The id that the role {@code agent} makes of a host that has none: Ansible's filter {@code to_uuid}. */
public final class ServerUuid {
    private static final byte[] NAMESPACE = HexFormat.of().parseHex("361e6d51faec444a9079341386da8e2e");
    private static final int VERSION = 5;

    private ServerUuid() {}

    /**
     * Always the same for the same host.
     *
     * @param folder name of the folder of the inventory, for most environments their own name
     */
    public static String of(String folder, String host) {
        var bytes = Arrays.copyOf(sha1(folder + "/" + host), 16);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | VERSION << 4);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        var hex = HexFormat.of().formatHex(bytes);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private static byte[] sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(NAMESPACE);
            return digest.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
