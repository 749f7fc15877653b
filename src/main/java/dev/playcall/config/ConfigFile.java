package dev.playcall.config;

import dev.playcall.config.Config.OperationEntry;
import dev.playcall.config.Config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads {@code config/playcall.yml}. */
public final class ConfigFile {
    private final Path home;
    private final List<Problem> problems = new ArrayList<>();
    private final Expansion expansion;
    private final Map<String, String> overrides;

    private ConfigFile(Path home, Map<String, String> environment) {
        this.home = home.toAbsolutePath().normalize();
        this.expansion = new Expansion(environment, problems);
        this.overrides = Overrides.of(environment, problems);
    }

    /**
     * Reads the configuration.
     *
     * @param home the folder that relative paths count from
     * @param file another file than {@code config/playcall.yml}, which must then exist
     * @throws ConfigException with every problem at once
     */
    public static Config load(Path home, Optional<Path> file, Map<String, String> environment) {
        return new ConfigFile(home, environment).read(file);
    }

    private Config read(Optional<Path> chosen) {
        var file = chosen.map(f -> f.toAbsolutePath().normalize()).orElse(home.resolve("config/playcall.yml"));
        Optional<Yaml> yaml = Optional.empty();
        if (chosen.isPresent() || Files.exists(file)) {
            refuseOpen(file);
            yaml = YamlFile.read(file, shown(file)).root();
        }
        var root = new Section("", yaml, problems, expansion::of, overrides);
        var config = bind(root);
        root.end();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private Path shown(Path file) {
        return file.startsWith(home) ? home.relativize(file) : file;
    }

    /** Whoever can write this file decides what is executed. */
    private void refuseOpen(Path file) {
        for (var path : List.of(file, file.resolveSibling(""))) {
            try {
                if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                    problems.add(new Problem(
                            shown(path).toString(),
                            "everybody may write here, and so decide what is executed (chmod o-w " + path + ")"));
                }
            } catch (IOException e) {
                // reading it will say what is wrong
            }
        }
    }

    private Config bind(Section root) {
        var server = server(root.section("server"));
        var store = store(root.section("store"));
        var paths = paths(root.section("paths"));
        var ansible = ansible(root.section("ansible"));
        var operations = operations(root.section("operations"));
        var chat = chat(root.section("chat"));
        // The rooms of these two read their own part.
        root.section("access").entries();
        root.section("notify").entries();
        var schedule = schedule(root.section("schedule"));
        var retention = retention(root.section("retention"));
        var secrets = Stream.of(
                        chat.slack().botToken(),
                        chat.slack().appToken(),
                        chat.slack().signingSecret(),
                        chat.discord().token())
                .map(Secret::reveal)
                .filter(s -> !s.isEmpty());
        return new Config(
                home,
                server,
                store,
                paths,
                ansible,
                operations,
                chat,
                schedule,
                retention,
                Stream.concat(secrets, expansion.secrets().stream())
                        .distinct()
                        .map(Secret::new)
                        .toList());
    }

    private static Config.Server server(Section s) {
        var server = new Config.Server(
                s.text("host", "127.0.0.1"), s.number("port", 8080, 0, 65535), s.text("public_url", ""));
        s.end();
        return server;
    }

    private Config.Store store(Section s) {
        var url = s.text("url", "jdbc:sqlite:data/playcall.db");
        s.end();
        var prefix = "jdbc:sqlite:";
        return new Config.Store(url.startsWith(prefix) ? prefix + home.resolve(url.substring(prefix.length())) : url);
    }

    private Config.Paths paths(Section s) {
        var paths = new Config.Paths(path(s, "playbooks"), path(s, "inventory"), path(s, "logs"), path(s, "data"));
        s.end();
        return paths;
    }

    private Path path(Section s, String key) {
        return home.resolve(s.text(key, key)).normalize();
    }

    private static Config.Ansible ansible(Section s) {
        var ansible = new Config.Ansible(
                s.number("forks", 50, 1, 1000),
                duration(s, "timeout", Duration.ofHours(1)),
                s.flag("host_key_checking", true),
                s.number("max_parallel_runs", 4, 1, 100),
                duration(s, "cancel_grace", Duration.ofSeconds(10)));
        s.end();
        return ansible;
    }

    private static Duration duration(Section s, String key, Duration otherwise) {
        return s.value(key, otherwise, ConfigFile::positive, "a duration", "5m");
    }

    private static Optional<Duration> positive(String text) {
        return Quantities.duration(text).filter(Duration::isPositive);
    }

    private SortedMap<String, OperationEntry> operations(Section s) {
        var operations = new TreeMap<String, OperationEntry>();
        s.entries().keySet().forEach(name -> {
            var entry = s.section(name);
            operations.put(
                    name,
                    new OperationEntry(
                            entry.optional("playbook"),
                            entry.optionalValue("timeout", ConfigFile::positive, "a duration", "5m"),
                            entry.raw("variables")));
            entry.end();
        });
        return operations;
    }

    private static Config.Chat chat(Section s) {
        var console = s.section("console");
        var slack = s.section("slack");
        var discord = s.section("discord");
        var chat = new Config.Chat(
                new Config.Console(console.flag("enabled", true)),
                new Config.Slack(
                        secret(slack, "bot_token"),
                        secret(slack, "app_token"),
                        secret(slack, "signing_secret"),
                        slack.value("mode", "socket", ConfigFile::mode, "socket or http", "socket"),
                        uri(slack, "api_base", "https://slack.com/api/"),
                        slack.text("default_channel", "")),
                new Config.Discord(
                        secret(discord, "token"),
                        discord.texts("guilds"),
                        uri(discord, "api_base", "https://discord.com/api/v10/"),
                        uri(discord, "gateway", "wss://gateway.discord.gg/"),
                        discord.text("default_channel", "")));
        List.of(console, slack, discord, s).forEach(Section::end);
        return chat;
    }

    private static Optional<String> mode(String text) {
        return Optional.of(text).filter(t -> t.equals("socket") || t.equals("http"));
    }

    private static Secret secret(Section s, String key) {
        return new Secret(s.text(key, "").strip());
    }

    private static URI uri(Section s, String key, String otherwise) {
        return s.value(key, URI.create(otherwise), ConfigFile::address, "an address", otherwise);
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text)).filter(u -> u.getScheme() != null && u.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Config.Schedule schedule(Section s) {
        var schedule = new Config.Schedule(
                s.value("timezone", ZoneId.systemDefault(), ConfigFile::zone, "a time zone", "Europe/Berlin"),
                s.text("missed", "run_once"));
        s.end();
        return schedule;
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Config.Retention retention(Section s) {
        var runs = s.section("runs");
        var logs = s.section("logs");
        var retention = new Config.Retention(
                duration(runs, "max_age", Duration.ofDays(365)),
                runs.number("max_count", 100_000, 1, 100_000_000),
                duration(logs, "max_age", Duration.ofDays(90)),
                logs.value("max_size", 5L << 30, Quantities::size, "a size", "5GB"));
        List.of(runs, logs, s).forEach(Section::end);
        return retention;
    }
}
