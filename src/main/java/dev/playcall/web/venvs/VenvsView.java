package dev.playcall.web.venvs;

import java.time.Instant;
import java.util.List;

/**
 * What the page of Python environments shows.
 *
 * @param size of all that are installed, in bytes; one that several names share counts once
 * @param problem why not everything is shown; empty when it is
 */
record VenvsView(List<SpecRow> specs, List<InstalledRow> installed, long size, String problem) {
    VenvsView {
        specs = List.copyOf(specs);
        installed = List.copyOf(installed);
    }

    /**
     * A specification.
     *
     * @param playbook that it is of; empty when there is none of this file any more
     * @param state how it stands to that playbook now
     */
    record SpecRow(
            String name,
            String source,
            String playbook,
            String state,
            String collections,
            String packages,
            String hosts) {}

    /**
     * One on a host.
     *
     * @param environment whose host it is; empty for the gateway's own machine
     * @param size in bytes; 0 where it is not known
     */
    record InstalledRow(String host, String environment, String name, long size, Instant installed, String path) {}
}
