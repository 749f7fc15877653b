package dev.playcall.boot;

import dev.playcall.command.Reply;
import dev.playcall.config.Adjustments;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigException;
import dev.playcall.config.Effective;
import dev.playcall.config.Problem;
import dev.playcall.config.Reading;
import dev.playcall.config.Setting;
import dev.playcall.config.Tuning;
import dev.playcall.domain.Nearest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the file says, and what was set in its place.
 *
 * @param kept what counts of that
 * @param misfits what does not, and what to do about it
 */
record Adjusted(Config base, Config config, List<Adjustments.Adjusted> kept, List<String> misfits) {

    static Adjusted of(Config base, Adjustments adjustments) {
        var kept = new ArrayList<Adjustments.Adjusted>();
        var values = new TreeMap<String, String>();
        var misfits = new ArrayList<String>();
        for (var one : adjustments.all()) {
            var why = problem(base, one.key(), one.value());
            if (why.isPresent()) {
                misfits.add(
                        "the setting " + one.key() + " does not count: " + why.get() + "; settings reset " + one.key());
            } else {
                kept.add(one);
                values.put(one.key(), one.value());
            }
        }
        return new Adjusted(base, Tuning.apply(base, values), kept, misfits);
    }

    /** Why a key cannot have this value, one line. */
    static Optional<String> problem(Config base, String key, String value) {
        try {
            Tuning.apply(base, Map.of(key, value));
            return Optional.empty();
        } catch (ConfigException e) {
            return e.problems().stream().map(Problem::message).findFirst();
        }
    }

    static Reply unknown(String key) {
        var near = Nearest.of(key, Tuning.KEYS.stream().map(Tuning.Key::name).toList());
        return new Reply.Invalid(
                "key",
                "\"" + key
                        + "\" is not one of the settings; settings lists them, the rest is in the configuration file",
                near.map(n -> "did you mean " + n + "?"));
    }

    /** Everything that can be set, as it stands. */
    List<Setting> settings(Reading reading) {
        return Tuning.KEYS.stream()
                .map(k -> new Setting(
                        k, k.now().apply(config), k.now().apply(base), configured(k, reading), set(k.name())))
                .toList();
    }

    /** The same for people, with the reason for each. */
    Reply list(Reading reading) {
        var rows = settings(reading).stream()
                .map(s -> List.of(
                        s.key().name(),
                        s.value(),
                        origin(s),
                        s.key().range(),
                        s.key().help()))
                .toList();
        var message = kept.isEmpty()
                ? "Nothing is set here, all is as the configuration says it"
                : kept.size() + " set here, in place of what the configuration says";
        return new Reply.Listed(message, List.of("Setting", "Value", "From", "May be", "What"), rows, misfits);
    }

    private static String origin(Setting s) {
        return s.set()
                .map(k -> by(k) + ", " + s.origin() + ": " + s.otherwise())
                .orElse(s.origin());
    }

    private static String configured(Tuning.Key key, Reading reading) {
        return reading.effective().stream()
                .filter(e -> e.key().equals(key.name()) && e.isSaid())
                .findFirst()
                .map(Effective::origin)
                // A command without a gateway knows what the configuration says, and not where.
                .orElse(reading.effective().isEmpty() ? "configuration" : "default");
    }

    private Optional<Adjustments.Adjusted> set(String key) {
        return kept.stream().filter(k -> k.key().equals(key)).findFirst();
    }

    private static String by(Adjustments.Adjusted one) {
        return one.by() + " " + one.at().truncatedTo(ChronoUnit.SECONDS);
    }

    /** What was read, with what was set in its place. */
    Reading over(Reading reading) {
        var effective = new TreeMap<String, Effective>();
        reading.effective().forEach(e -> effective.put(e.key(), e));
        kept.forEach(k -> effective.put(k.key(), new Effective(k.key(), k.value(), "set by " + by(k))));
        return new Reading(reading.file(), config, reading.written(), List.copyOf(effective.values()));
    }
}
