package dev.playcall.config.binding;

import dev.playcall.config.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** Reads {@code ca:} of a receiver: the file of those who vouch for its certificate. */
final class AuthoritiesBinding {
    private AuthoritiesBinding() {}

    /**
     * The certificates in PEM, empty when none are named.
     *
     * @param home the folder that a relative path counts from
     */
    static String read(Section s, Path home) {
        return s.optional("ca").flatMap(f -> authorities(s, home, f)).orElse("");
    }

    private static Optional<String> authorities(Section s, Path home, String file) {
        try {
            var pem = Files.readString(home.resolve(file));
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (!found.isEmpty()) {
                return Optional.of(pem);
            }
            s.wrong(s.place("ca"), "ca", file + " contains no PEM certificate");
        } catch (IOException | InvalidPathException e) {
            s.wrong(s.place("ca"), "ca", file + " cannot be read");
        } catch (CertificateException e) {
            s.wrong(s.place("ca"), "ca", file + " is not a file of PEM certificates");
        }
        return Optional.empty();
    }
}
