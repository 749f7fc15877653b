package dev.playcall.web;

import dev.playcall.command.Reply;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.SettingsStore;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.RuntimeSettingKeys;
import dev.playcall.config.runtime.Setting;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.name.Person;
import dev.playcall.web.http.Configured;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Settings in a real database, by the real rules of what each may be; nothing heeds them. */
public record KeptSettings(Supplier<LoadedConfig> file, SettingsStore kept, Clock clock)
        implements ContentCommands.Adjusting, Configured {

    private Config now() {
        Map<String, String> values = new HashMap<>();
        kept.all().forEach(k -> values.put(k.key(), k.value()));
        return RuntimeSettingKeys.apply(file.get().config(), values);
    }

    @Override
    public LoadedConfig reading() {
        var read = file.get();
        return new LoadedConfig(read.file(), now(), read.written(), read.effective());
    }

    @Override
    public List<Setting> settings() {
        var now = now();
        var read = file.get();
        return RuntimeSettingKeys.KEYS.stream()
                .map(k -> new Setting(
                        k,
                        k.now().apply(now),
                        k.now().apply(read.config()),
                        read.effective().stream()
                                .filter(e -> e.key().equals(k.name()))
                                .findFirst()
                                .map(EffectiveSetting::origin)
                                .orElse("default"),
                        kept.all().stream()
                                .filter(s -> s.key().equals(k.name()))
                                .findFirst()))
                .toList();
    }

    @Override
    public List<String> rejectedSettings() {
        return List.of("the setting gone.with.the.wind does not count");
    }

    @Override
    public Collection<String> waiting() {
        return List.of("server.port");
    }

    @Override
    public Reply list() {
        var rows = settings().stream()
                .map(s -> List.of(
                        s.key().name(),
                        s.value(),
                        s.origin(),
                        s.key().range(),
                        s.key().help()))
                .toList();
        return new Reply.Listed("", List.of(), rows, List.of());
    }

    @Override
    public Reply set(String key, String value, Person by) {
        var before = before(key);
        try {
            RuntimeSettingKeys.apply(file.get().config(), Map.of(key, value));
        } catch (ConfigException e) {
            return new Reply.Invalid("value", e.problems().getFirst().message(), Optional.empty());
        }
        kept.set(new SettingsStore.Adjusted(key, value, by, clock.instant()));
        return new Reply.Done(key + " is " + value + " now, was " + before + "; this survives restarts");
    }

    private String before(String key) {
        return settings().stream()
                .filter(s -> s.key().name().equals(key))
                .findFirst()
                .map(Setting::value)
                .orElse("");
    }

    @Override
    public Reply reset(String key) {
        return kept.reset(key)
                ? new Reply.Done(key + " is " + before(key) + " again, from the configuration file")
                : new Reply.Invalid("key", key + " is not set here", Optional.empty());
    }
}
