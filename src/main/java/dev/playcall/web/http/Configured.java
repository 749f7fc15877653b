package dev.playcall.web.http;

import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.Setting;
import java.util.Collection;
import java.util.List;

/** The configuration as it holds now. */
public interface Configured {
    LoadedConfig reading();

    /** What may be set while Playcall works, as it stands. */
    List<Setting> settings();

    /** What was set once and does not count any more, a line each. */
    List<String> rejectedSettings();

    /** The keys that the file says otherwise than what was started with, and that only a restart takes. */
    Collection<String> waiting();
}
