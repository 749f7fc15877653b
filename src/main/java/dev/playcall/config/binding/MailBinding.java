package dev.playcall.config.binding;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.ReceiverConfig.Encryption;
import dev.playcall.config.ReceiverConfig.Server;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.config.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code email:} of a receiver. */
final class MailBinding {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,250})|\\[?[0-9a-fA-F:.]{2,45}]?");
    /** What no mail server would take is found here and not at night; the rest is for the server to say. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[^<>@\\p{Cntrl}]{0,100}<)?[^\\s<>@,;:\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,250}>?");

    private MailBinding() {}

    /** @param home the folder that a relative path counts from */
    static Optional<Transport> read(Section s, Path home) {
        var host = s.optionalValue("host", t -> only(HOST, t), "the name of a mail server", "mail.example.org");
        var encryption = Encryption.valueOf(
                s.oneOf("encryption", "starttls", "tls", "none").toUpperCase(java.util.Locale.ROOT));
        int port = s.number("port", usual(encryption), 1, 65_535);
        var user = s.text("user", "");
        var password = new Secret(s.text("password", ""));
        var from = s.optionalValue("from", t -> only(ADDRESS, t), "a mail address", "Playcall <ops@example.org>");
        var to = s.texts("to");
        needed(s, "host", host.isPresent());
        needed(s, "from", from.isPresent());
        needed(s, "to", !to.isEmpty());
        to.stream()
                .filter(t -> !ADDRESS.matcher(t).matches())
                .forEach(
                        t -> s.wrong(s.place("to"), "to", "\"" + t + "\" is not a mail address (try ops@example.org)"));
        if (encryption == Encryption.NONE && !password.isEmpty() && !isHere(host.orElse(""))) {
            s.wrong(
                    s.place("encryption"),
                    "encryption",
                    "the password would be sent in clear text (try encryption: starttls)");
        }
        var authorities = AuthoritiesBinding.read(s, home);
        s.end();
        return host.flatMap(h -> from.map(f ->
                new Transport.Mail(new Server(h, port, encryption, user, password, authorities), f, List.copyOf(to))));
    }

    private static void needed(Section s, String key, boolean there) {
        if (!there && s.raw(key).isEmpty()) {
            s.wrong(s.place(key), key, "is missing (host, from and to are needed)");
        }
    }

    private static boolean isHere(String host) {
        return List.of("localhost", "127.0.0.1", "::1", "[::1]").contains(host);
    }

    private static int usual(Encryption encryption) {
        return switch (encryption) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
    }

    private static Optional<String> only(Pattern form, String text) {
        return form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
