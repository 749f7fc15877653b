package dev.playcall.config.binding;

import dev.playcall.config.Config;
import dev.playcall.config.Section;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which database: a file of SQLite, or a server of PostgreSQL with who logs in to it. */
final class StoreBinding {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern URL_PASSWORD = Pattern.compile("[?&;]password=([^&;]+)", Pattern.CASE_INSENSITIVE);

    /** Below it, there is no time to end processes before their runs are given up. */
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private static final String NODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Path home;

    StoreBinding(Path home) {
        this.home = home;
    }

    Config.Store read(Section s, Section cluster) {
        var otherwise = SQLITE + "data/playcall.db";
        var url = s.value(
                "url", database(otherwise).orElse(otherwise), this::database, "the address of a database", otherwise);
        var user = s.text("user", "");
        var password = s.text("password", "");
        if (!url.startsWith(POSTGRESQL)) {
            refuse(s, "user");
            refuse(s, "password");
            refuse(cluster, "lost_after");
            refuse(cluster, "enabled");
        }
        s.end();
        return new Config.Store(with(with(url, "user", user), "password", password), cluster(cluster));
    }

    private static Config.Cluster cluster(Section s) {
        var node = s.optionalValue(
                "node",
                text -> Optional.of(text).filter(t -> t.matches(NODE)),
                "a name of letters, digits, dots, dashes and underscores, 64 at most",
                "gateway-1");
        boolean enabled = s.flag("enabled", false);
        var lostAfter = ConfigBinding.duration(s, "lost_after", Duration.ofMinutes(5), "5m");
        if (enabled && lostAfter.compareTo(SHORTEST) < 0) {
            s.wrong(s.place("lost_after"), "lost_after", "must be 30s or more with cluster.enabled");
        }
        var labels = s.labels("labels");
        s.end();
        return new Config.Cluster(node.orElse(""), enabled, lostAfter, labels);
    }

    private static void refuse(Section s, String key) {
        if (s.raw(key).isPresent()) {
            s.wrong(s.place(key), key, "is for a store.url that begins with jdbc:postgresql:");
        }
    }

    private static String with(String url, String key, String value) {
        return value.isEmpty()
                ? url
                : url + (url.contains("?") ? '&' : '?') + key + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Optional<String> database(String text) {
        if (text.startsWith(SQLITE) && text.length() > SQLITE.length()) {
            return new PathsBinding(home)
                    .resolve(text.substring(SQLITE.length()))
                    .map(p -> SQLITE + p);
        }
        return Optional.of(text).filter(t -> t.startsWith(POSTGRESQL));
    }

    /** The passwords in a URL, as they stand there and as they were typed. */
    static Stream<String> secrets(Config.Store store) {
        return URL_PASSWORD
                .matcher(store.url())
                .results()
                .map(found -> found.group(1))
                .flatMap(p -> Stream.of(p, decoded(p)));
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return password;
        }
    }
}
