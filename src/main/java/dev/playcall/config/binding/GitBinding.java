package dev.playcall.config.binding;

import dev.playcall.config.Config;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code git:} and {@code galaxy:}. */
public final class GitBinding {
    /** Of remotes and branches: what begins with a dash would be an option. */
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}";

    private static final Duration OFTEN = Duration.ofSeconds(10);

    private GitBinding() {}

    public static Config.Git read(Section s) {
        var git = new Config.Git(
                s.value("remote", "origin", GitBinding::name, "the name of a remote", "origin"),
                s.value("branch", "", t -> t.isEmpty() ? Optional.of(t) : name(t), "the name of a branch", "main"),
                s.optionalValue("interval", GitBinding::interval, "a duration of 10s or more, or off", "5m")
                        .filter(d -> !d.isZero()),
                s.value("timeout", Duration.ofMinutes(1), Quantities::positiveDuration, "a duration", "1m"),
                new Secret(s.text("webhook_secret", "").strip()),
                s.value(
                        "channel",
                        "",
                        t -> Optional.of(t).filter(c -> c.matches("|[a-z]+:\\S+")),
                        "a channel",
                        "slack:C0123"),
                s.flag("edits", true));
        s.end();
        return git;
    }

    public static Config.Galaxy galaxy(Section s) {
        var galaxy = new Config.Galaxy(
                s.oneOf("before_runs", "install", "refuse").equals("install"),
                s.flag("offline", false),
                s.value("timeout", Duration.ofMinutes(10), Quantities::positiveDuration, "a duration", "10m"),
                s.value("keep", Duration.ofDays(7), Quantities::positiveDuration, "a duration", "7d"));
        s.end();
        return galaxy;
    }

    private static Optional<String> name(String text) {
        return Optional.of(text).filter(t -> t.matches(NAME) && !t.contains("..") && !t.endsWith("/"));
    }

    private static Optional<Duration> interval(String text) {
        return text.isEmpty() || text.equals("off")
                ? Optional.of(Duration.ZERO)
                : Quantities.positiveDuration(text).filter(d -> d.compareTo(OFTEN) >= 0);
    }
}
