package dev.playcall.config.binding;

import dev.playcall.config.Access;
import dev.playcall.config.Config;
import dev.playcall.config.Config.OperationEntry;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.EnvSubstitution;
import dev.playcall.config.IpNetwork;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.Policies;
import dev.playcall.config.Quantities;
import dev.playcall.config.RolloutSection;
import dev.playcall.config.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which keys the file has, what they have to be and what they are when they are not there. */
public final class ConfigBinding {
    public static final Set<String> SECTIONS = Set.of(
            "server",
            "store",
            "cluster",
            "paths",
            "environments",
            "ansible",
            "operations",
            "chat",
            "access",
            "notify",
            "schedule",
            "retention",
            "git",
            "galaxy",
            "venv",
            "adhoc");

    private final Path home;
    private final Section root;
    private final EnvSubstitution envSubstitution;
    private final Map<String, String> environment;

    public ConfigBinding(Path home, Section root, EnvSubstitution envSubstitution, Map<String, String> environment) {
        this.home = home;
        this.root = root;
        this.envSubstitution = envSubstitution;
        this.environment = environment;
    }

    public Config bind() {
        var server = server(root.section("server"));
        var store = new StoreBinding(home).read(root.section("store"), root.section("cluster"));
        var paths = new PathsBinding(home).paths(root.section("paths"));
        var environments = PathsBinding.environments(root.section("environments"));
        var ansible = ansible(root.section("ansible"));
        var operations = operations(root.section("operations"));
        var chat = chat(root.section("chat"));
        var section = root.section("access");
        var notifyConfig = notify(root.section("notify"));
        var schedule = schedule(root.section("schedule"));
        var access = new AccessBinding(section).read();
        var policies = policies(section, schedule.timezone(), access);
        var limits = limits(section.section("limits"));
        section.end();
        var retention = retention(root.section("retention"));
        var git = GitBinding.read(root.section("git"));
        var galaxy = GitBinding.galaxy(root.section("galaxy"));
        var adhoc = AdhocBinding.read(root.section("adhoc"));
        var agents = agents(root.section("agents"));
        var venv = VenvBinding.read(root.section("venv"), home);
        return new Config(
                home,
                server,
                store,
                paths,
                environments,
                ansible,
                operations,
                chat,
                access,
                policies,
                notifyConfig,
                schedule,
                retention,
                limits,
                git,
                galaxy,
                adhoc,
                venv,
                agents,
                secrets(chat, store, notifyConfig, git));
    }

    private static Policies policies(Section section, ZoneId zone, Access access) {
        var binding = new PolicyBinding(section, access.roleNames());
        return new Policies(binding.policies(), binding.freezes(zone));
    }

    private NotifyConfig notify(Section s) {
        var notifyConfig = new NotifyBinding(s, home).read();
        s.raw("templates").ifPresent(envSubstitution::tree);
        s.end();
        return notifyConfig;
    }

    private List<Secret> secrets(Config.Chat chat, Config.Store store, NotifyConfig notifyConfig, Config.Git git) {
        var values = new ArrayList<String>();
        Stream.of(
                        chat.slack().botToken(),
                        chat.slack().appToken(),
                        chat.slack().signingSecret(),
                        chat.discord().token())
                .map(Secret::reveal)
                .forEach(values::add);
        values.add(environment.getOrDefault("PLAYCALL_ADMIN_TOKEN", ""));
        values.add(environment.getOrDefault("PLAYCALL_ADMIN_PASSWORD", ""));
        StoreBinding.secrets(store).forEach(values::add);
        values.add(git.webhookSecret().reveal());
        values.addAll(envSubstitution.secrets());
        notifyConfig.secrets().map(Secret::reveal).forEach(values::add);
        return values.stream()
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .distinct()
                .map(Secret::new)
                .toList();
    }

    private static Config.Server server(Section s) {
        var server = new Config.Server(
                s.value("host", "127.0.0.1", NetworkAddresses::host, "a host to listen on", "127.0.0.1"),
                s.number("port", 8080, 0, 65535),
                s.value(
                        "public_url",
                        "",
                        NetworkAddresses::page,
                        "an address of a page",
                        "https://playcall.example.org"),
                trustedProxies(s),
                webSession(s.section("session")),
                publicStatus(s.section("public_status")));
        s.end();
        return server;
    }

    private static List<IpNetwork> trustedProxies(Section s) {
        var key = "trusted_proxies";
        return s.texts(key).stream()
                .map(String::strip)
                .flatMap(text -> network(s, key, text).stream())
                .toList();
    }

    private static Optional<IpNetwork> network(Section s, String key, String text) {
        var network = IpNetwork.of(text);
        if (network.isEmpty()) {
            s.wrong(
                    s.place(key),
                    key,
                    "\"" + text + "\" is not an address or a range of addresses (try 127.0.0.1 or 10.0.0.0/8)");
        }
        if (network.filter(n -> n.prefix() == 0).isPresent()) {
            s.wrong(s.place(key), key, text + " is every address there is; name those of your proxies only");
        }
        return network;
    }

    private static Config.PublicStatus publicStatus(Section s) {
        var status = new Config.PublicStatus(s.texts("environments"), s.flag("hosts", false));
        s.end();
        return status;
    }

    private static Config.WebSession webSession(Section s) {
        var session = new Config.WebSession(
                duration(s, "idle", Duration.ofHours(12), "12h"), duration(s, "longest", Duration.ofDays(7), "7d"));
        s.end();
        return session;
    }

