package dev.playcall.store.notify;

import org.jdbi.v3.core.Handle;

/** How far one reader of the journal has come; it never goes back. */
record JournalCursor(String reader) {
    long in(Handle h) {
        return h.createQuery("select sequence from journal_cursor where reader = :reader")
                .bind("reader", reader)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    void advance(Handle h, long sequence) {
        h.createUpdate("""
                        insert into journal_cursor (reader, sequence) values (:reader, :sequence)
                        on conflict (reader) do update set sequence = max(journal_cursor.sequence, excluded.sequence)""").bind("reader", reader).bind("sequence", sequence).execute();
    }
}
