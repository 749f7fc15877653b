package dev.playcall.boot.settings;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.command.Reply;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.SettingsStore;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.RuntimeSettingKeys;
import dev.playcall.config.runtime.Setting;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.routing.NotificationRules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration as it is now. It is read anew on demand and taken whole or not at all: everybody asks here whenever they
 * need something of it, and what they get was made of one file.
 */
public final class Settings implements ContentCommands.Adjusting {
    private static final Logger log = LoggerFactory.getLogger(Settings.class);

    private final Supplier<LoadedConfig> file;
    private final LoadedConfig started;
    private volatile Live live;
    private SettingsStore settingsStore = SettingsStore.NONE;
    private Clock clock = Clock.systemUTC();
    private Function<Config, Map<String, Sink>> sinks = _ -> Map.of();
    private Function<Config, Optional<String>> guard = _ -> Optional.empty();
    private Function<Config, List<String>> warnings = _ -> List.of();
    private Runnable onChange = () -> {};
    private Function<Config, StoredRouting.Merged> stored = c -> new StoredRouting.Merged(c.notifications(), List.of());

    /** Everything that is made of one reading. */
    private record Live(
            LoadedConfig reading,
            RuntimeSettings adjusted,
            StoredRouting.Merged merged,
            NotificationRules rules,
            Map<String, Sink> sinks) {
        Config config() {
            return adjusted.config().with(merged.config());
        }

        Live with(RuntimeSettings other) {
            return new Live(reading, other, merged, rules, sinks);
        }
    }

    /** @param file reads the configuration anew; throws {@link ConfigException} where it cannot be used */
    public Settings(Supplier<LoadedConfig> file) {
        this.file = file;
        this.started = file.get();
        var config = started.config();
        this.live = new Live(
                started,
                RuntimeSettings.of(config, settingsStore),
                stored.apply(config),
                ReceiverFactory.rules(config.notifications()),
                Map.of());
    }

    /** Those of a gateway that lives no longer than one command. */
    public static Settings of(Config config) {
        var loadedConfig = new LoadedConfig("the configuration", config, new java.util.TreeMap<>(), List.of());
        return new Settings(() -> loadedConfig);
    }

    /** Connects receivers. To be called once, before anything is sent. */
    public synchronized void connect(Function<Config, Map<String, Sink>> make) {
        sinks = make;
        routed();
    }

    /** From now on, receivers and routes that are kept elsewhere count as well. To be called once, before anything is sent. */
    synchronized void overlay(Function<Config, StoredRouting.Merged> other) {
        stored = other;
        routed();
    }

    /** What is kept elsewhere has changed. */
    public synchronized void overlaid() {
        routed();
        onChange.run();
    }

    private void routed() {
        live = live(live.reading(), live.adjusted());
    }

    private Live live(LoadedConfig reading, RuntimeSettings adjusted) {
        var merged = stored.apply(adjusted.config());
        return new Live(
                reading,
                adjusted,
                merged,
                ReceiverFactory.rules(merged.config()),
                sinks.apply(adjusted.config().with(merged.config())));
    }

    /** From now on, what was set counts more than the file. To be called once, before anybody asks for what can be set. */
    public synchronized void adjust(SettingsStore kept, Clock time) {
        settingsStore = kept;
        clock = time;
        var runtimeSettings = RuntimeSettings.of(live.adjusted().base(), settingsStore);
        runtimeSettings.rejectedSettings().forEach(m -> log.error("{}", m));
        live = live.with(runtimeSettings);
    }

    /** @param refuses why a configuration must not be taken while we work, whatever the file says */
    public synchronized void guard(Function<Config, Optional<String>> refuses) {
        guard = refuses;
    }

    /** @param of what does not work with a configuration that is taken all the same, in one line each */
    public synchronized void warnings(Function<Config, List<String>> of) {
        warnings = of;
    }

    /** @param afterwards called when another configuration was taken */
    public synchronized void onChange(Runnable afterwards) {
        onChange = afterwards;
    }

    public Config config() {
        return live.config();
    }

    /** As it was read last, with what was set since. */
    public LoadedConfig reading() {
        var now = live;
        return now.adjusted().over(now.reading());
    }

