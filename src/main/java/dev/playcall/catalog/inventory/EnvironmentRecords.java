package dev.playcall.catalog.inventory;

import dev.playcall.domain.name.EnvironmentName;

/** What is kept about an environment beside its files and its runs. */
public interface EnvironmentRecords {
    /** Whether anything is kept under this name. */
    boolean knows(EnvironmentName environment);

    /**
     * Moves what is now known of an environment to another name, in one transaction: registered hosts, the state of its hosts,
     * deployed versions, locks, pauses, subscriptions and the actions that open alerts offer. Runs, events, statistics and the
     * audit log keep the name under which they happened. Does nothing when there is nothing under {@code from}.
     */
    void rename(EnvironmentName from, EnvironmentName to);
}
