package dev.playcall.web;

import dev.playcall.config.Reading;
import java.util.Collection;

/** The configuration as it holds now. */
public interface Configured {
    Reading reading();

    /** The keys that the file says otherwise than what was started with, and that only a restart takes. */
    Collection<String> waiting();
}
