package dev.playcall.config.binding;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.Section;
import java.util.Base64;
import java.util.List;

/** Reads {@code secret:}, with which posts are signed; what cannot be a key is found here and not with the first post. */
final class SigningSecrets {
    private static final String PREFIX = "whsec_";

    private SigningSecrets() {}

    /** Of those that we sign with, several while one replaces another. */
    static List<Secret> read(Section s) {
        var secrets = s.texts("secret");
        secrets.forEach(secret -> {
            if (secret.isBlank()) {
                s.wrong(s.place("secret"), "secret", "is empty; leave it out to send unsigned");
            } else {
                check(s, secret);
            }
        });
        return secrets.stream().map(Secret::new).toList();
    }

    /** Of a source that signs with it; empty when there is none. */
    static Secret one(Section s) {
        var secret = s.text("secret", "");
        check(s, secret);
        return new Secret(secret);
    }

    private static void check(Section s, String secret) {
        if (secret.startsWith(PREFIX) && !isKey(secret.substring(PREFIX.length()))) {
            s.wrong(
                    s.place("secret"),
                    "secret",
                    "begins with whsec_, so Base64 has to follow and it does not (try whsec_ and the output of: openssl"
                            + " rand -base64 32)");
        }
    }

    private static boolean isKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
