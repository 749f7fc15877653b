package dev.playcall.boot;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.command.Reply;
import dev.playcall.command.SettingsDesk;
import dev.playcall.config.Adjustments;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigException;
import dev.playcall.config.Problem;
import dev.playcall.config.Reading;
import dev.playcall.config.Setting;
import dev.playcall.config.Tuning;
import dev.playcall.domain.Person;
import dev.playcall.notify.Rules;
import dev.playcall.notify.Sink;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration as it is now. It is read anew on demand and taken whole or not at all: everybody asks here whenever they
 * need something of it, and what they get was made of one file.
 */
final class Settings implements SettingsDesk.Adjusting {
    private static final Logger log = LoggerFactory.getLogger(Settings.class);
    private static final int SHOWN = 3;
    private static final int NAMED = 12;

    private final Supplier<Reading> file;
    private final Reading started;
    private volatile Live live;
    private Adjustments adjustments = Adjustments.NONE;
    private Clock clock = Clock.systemUTC();
    private Function<Config, Map<String, Sink>> sinks = _ -> Map.of();
    private Function<Config, Optional<String>> guard = _ -> Optional.empty();
    private Runnable told = () -> {};

    /** Everything that is made of one reading. */
    private record Live(Reading reading, Adjusted adjusted, Rules rules, Map<String, Sink> sinks) {
        Config config() {
            return adjusted.config();
        }
    }

    /** @param file reads the configuration anew; throws {@link ConfigException} where it cannot be used */
    Settings(Supplier<Reading> file) {
        this.file = file;
        this.started = file.get();
        var config = started.config();
        this.live =
                new Live(started, Adjusted.of(config, adjustments), Receivers.rules(config.notifications()), Map.of());
    }

    /** Those of a gateway that lives no longer than one command. */
    static Settings of(Config config) {
        var reading = new Reading("the configuration", config, new java.util.TreeMap<>(), List.of());
        return new Settings(() -> reading);
    }

    /** Connects receivers. To be called once, before anything is sent. */
    synchronized void connect(Function<Config, Map<String, Sink>> make) {
        sinks = make;
        live = new Live(live.reading(), live.adjusted(), live.rules(), make.apply(live.config()));
    }

    /** From now on, what was set counts more than the file. To be called once, before anybody asks for what can be set. */
    synchronized void adjust(Adjustments kept, Clock time) {
        adjustments = kept;
        clock = time;
        var adjusted = Adjusted.of(live.adjusted().base(), adjustments);
        adjusted.misfits().forEach(m -> log.error("{}", m));
        live = new Live(live.reading(), adjusted, live.rules(), live.sinks());
    }

    /** @param refuses why a configuration must not be taken while we work, whatever the file says */
    synchronized void guard(Function<Config, Optional<String>> refuses) {
        guard = refuses;
    }

    /** @param afterwards called when another configuration was taken */
    synchronized void whenTaken(Runnable afterwards) {
        told = afterwards;
    }

    Config config() {
        return live.config();
    }

    /** As it was read last, with what was set since. */
    Reading reading() {
        var now = live;
        return now.adjusted().over(now.reading());
    }

    /** What may be set, as it stands. */
    List<Setting> settings() {
        var now = live;
        return now.adjusted().settings(now.reading());
    }

    /** What was set and does not count, and what to do about it. */
    List<String> misfits() {
        return live.adjusted().misfits();
    }

    /** The keys that the file says otherwise than what was started with, and that only a restart takes. */
    Collection<String> waiting() {
        return live.reading().needingRestart(started);
    }

    /** One thing of it, looked up anew each time. */
    <T> Supplier<T> each(Function<Config, T> part) {
        return () -> part.apply(live.config());
    }

    Rules rules() {
        return live.rules();
    }

    Map<String, Sink> sinks() {
        return live.sinks();
    }

    /** Reads the file anew; the answer says what changed, what waits for a restart, or why all stays as it was. */
    synchronized Reply reload() {
        try {
            var found = file.get();
            var adjusted = Adjusted.of(found.config().runningAs(started.config()), adjustments);
            var config = adjusted.config();
            var refused = guard.apply(config).or(() -> leftOut(config));
            if (refused.isPresent()) {
                return kept(refused.get());
            }
            var next = new Live(found, adjusted, Receivers.rules(config.notifications()), sinks.apply(config));
            var before = live.reading();
            live = next;
            told.run();
            return new Reply.Done(said(found, before));
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
        var key = Tuning.key(name);
        if (key.isEmpty()) {
            return Adjusted.unknown(name);
        }
        var wrong = Adjusted.problem(live.adjusted().base(), name, value);
        if (wrong.isPresent()) {
            return new Reply.Invalid(
                    "value", wrong.get(), Optional.of("it may be " + key.get().range()));
        }
        var before = key.get().now().apply(live.config());
        adjustments.set(new Adjustments.Adjusted(name, value.strip(), by, clock.instant()));
        taken();
        return new Reply.Done(name + " is " + shown(key.get(), live.config()) + " now, was " + shown(before)
                + "; it stays so over restarts, until: settings reset " + name);
    }

    @Override
    public synchronized Reply reset(String name) {
        var key = Tuning.key(name);
        if (!adjustments.reset(name)) {
            return key.isEmpty()
                    ? Adjusted.unknown(name)
                    : new Reply.Invalid("key", name + " is not set here, the configuration counts", Optional.empty());
        }
        taken();
        return new Reply.Done(
                key.map(k -> name + " is " + shown(k, live.config()) + " again, as the configuration says")
                        .orElse(name + " is forgotten"));
    }

    private void taken() {
        live = new Live(live.reading(), Adjusted.of(live.adjusted().base(), adjustments), live.rules(), live.sinks());
        told.run();
    }

    private static String shown(Tuning.Key key, Config config) {
        return shown(key.now().apply(config));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "empty" : value;
    }

    private static Reply kept(String why) {
        return new Reply.Invalid(
                "config", why + "; nothing was changed, the old configuration holds", Optional.empty());
    }

    /** What would be offered no longer: nobody means that when they correct a line. */
    private Optional<String> leftOut(Config config) {
        var now = DiskCatalogs.problems(live.config());
        var more = new ArrayList<>(DiskCatalogs.problems(config));
        more.removeAll(now);
        return more.isEmpty() ? Optional.empty() : Optional.of(shown(more));
    }

    private static String shown(List<String> problems) {
        var rest = problems.size() - SHOWN;
        return problems.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (rest > 0 ? "; and " + rest + " more" : "");
    }

    private String said(Reading found, Reading before) {
        var changed = found.changed(before);
        var waiting = found.needingRestart(started);
        var first = changed.isEmpty()
                ? "nothing changed in " + found.file()
                : "taken from " + found.file() + ": " + named(changed);
        return first + (waiting.isEmpty() ? "" : "; changed, needs a restart: " + named(waiting));
    }

    private static String named(Collection<String> keys) {
        var rest = keys.size() - NAMED;
        return keys.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (rest > 0 ? " and " + rest + " more" : "");
    }
}
