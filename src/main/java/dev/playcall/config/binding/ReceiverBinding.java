package dev.playcall.config.binding;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.Quantities;
import dev.playcall.config.ReceiverConfig;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.config.ReceiverConfig.Template;
import dev.playcall.config.ReceiverConfig.Templates;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.config.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code notify.receivers} and {@code notify.templates}. */
final class ReceiverBinding {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,40}");
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,5})\\s*/\\s*([0-9]{0,4}[smhd])");
    private static final Pattern APPRISE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s\\p{Cntrl}]{1,2000}");
    private static final List<String> KINDS = List.of(
            "slack",
            "discord",
            "webhook",
            "slack_webhook",
            "discord_webhook",
            "ntfy",
            "email",
            "apprise",
            "apprise_api");
    private static final List<String> MORE =
            List.of("secret", "token", "allow_private", "ca", "tag", "rate", "at_once", "templates", "mention");
    /** What the platforms bear for long; more than that they refuse for a while. */
    private static final Map<String, Rate> USUAL = Map.of(
            "slack_webhook", new Rate(60, Duration.ofMinutes(1)),
            "discord_webhook", new Rate(30, Duration.ofMinutes(1)));

    private static final int FEW = 4;
    /**
     * Programs may be told more at a time, as far as that does not make them slower: they know by its key what a crash
     * makes us say twice.
     */
    private static final int MOST = 64;

    private final Section notify;
    private final Path home;

    /** @param home the folder that relative paths count from */
    ReceiverBinding(Section notify, Path home) {
        this.notify = notify;
        this.home = home;
    }

    SortedMap<String, ReceiverConfig> read() {
        var above = templates(notify);
        var section = notify.section("receivers");
        var found = new TreeMap<String, ReceiverConfig>();
        section.entries().keySet().forEach(name -> {
            if (!isName(name)) {
                section.wrong(section.place(name), name, "a receiver has lower case letters, digits, - and _");
            }
            receiver(section, name, above).ifPresent(r -> found.put(name, r));
        });
        return found;
    }

    /** The receiver of this name in a section of receivers; empty when something is wrong with it. */
    Optional<ReceiverConfig> one(Section receivers, String name) {
        return receiver(receivers, name, Templates.NONE);
    }

    /** Whether a receiver may be called so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private Optional<ReceiverConfig> receiver(Section receivers, String name, Templates above) {
        var s = receivers.section(name);
        var kinds = KINDS.stream().filter(k -> s.raw(k).isPresent()).toList();
        if (kinds.size() != 1) {
            receivers.wrong(
                    receivers.place(name),
                    name,
                    "a receiver is exactly one of " + String.join(", ", KINDS) + " (try ops: { slack: C0123 })");
            MORE.forEach(s::raw);
            return Optional.empty();
        }
        var kind = kinds.getFirst();
        var way = transport(s, kind);
        var rate = s.optionalValue("rate", ReceiverBinding::rate, "a rate", "30/m")
                .or(() -> Optional.ofNullable(USUAL.get(kind)));
        int atOnce = s.number("at_once", kind.equals("webhook") ? MOST : FEW, 1, MOST);
        var pings = kind.contains("slack") || kind.contains("discord")
                ? MentionBinding.read(s.section("mention"), kind.replace("_webhook", ""))
                : List.<ReceiverConfig.Ping>of();
        var templates = templates(s).or(above);
        s.end();
        return way.map(w -> new ReceiverConfig(w, rate, atOnce, templates, pings));
    }

    private Optional<? extends Transport> transport(Section s, String kind) {
        return switch (kind) {
            case "slack", "discord" -> chat(s, kind);
            case "email" -> MailBinding.read(s.section("email"), home);
            case "apprise" ->
                s.hiddenValue(
                                kind,
                                t -> Optional.of(t).filter(APPRISE.asMatchPredicate()),
                                "one address of Apprise (several are several receivers)",
                                "pover://user@token")
                        .map(u -> new Transport.Apprise(new Secret(u)));
            default -> web(s, kind);
        };
    }

    private static Optional<Transport> chat(Section s, String kind) {
        var pattern = kind.equals("slack") ? "[CDG][A-Z0-9]{1,30}" : "[0-9]{1,25}";
        return s.optionalValue(
                        kind,
                        t -> t.matches(pattern) ? Optional.of(t) : Optional.empty(),
                        "the id of a channel",
                        kind.equals("slack") ? "C0123ABCD" : "987654321")
                .map(c -> new Transport.Chat(kind, c));
    }

    private Optional<Transport> web(Section s, String kind) {
        boolean inside = s.flag("allow_private", false);
        var url = s.hiddenValue(kind, ReceiverBinding::address, "an address", "https://example.org/hook");
        var authorities = AuthoritiesBinding.read(s, home);
        if (!authorities.isEmpty()
                && url.filter(u -> u.getScheme().equals("http")).isPresent()) {
            s.wrong(s.place("ca"), "ca", "is for https; this address begins with http and has no certificate");
        }
        var connection = new Connection(inside, authorities);
        return switch (kind) {
            case "webhook" -> {
                var secrets = SigningSecrets.read(s);
                yield url.map(u -> new Transport.Webhook(u, secrets, connection));
            }
            case "ntfy" -> {
                var token = new Secret(s.text("token", ""));
                yield url.map(u -> new Transport.Ntfy(u, token, connection));
            }
            case "apprise_api" -> {
                var tag = s.text("tag", "");
                yield url.map(u -> new Transport.AppriseApi(u, tag, connection));
            }
            default -> url.map(u -> new Transport.ChatWebhook(kind.replace("_webhook", ""), u, connection));
        };
    }

    private static Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code 30/m}, {@code 1/s}, {@code 100/12h}. */
    static Optional<Rate> rate(String text) {
        var form = RATE.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var per = form.group(2).length() == 1 ? "1" + form.group(2) : form.group(2);
        return Quantities.duration(per)
                .filter(Duration::isPositive)
                .map(d -> new Rate(Integer.parseInt(form.group(1)), d));
    }

    private static Templates templates(Section above) {
        var s = above.section("templates");
        var found = new Templates(template(s, "title"), template(s, "text"), template(s, "html"));
        s.end();
        return found;
    }

    private static Optional<Template> template(Section s, String key) {
        return s.optional(key).map(t -> new Template(s.place(key), s.name(key), t));
    }
}
