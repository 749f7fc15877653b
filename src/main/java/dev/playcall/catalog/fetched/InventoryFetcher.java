package dev.playcall.catalog.fetched;

import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.FetchPlan;

/** Asks the sources of an environment, which executes the plugins and scripts among them. */
public interface InventoryFetcher {
    /** What came of it. */
    sealed interface Answer {
        /** @param text as {@code ansible-inventory --list --export} printed it */
        record Listed(String text) implements Answer {}

        /** @param why one line, without secrets */
        record Failed(String why) implements Answer {}
    }

    Answer fetch(EnvironmentSource source, FetchPlan plan);
}
