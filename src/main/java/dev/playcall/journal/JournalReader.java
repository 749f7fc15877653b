package dev.playcall.journal;

import dev.playcall.background.Faults;
import dev.playcall.background.SkippedItems;
import java.util.List;

/** Reads the journal on from a durable cursor. An entry that cannot be handled does not hold up those behind it for long. */
public final class JournalReader {
    private static final int AT_ONCE = 200;

    private final EventStore journal;
    private final Target target;
    private final SkippedItems skipped;

    /** What is done with the entries, and where the cursor is kept. */
    public interface Target {
        /** The last entry that was dealt with. */
        long cursor();

        /** Deals with these entries and keeps the cursor behind the last, all or nothing. */
        void take(List<JournalEntry> entries);

        /** Keeps the cursor behind an entry that {@link #take} throws at again and again. */
        void skip(JournalEntry entry, String why);
    }

    public JournalReader(EventStore journal, Target target, SkippedItems skipped) {
        this.journal = journal;
        this.target = target;
        this.skipped = skipped;
    }

    /** Reads to the end. */
    public void read() {
        while (true) {
            var entries = journal.entriesAfter(target.cursor(), AT_ONCE);
            if (entries.isEmpty()) {
                return;
            }
            try {
                target.take(entries);
            } catch (RuntimeException | Error e) {
                if (Faults.isPassing(e)) {
                    throw e;
                }
                entries.forEach(this::takeAlone);
            }
        }
    }

    private void takeAlone(JournalEntry entry) {
        skipped.run(
                "entry " + entry.sequence() + " of the journal (" + entry.run().id() + ")",
                () -> target.take(List.of(entry)),
                why -> target.skip(entry, why));
    }
}
