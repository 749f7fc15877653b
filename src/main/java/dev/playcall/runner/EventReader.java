package dev.playcall.runner;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.runner.directory.ExitRecord;
import java.util.List;

/** Adds up the event lines of one run. Used by one thread; its memory grows with hosts, not with lines. */
public interface EventReader {

    /** One complete line, already redacted. A line that is no event is counted and passed over. */
    void line(String json);

    /** What the lines so far add up to; {@code expected} is left 0. */
    Progress progress();

    /** Host rows that changed since this was last asked. */
    List<HostResult> takeChanged();

    /** No more lines come. Hosts that are not known to have been through everything are incomplete. */
    void end();

    /**
     * How the run ended, from the exit record and the events together: an exit code alone can lie.
     *
     * @param tail the last lines of the output, where a program that never began says why
     */
    Outcome verdict(ExitRecord exitRecord, String tail);
}
