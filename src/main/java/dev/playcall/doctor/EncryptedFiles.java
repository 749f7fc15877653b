package dev.playcall.doctor;

import dev.playcall.catalog.inventory.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files of environments that ansible-vault has encrypted, as a whole or in parts. */
final class EncryptedFiles {
    private static final int HEAD = 4096;

    private EncryptedFiles() {}

    static Optional<Path> first(Environment environment) throws IOException {
        for (var place : environment.files()) {
            try (var files = Files.walk(place, 4)) {
                var found = files.filter(Files::isRegularFile)
                        .filter(EncryptedFiles::isEncrypted)
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isEncrypted(Path file) {
        try (var in = Files.newInputStream(file)) {
            var head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.startsWith("$ANSIBLE_VAULT;") || head.contains("!vault |");
        } catch (IOException e) {
            return false;
        }
    }
}