    public static Config.Ansible ansible(Section s) {
        var ansible = new Config.Ansible(
                s.number("forks", 50, 1, TuningBinding.MOST_FORKS),
                duration(s, "timeout", Duration.ofHours(1), "1h"),
                s.flag("host_key_checking", true),
                s.number("max_parallel_runs", 4, 1, 100),
                duration(s, "cancel_grace", Duration.ofSeconds(10), "10s"),
                s.oneOf("warm", "off", "auto").equals("auto"),
                IsolationBinding.read(s),
                TuningBinding.read(s));
        s.end();
        return ansible;
    }

    private static Config.Agents agents(Section s) {
        var agents = new Config.Agents(duration(s, "silent_after", Duration.ofMinutes(1), "1m"));
        s.end();
        return agents;
    }

    static Duration duration(Section s, String key, Duration otherwise, String example) {
        s.usually(key, otherwise);
        return timeSpan(s, key, example).orElse(otherwise);
    }

    private static Optional<Duration> timeSpan(Section s, String key, String example) {
        return s.optionalValue(key, Quantities::positiveDuration, "a duration", text -> nearestDuration(text, example));
    }

    /** {@code 5 minuets} was meant to be {@code 5m}: the number is right, and the first letter of the unit. */
    private static String nearestDuration(String text, String example) {
        var found = Pattern.compile("\\s*(\\d{1,6})\\s*([dhms])\\w*\\s*", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        return found.matches() && !found.group(1).matches("0+")
                ? found.group(1) + found.group(2).toLowerCase(java.util.Locale.ROOT)
                : example;
    }

    private SortedMap<String, OperationEntry> operations(Section s) {
        var operations = new TreeMap<String, OperationEntry>();
        s.entries().keySet().forEach(name -> {
            var entry = s.section(name);
            operations.put(
                    name,
                    new OperationEntry(
                            s.place(name),
                            entry.optional("playbook"),
                            timeSpan(entry, "timeout", "30m"),
                            entry.raw("variables").map(envSubstitution::tree),
                            tries(entry),
                            RolloutSection.read(entry),
                            TuningBinding.overrides(entry.section("ansible"))));
            entry.end();
        });
        return operations;
    }

    private static Optional<Config.Tries> tries(Section entry) {
        if (entry.raw("retry").isEmpty()) {
            return Optional.empty();
        }
        var s = entry.section("retry");
        var tries = new Config.Tries(
                s.number("attempts", 2, 2, 10),
                duration(s, "backoff", Duration.ofMinutes(1), "1m"),
                s.optionalValue(
                                "only",
                                text -> Optional.of(text).filter(t -> t.equals("unreachable") || t.equals("failed")),
                                "unreachable or failed",
                                "unreachable")
                        .filter("unreachable"::equals)
                        .isPresent());
        s.end();
        return Optional.of(tries);
    }

    private static Config.Chat chat(Section s) {
        var chat = new Config.Chat(
                console(s.section("console")), slack(s.section("slack")), discord(s.section("discord")));
        s.end();
        return chat;
    }

    private static Config.Console console(Section s) {
        var console = new Config.Console(s.flag("enabled", true));
        s.end();
        return console;
    }

    private static Config.Slack slack(Section s) {
        var slack = new Config.Slack(
                secret(s, "bot_token"),
                secret(s, "app_token"),
                secret(s, "signing_secret"),
                s.oneOf("mode", "socket", "http"),
                uri(s, "api_base", "https://slack.com/api/", "http"),
                s.text("default_channel", ""));
        s.end();
        return slack;
    }

    private static Config.Discord discord(Section s) {
        var discord = new Config.Discord(
                secret(s, "token"),
                s.texts("guilds"),
                uri(s, "api_base", "https://discord.com/api/v10/", "http"),
                uri(s, "gateway", "wss://gateway.discord.gg/", "ws"),
                s.text("default_channel", ""));
        s.end();
        return discord;
    }

    private static Secret secret(Section s, String key) {
        return new Secret(s.text(key, "").strip());
    }

    private static URI uri(Section s, String key, String otherwise, String scheme) {
        return s.value(
                key, URI.create(otherwise), text -> NetworkAddresses.folder(text, scheme), "an address", otherwise);
    }

    public static Config.Limits limits(Section s) {
        var limits = new Config.Limits(
                s.number("runs", 60, 0, 1_000_000),
                duration(s, "per", Duration.ofMinutes(1), "1m"),
                s.number("schedules", 50, 0, 1_000_000));
        s.end();
        return limits;
    }

    public static Config.Schedule schedule(Section s) {
        var schedule = new Config.Schedule(
                s.value("timezone", ZoneId.systemDefault(), NetworkAddresses::zone, "a time zone", "Europe/Berlin"),
                s.value(
                        "missed",
                        "run_once",
                        ConfigBinding::missed,
                        "skip, run_once or run_all with a number",
                        "run_all:5"));
        s.end();
        return schedule;
    }

    private static Optional<String> missed(String text) {
        return Optional.of(text).filter(t -> t.matches("skip|run_once|run_all:([2-9]|[1-9]\\d|100)"));
    }

    public static Config.Retention retention(Section s) {
        var runs = s.section("runs");
        var logs = s.section("logs");
        var retention = new Config.Retention(
                duration(runs, "max_age", Duration.ofDays(365), "365d"),
                runs.number("max_count", 100_000, 1, RetentionRules.MOST),
                duration(logs, "max_age", Duration.ofDays(90), "90d"),
                logs.number("max_count", 0, 0, RetentionRules.MOST),
                logs.value("max_size", 5L << 30, Quantities::size, "a size", "5GB"));
        List.of(runs, logs, s).forEach(Section::end);
        return retention;
    }
}
