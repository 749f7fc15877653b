package dev.playcall.web;

import dev.playcall.config.Reading;
import dev.playcall.config.Setting;
import java.util.Collection;
import java.util.List;

/** The configuration as it holds now. */
public interface Configured {
    Reading reading();

    /** What may be set while Playcall works, as it stands. */
    List<Setting> settings();

    /** What was set once and does not count any more, a line each. */
    List<String> misfits();

    /** The keys that the file says otherwise than what was started with, and that only a restart takes. */
    Collection<String> waiting();
}
