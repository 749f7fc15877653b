package dev.playcall.boot.settings;

import dev.playcall.command.Reply;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.SettingsStore;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.RuntimeSettingKeys;
import dev.playcall.config.runtime.Setting;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.Suggestion;
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
 * @param rejectedSettings what does not, and what to do about it
 */
public record RuntimeSettings(
        Config base, Config config, List<SettingsStore.Adjusted> kept, List<String> rejectedSettings) {

    public static RuntimeSettings of(Config base, SettingsStore settingsStore) {
        var kept = new ArrayList<SettingsStore.Adjusted>();
        var values = new TreeMap<String, String>();
        var rejected = new ArrayList<String>();
        for (var one : settingsStore.all()) {
            var why = problem(base, one.key(), one.value());
            if (why.isPresent()) {
                rejected.add(
                        "the setting " + one.key() + " is ignored: " + why.get() + "; settings reset " + one.key());
            } else {
                kept.add(one);
                values.put(one.key(), one.value());
            }
        }
        return new RuntimeSettings(base, RuntimeSettingKeys.apply(base, values), kept, rejected);
    }

    /** Why a key cannot have this value, one line. */
    static Optional<String> problem(Config base, String key, String value) {
        try {
            RuntimeSettingKeys.apply(base, Map.of(key, value));
            return Optional.empty();
        } catch (ConfigException e) {
            return e.problems().stream().map(Problem::message).findFirst();
        }
    }

    static Reply unknown(String key) {
        var near = Suggestion.of(
                key,
                RuntimeSettingKeys.KEYS.stream()
                        .map(RuntimeSettingKeys.Key::name)
                        .toList());
        return new Reply.Invalid(
                "key",
                "\"" + key + "\" is not a runtime setting; settings lists them; others are in the configuration file",
                near.map(n -> "did you mean " + n + "?"));
    }

    /** Everything that can be set, as it stands. */
    List<Setting> settings(LoadedConfig loadedConfig) {
        return RuntimeSettingKeys.KEYS.stream()
                .map(k -> new Setting(
                        k, k.now().apply(config), k.now().apply(base), configured(k, loadedConfig), set(k.name())))
                .toList();
    }

    /** The same for people, with the reason for each. */
    Reply list(LoadedConfig loadedConfig) {
        var rows = settings(loadedConfig).stream()
                .map(s -> List.of(
                        s.key().name(),
                        s.value(),
                        origin(s),
                        s.key().range(),
                        s.key().help()))
                .toList();
        var message = kept.isEmpty()
                ? "No runtime settings; the configuration file applies"
                : kept.size() + " set here, in place of what the configuration says";
        return new Reply.Listed(
                message, List.of("Setting", "Value", "Source", "Allowed values", "What"), rows, rejectedSettings);
    }

    private static String origin(Setting s) {
        return s.set()
                .map(k -> by(k) + ", " + s.origin() + ": " + s.otherwise())
                .orElse(s.origin());
    }

    private static String configured(RuntimeSettingKeys.Key key, LoadedConfig loadedConfig) {
        return loadedConfig.effective().stream()
                .filter(e -> e.key().equals(key.name()) && e.isSaid())
                .findFirst()
                .map(EffectiveSetting::origin)
                // A command without a gateway knows what the configuration says, and not where.
                .orElse(loadedConfig.effective().isEmpty() ? "configuration" : "default");
    }

    private Optional<SettingsStore.Adjusted> set(String key) {
        return kept.stream().filter(k -> k.key().equals(key)).findFirst();
    }

    private static String by(SettingsStore.Adjusted one) {
        return one.by().inText() + " " + one.at().truncatedTo(ChronoUnit.SECONDS);
    }

    /** What was read, with what was set in its place. */
    LoadedConfig over(LoadedConfig loadedConfig) {
        var effective = new TreeMap<String, EffectiveSetting>();
        loadedConfig.effective().forEach(e -> effective.put(e.key(), e));
        kept.forEach(k -> effective.put(k.key(), new EffectiveSetting(k.key(), k.value(), "set by " + by(k))));
        return new LoadedConfig(loadedConfig.file(), config, loadedConfig.written(), List.copyOf(effective.values()));
    }
}
