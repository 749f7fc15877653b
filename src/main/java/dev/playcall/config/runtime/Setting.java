package dev.playcall.config.runtime;

import dev.playcall.config.SettingsStore;
import java.util.Optional;

/**
 * One key that may be set while Playcall works, as it stands now.
 *
 * @param value as one would write it
 * @param otherwise what it would be if nobody had set it
 * @param origin where that is said
 * @param set by whom it was set, where it was
 */
public record Setting(
        RuntimeSettingKeys.Key key,
        String value,
        String otherwise,
        String origin,
        Optional<SettingsStore.Adjusted> set) {}
