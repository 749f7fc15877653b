package dev.playcall.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of the audit log outside its table: the key that seals every entry, and the head, which says how far the
 * log had come. Who can write to the database alone can neither forge an entry nor take the last ones away unseen.
 */
public final class AuditSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Pattern HEAD = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64}) ([0-9a-f]{64})\\s*");
    private static final FileAttribute<?> MINE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path key;
    private final Path head;
    private final Path lock;

    /** @param data the folder of the database */
    public AuditSignature(Path data) {
        this.key = data.resolve("keys").resolve("audit.key");
        this.head = data.resolve("audit.head");
        this.lock = data.resolve("audit.lock");
    }

    /** How far the log had come. */
    record Head(long sequence, String hash) {}

    interface Work<T> {
        T run() throws IOException;
    }

    /** While this works no other process adds to the log. Threads of one process take turns before they come here. */
    <T> T alone(Work<T> work) throws IOException {
        Files.createDirectories(lock.toAbsolutePath().getParent());
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(lock, options, MINE);
                var _ = channel.lock()) {
            return work.run();
        }
    }

    /** The head; empty before the first entry. */
    Optional<Head> head() throws IOException {
        if (!Files.exists(head)) {
            return Optional.empty();
        }
        var found = HEAD.matcher(Files.readString(head));
        if (!found.matches() || !isSigned("head " + found.group(1) + " " + found.group(2), found.group(3))) {
            throw new IOException(head + " was not written with the keys in " + key.getParent()
                    + "; where they were copied here from another machine, remove it");
        }
        return Optional.of(new Head(Long.parseLong(found.group(1)), found.group(2)));
    }

    void head(Head now) throws IOException {
        var text = now.sequence() + " " + now.hash();
        var draft = head.resolveSibling("audit.head.new");
        Files.deleteIfExists(draft);
        write(draft, (text + " " + sign("head " + text) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(draft, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    String sign(String text) throws IOException {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
        }
    }

    boolean isSigned(String text, String signature) throws IOException {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Read each time: a key that was taken away is missed at once, not at the next start. */
    private byte[] key() throws IOException {
        if (!Files.exists(key)) {
            make();
        }
        var bytes = Files.readAllBytes(key);
        if (bytes.length != KEY_BYTES) {
            throw new IOException(key + " is not a key of " + KEY_BYTES + " bytes");
        }
        return bytes;
    }

    private void make() throws IOException {
        if (Files.exists(head)) {
            throw new IOException(
                    key + " is missing, and the audit log cannot be verified without it; restore it from a backup,"
                            + " or move " + head + " away, too, and accept what verify then finds");
        }
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(
                key.toAbsolutePath().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Under its name it is whole or not there: half a key, left by a full disk, would be taken for the key for
        // ever.
        var draft = key.resolveSibling("audit.key." + UUID.randomUUID());
        try {
            write(draft, bytes);
            Files.move(draft, key);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker; its key is the key.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, MINE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
