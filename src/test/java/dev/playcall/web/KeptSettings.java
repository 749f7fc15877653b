package dev.playcall.web;

import dev.playcall.command.Reply;
import dev.playcall.command.SettingsDesk;
import dev.playcall.config.Adjustments;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigException;
import dev.playcall.config.Effective;
import dev.playcall.config.Reading;
import dev.playcall.config.Setting;
import dev.playcall.config.Tuning;
import dev.playcall.domain.Person;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Settings in a real database, by the real rules of what each may be; nothing heeds them. */
record KeptSettings(Supplier<Reading> file, Adjustments kept, Clock clock)
        implements SettingsDesk.Adjusting, Configured {

    private Config now() {
        Map<String, String> values = new HashMap<>();
        kept.all().forEach(k -> values.put(k.key(), k.value()));
        return Tuning.apply(file.get().config(), values);
    }

    @Override
    public Reading reading() {
        var read = file.get();
        return new Reading(read.file(), now(), read.written(), read.effective());
    }

    @Override
    public List<Setting> settings() {
        var now = now();
        var read = file.get();
        return Tuning.KEYS.stream()
                .map(k -> new Setting(
                        k,
                        k.now().apply(now),
                        k.now().apply(read.config()),
                        read.effective().stream()
                                .filter(e -> e.key().equals(k.name()))
                                .findFirst()
                                .map(Effective::origin)
                                .orElse("default"),
                        kept.all().stream()
                                .filter(s -> s.key().equals(k.name()))
                                .findFirst()))
                .toList();
    }

    @Override
    public List<String> misfits() {
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
            Tuning.apply(file.get().config(), Map.of(key, value));
        } catch (ConfigException e) {
            return new Reply.Invalid("value", e.problems().getFirst().message(), Optional.empty());
        }
        kept.set(new Adjustments.Adjusted(key, value, by, clock.instant()));
        return new Reply.Done(key + " is " + value + " now, was " + before + "; it stays so");
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
                ? new Reply.Done(key + " is " + before(key) + " again, as the configuration says")
                : new Reply.Invalid("key", key + " is not set here", Optional.empty());
    }
}