    /** What may be set, as it stands. */
    public List<Setting> settings() {
        var now = live;
        return now.adjusted().settings(now.reading());
    }

    /** What was set and does not count, and what to do about it. */
    public List<String> rejectedSettings() {
        var now = live;
        return Stream.concat(now.adjusted().rejectedSettings().stream(), now.merged().misfits().stream())
                .toList();
    }

    /** What the file alone says of receivers and routes. */
    NotifyConfig routingOfFile() {
        return live.adjusted().config().notifications();
    }

    /** The keys that the file says otherwise than what was started with, and that only a restart takes. */
    public Collection<String> waiting() {
        return live.reading().needingRestart(started);
    }

    /** One thing of it, looked up anew each time. */
    public <T> Supplier<T> each(Function<Config, T> part) {
        return () -> part.apply(live.config());
    }

    public NotificationRules rules() {
        return live.rules();
    }

    public Map<String, Sink> sinks() {
        return live.sinks();
    }

    /** Reads the file anew; the answer says what changed, what waits for a restart, or why all stays as it was. */
    public synchronized Reply reload() {
        try {
            var found = file.get();
            var runtimeSettings = RuntimeSettings.of(found.config().runningAs(started.config()), settingsStore);
            var config = runtimeSettings.config();
            var refused = guard.apply(config).or(() -> leftOut(config));
            if (refused.isPresent()) {
                return kept(refused.get());
            }
            var next = live(found, runtimeSettings);
            var before = live.reading();
            live = next;
            onChange.run();
            return new Reply.Done(
                    new ReloadSummary(found, before, started, runtimeSettings, warnings.apply(config)).text());
        } catch (ConfigException e) {
            return kept(shown(e.problems().stream().map(Problem::toString).toList()));
        } catch (RefusedException e) {
            return kept(shown(String.valueOf(e.getMessage()).lines().toList()));
        }
    }

    @Override
    public Reply list() {
        var now = live;
        return now.adjusted().list(now.reading());
    }

    @Override
    public synchronized Reply set(String name, String value, Person by) {
        var key = RuntimeSettingKeys.key(name);
        if (key.isEmpty()) {
            return RuntimeSettings.unknown(name);
        }
        var wrong = RuntimeSettings.problem(live.adjusted().base(), name, value);
        if (wrong.isPresent()) {
            return new Reply.Invalid(
                    "value", wrong.get(), Optional.of("allowed: " + key.get().range()));
        }
        var before = key.get().now().apply(live.config());
        settingsStore.set(new SettingsStore.Adjusted(name, value.strip(), by, clock.instant()));
        changed();
        return new Reply.Done(name + " is " + shown(key.get(), live.config()) + " now, was " + shown(before)
                + "; this survives restarts, until: settings reset " + name);
    }

    @Override
    public synchronized Reply reset(String name) {
        var key = RuntimeSettingKeys.key(name);
        if (!settingsStore.reset(name)) {
            return key.isEmpty()
                    ? RuntimeSettings.unknown(name)
                    : new Reply.Invalid(
                            "key", name + " is not set here; the configuration file applies", Optional.empty());
        }
        changed();
        return new Reply.Done(
                key.map(k -> name + " is " + shown(k, live.config()) + " again, from the configuration file")
                        .orElse(name + " is removed"));
    }

    /** What was set has been changed by another gateway. */
    public synchronized void changedElsewhere() {
        changed();
    }

    private void changed() {
        live = live.with(RuntimeSettings.of(live.adjusted().base(), settingsStore));
        onChange.run();
    }

    private static String shown(RuntimeSettingKeys.Key key, Config config) {
        return shown(key.now().apply(config));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "empty" : value;
    }

    private static Reply kept(String why) {
        return new Reply.Invalid(
                "config", why + "; nothing was changed; the previous configuration stays active", Optional.empty());
    }

    /** What would be offered no longer: nobody means that when they correct a line. */
    private Optional<String> leftOut(Config config) {
        var now = DiskCatalogs.problems(live.config());
        var more = new ArrayList<>(DiskCatalogs.problems(config));
        more.removeAll(now);
        return more.isEmpty() ? Optional.empty() : Optional.of(shown(more));
    }

    private static String shown(List<String> problems) {
        return ReloadSummary.shown(problems);
    }
}
