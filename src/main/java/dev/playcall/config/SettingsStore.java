package dev.playcall.config;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;

/** Where it is kept what was set while Playcall works, in place of what the file says. */
public interface SettingsStore {
    /** Nothing was set, and nothing can be. */
    SettingsStore NONE = new SettingsStore() {
        @Override
        public List<Adjusted> all() {
            return List.of();
        }

        @Override
        public void set(Adjusted adjusted) {
            throw new IllegalStateException("settings cannot be stored");
        }

        @Override
        public boolean reset(String key) {
            return false;
        }
    };

    /** One key, as somebody set it. */
    record Adjusted(String key, String value, Person by, Instant at) {}

    /** In the order of their keys. */
    List<Adjusted> all();

    /** In place of what was set before. */
    void set(Adjusted adjusted);

    /** False when it was not set. */
    boolean reset(String key);
}
