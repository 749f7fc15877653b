package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import java.time.Instant;

/**
 * One event as it stands in the journal.
 *
 * @param sequence grows with each entry of any run
 * @param run the run as it stands; after the event when this entry was just written
 */
public record JournalEntry(long sequence, Instant at, RunEvent event, Run run) {}
