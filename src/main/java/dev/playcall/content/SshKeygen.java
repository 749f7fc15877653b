package dev.playcall.content;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes and reads ssh keys with the program of OpenSSH.
 *
 * @param folder where a private key is a file for the moment that the program needs it
 */
public record SshKeygen(Path folder) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A private key without a passphrase, and its public key as one line. */
    public record Pair(String privateKey, String publicKey) {}

    /**
     * A new ed25519 pair.
     *
     * @throws ContentException when the program is missing or fails
     */
    public Pair create(String comment) throws IOException, ContentException {
        return within(place -> {
            var file = place.resolve("key");
            run(place, List.of("-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file.toString()));
            var publicKey = Files.readString(place.resolve("key.pub")).strip();
            return new Pair(Files.readString(file), publicKey);
        });
    }

    /** The public key of a private one. */
    public String publicKey(String privateKey) throws IOException, ContentException {
        return within(place -> {
            var file = place.resolve("key");
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.write(Files.createFile(file, mine), (privateKey.strip() + "\n").getBytes(StandardCharsets.UTF_8));
            return run(place, List.of("-y", "-f", file.toString())).strip();
        });
    }

    private interface Work<T> {
        T in(Path place) throws IOException, ContentException;
    }

    private <T> T within(Work<T> work) throws IOException, ContentException {
        Files.createDirectories(folder);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var place = Files.createTempDirectory(folder, "ssh-keygen", mine);
        try {
            return work.in(place);
        } finally {
            FileTrees.delete(place);
        }
    }

    private static String run(Path place, List<String> arguments) throws IOException, ContentException {
        var command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(arguments);
        var ended = new ExternalProgram(System.getenv(), _ -> false)
                .run(command, place, Map.of(), ExternalProgram.Limit.of(TIMEOUT));
        if (ended.code() != 0) {
            throw new ContentException("ssh-keygen failed: " + ended.err().strip());
        }
        return ended.out();
    }
}
