package dev.playcall.config.runtime;

import dev.playcall.config.Config;
import dev.playcall.config.ConfigOrigins;
import dev.playcall.config.Overrides;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import dev.playcall.config.binding.ConfigBinding;
import dev.playcall.config.binding.GitBinding;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What may be set while Playcall works: a closed list, each with what it may be. Who may do what is not among it. */
public final class RuntimeSettingKeys {
    private static final long MEGABYTE = 1L << 20;

    /** Every key there is, in the order of the file. */
    public static final List<Key> KEYS = List.of(
            number(
                    "ansible.forks",
                    "hosts in parallel within one run",
                    c -> c.ansible().forks(),
                    1,
                    1000),
            span("ansible.timeout", "default timeout of runs", c -> c.ansible().timeout(), "10s", "7d"),
            number(
                    "ansible.max_parallel_runs",
                    "runs in parallel",
                    c -> c.ansible().maxParallelRuns(),
                    1,
                    100),
            span(
                    "ansible.cancel_grace",
                    "from the first signal to the last",
                    c -> c.ansible().cancelGrace(),
                    "1s",
                    "10m"),
            number(
                    "access.limits.runs",
                    "runs that one person may start; 0 for no limit",
                    c -> c.limits().runs(),
                    0,
                    1_000_000),
            span(
                    "access.limits.per",
                    "period for access.limits.runs",
                    c -> c.limits().per(),
                    "1s",
                    "1d"),
            word(
                    "git.branch",
                    "branch that sync follows",
                    "a branch",
                    SettingForm.text(),
                    c -> c.git().branch()),
            word(
                    "git.interval",
                    "how often Git is fetched automatically",
                    "off, or 10s or more",
                    SettingForm.text("off", "1m", "5m", "15m", "1h"),
                    c -> c.git().interval().map(Quantities::text).orElse("off")),
            span("git.timeout", "timeout for the remote", c -> c.git().timeout(), "1s", "1h"),
            word(
                    "git.channel",
                    "channel for automatic sync results",
                    "a channel, slack:C0123",
                    SettingForm.text(),
                    c -> c.git().channel()),
            word(
                    "git.edits",
                    "whether files can be edited here",
                    "true or false",
                    SettingForm.YES_OR_NO,
                    c -> "" + c.git().edits()),
            word(
                    "galaxy.before_runs",
                    "what happens when requirements are missing",
                    "install or refuse",
                    new SettingForm.Choice(List.of("install", "refuse")),
                    c -> c.galaxy().automatic() ? "install" : "refuse"),
            word(
                    "galaxy.offline",
                    "use only this machine, no downloads",
                    "true or false",
                    SettingForm.YES_OR_NO,
                    c -> "" + c.galaxy().offline()),
            span(
                    "galaxy.timeout",
                    "timeout for an installation",
                    c -> c.galaxy().timeout(),
                    "10s",
                    "2h"),
            span("galaxy.keep", "unused installations", c -> c.galaxy().keep(), "1h", "365d"),
            word(
                    "schedule.timezone",
                    "default time zone of schedules",
                    "a time zone, Europe/Berlin",
                    SettingForm.text("UTC", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo"),
                    c -> c.schedule().timezone().getId()),
            word(
                    "schedule.missed",
                    "default for missed runs",
                    "skip, run_once or run_all:2 to run_all:100",
                    SettingForm.text("skip", "run_once", "run_all:5"),
                    c -> c.schedule().missed()),
            span("retention.runs.max_age", "of runs", c -> c.retention().runsMaxAge(), "1d", "36500d"),
            number("retention.runs.max_count", "of runs", c -> c.retention().runsMaxCount(), 100, 100_000_000),
            span("retention.logs.max_age", "of logs", c -> c.retention().logsMaxAge(), "1d", "36500d"),
            number(
                    "retention.logs.max_count",
                    "of logs of each playbook in each environment; 0 for any number",
                    c -> c.retention().logsMaxCount(),
                    0,
                    100_000_000),
            new Key(
                    "retention.logs.max_size",
                    "of all logs together",
                    "10MB or more",
                    SettingForm.text(),
                    c -> Quantities.text(c.retention().logsMaxSize()),
                    c -> c.retention().logsMaxSize() >= 10 * MEGABYTE));

    private RuntimeSettingKeys() {}

    /**
     * One of them.
     *
     * @param range what it may be, in words
     * @param form how it is asked for
     * @param now its value, as one would write it
     * @param fits whether that is within the range
     */
    public record Key(
            String name,
            String help,
            String range,
            SettingForm form,
            Function<Config, String> now,
            Predicate<Config> fits) {}

    private static Key number(String name, String help, ToLongFunction<Config> now, long least, long most) {
        return new Key(
                name,
                help,
                least + " to " + most,
                new SettingForm.Count(least, most),
                c -> Long.toString(now.applyAsLong(c)),
                c -> now.applyAsLong(c) >= least && now.applyAsLong(c) <= most);
    }

    private static Key span(String name, String help, Function<Config, Duration> now, String least, String most) {
        var shortest = Quantities.duration(least).orElseThrow();
        var longest = Quantities.duration(most).orElseThrow();
        return new Key(
                name,
                help,
                least + " to " + most,
                SettingForm.text(),
                c -> Quantities.text(now.apply(c)),
                c -> now.apply(c).compareTo(shortest) >= 0 && now.apply(c).compareTo(longest) <= 0);
    }

    private static Key word(String name, String help, String range, SettingForm form, Function<Config, String> now) {
        return new Key(name, help, range, form, now, _ -> true);
    }

    public static Optional<Key> key(String name) {
        return KEYS.stream().filter(k -> k.name().equals(name)).findFirst();
    }

    /**
     * A configuration with these values in place of its own.
     *
     * @param values by key
     * @throws ConfigException when one of them is not what it may be; its message names the key and the range
     */
    public static Config apply(Config from, Map<String, String> values) {
        var problems = new ArrayList<Problem>();
        var texts = new HashMap<String, String>();
        for (var entry : values.entrySet()) {
            if (key(entry.getKey()).isEmpty()) {
                problems.add(new Problem(entry.getKey(), "is not one of the settings"));
            }
            texts.put(Overrides.name(entry.getKey()), entry.getValue());
        }
        var root = new Section(
                "",
                Optional.empty(),
                problems,
                Optional.empty(),
                Optional.of(new Overrides(texts)),
                new ConfigOrigins());
        var tuned = new Tuned(from, values).of(root);
        for (var entry : values.entrySet()) {
            key(entry.getKey())
                    .filter(k -> problems.isEmpty() && !k.fits().test(tuned))
                    .ifPresent(k ->
                            problems.add(new Problem(k.name(), "\"" + entry.getValue() + "\" is not " + k.range())));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return tuned;
    }

    /** The reading of the file knows how each is written; of what it read only what was set is taken. */
    private record Tuned(Config from, Map<String, String> values) {
        Config of(Section root) {
            return from.with(
                    ansible(ConfigBinding.ansible(root.section("ansible"))),
                    schedule(ConfigBinding.schedule(root.section("schedule"))),
                    retention(ConfigBinding.retention(root.section("retention"))),
                    limits(ConfigBinding.limits(root.section("access").section("limits"))),
                    git(GitBinding.read(root.section("git"))),
                    galaxy(GitBinding.galaxy(root.section("galaxy"))));
        }

        private <T> T pick(String key, T set, T before) {
            return values.containsKey(key) ? set : before;
        }

        private Config.Ansible ansible(Config.Ansible set) {
            var before = from.ansible();
            return new Config.Ansible(
                    pick("ansible.forks", set.forks(), before.forks()),
                    pick("ansible.timeout", set.timeout(), before.timeout()),
                    before.hostKeyChecking(),
                    pick("ansible.max_parallel_runs", set.maxParallelRuns(), before.maxParallelRuns()),
                    pick("ansible.cancel_grace", set.cancelGrace(), before.cancelGrace()),
                    before.warm(),
                    before.isolation(),
                    before.tuning());
        }

        private Config.Schedule schedule(Config.Schedule set) {
            var before = from.schedule();
            return new Config.Schedule(
                    pick("schedule.timezone", set.timezone(), before.timezone()),
                    pick("schedule.missed", set.missed(), before.missed()));
        }

        private Config.Retention retention(Config.Retention set) {
            var before = from.retention();
            return new Config.Retention(
                    pick("retention.runs.max_age", set.runsMaxAge(), before.runsMaxAge()),
                    pick("retention.runs.max_count", set.runsMaxCount(), before.runsMaxCount()),
                    pick("retention.logs.max_age", set.logsMaxAge(), before.logsMaxAge()),
                    pick("retention.logs.max_count", set.logsMaxCount(), before.logsMaxCount()),
                    pick("retention.logs.max_size", set.logsMaxSize(), before.logsMaxSize()));
        }

        private Config.Limits limits(Config.Limits set) {
            var before = from.limits();
            return new Config.Limits(
                    pick("access.limits.runs", set.runs(), before.runs()),
                    pick("access.limits.per", set.per(), before.per()),
                    before.schedules());
        }

        private Config.Git git(Config.Git set) {
            var before = from.git();
            return new Config.Git(
                    before.remote(),
                    pick("git.branch", set.branch(), before.branch()),
                    pick("git.interval", set.interval(), before.interval()),
                    pick("git.timeout", set.timeout(), before.timeout()),
                    before.webhookSecret(),
                    pick("git.channel", set.channel(), before.channel()),
                    pick("git.edits", set.edits(), before.edits()));
        }

        private Config.Galaxy galaxy(Config.Galaxy set) {
            var before = from.galaxy();
            return new Config.Galaxy(
                    pick("galaxy.before_runs", set.automatic(), before.automatic()),
                    pick("galaxy.offline", set.offline(), before.offline()),
                    pick("galaxy.timeout", set.timeout(), before.timeout()),
                    pick("galaxy.keep", set.keep(), before.keep()));
        }
    }
}
