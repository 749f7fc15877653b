package dev.playcall.config.binding;

import dev.playcall.config.Config;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code venv:}. */
final class VenvBinding {
    private static final Pattern VERSIONS = Pattern.compile("((^|,)(>=|<=|==|!=|~=|<|>)[0-9]+(\\.[0-9]+)*(\\.\\*)?)+");
    private static final Pattern INDEX = Pattern.compile("|https?://[^\\s@]+");

    private static final Pattern ROOT = Pattern.compile("~?(/(?!\\.)[A-Za-z0-9._-]+)+");

    private VenvBinding() {}

    static Config.Venv read(Section s, Path home) {
        var paths = new PathsBinding(home);
        var venv = new Config.Venv(
                s.flag("lint", true),
                s.value("ansible_core", ">=2.14", VenvBinding::versions, "versions as pip has them", ">=2.14,<2.19"),
                s.value(
                        "index_url",
                        "",
                        VenvBinding::index,
                        "a URL without a password",
                        "https://pypi.example.com/simple"),
                s.optionalValue("wheels", paths::resolve, "a path", "wheels"),
                s.optionalValue("collections", paths::resolve, "a path", "collections/archives"),
                s.value("root", "~/venvs", VenvBinding::root, "an absolute path, or one below ~", "~/venvs"),
                s.value("timeout", Duration.ofMinutes(10), Quantities::positiveDuration, "a duration", "10m"),
                s.value("keep", Duration.ofDays(30), Quantities::positiveDuration, "a duration", "30d"),
                s.value("lost_after", Duration.ofMinutes(15), Quantities::positiveDuration, "a duration", "15m"));
        s.end();
        return venv;
    }

    private static Optional<String> root(String text) {
        return Optional.of(text).filter(t -> ROOT.matcher(t).matches());
    }

    private static Optional<String> versions(String text) {
        var written = text.replace(" ", "");
        return Optional.of(written).filter(t -> VERSIONS.matcher(t).matches());
    }

    private static Optional<String> index(String text) {
        return Optional.of(text.strip()).filter(t -> INDEX.matcher(t).matches());
    }
}
