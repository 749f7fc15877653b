package dev.playcall.notify.dispatch;

/**
 * How many messages at a time a receiver takes well: a few at first, one more for each that arrived as fast as it used to,
 * one less for each that took clearly longer, and a few again when one failed. Used by one thread at a time.
 */
final class ConcurrencyLimit {
    /** So many messages at a time no receiver minds. */
    static final int USUAL = 4;

    private static final int MOST = 64;
    /** Differences below this are noise. */
    private static final long NOISE_MILLIS = 50;

    private int limit = USUAL;
    private long fastest = Long.MAX_VALUE;
    /** How many there were at a time before it became slow, some of which may still be on their way. */
    private int most = USUAL;

    private int slow;

    int get() {
        return limit;
    }

    void delivered(long millis) {
        fastest = Math.min(millis, fastest);
        if (millis <= Math.max(2 * fastest, fastest + NOISE_MILLIS)) {
            limit = Math.min(limit + 1, MOST);
            most = limit;
            slow = 0;
            return;
        }
        limit = Math.max(limit - 1, USUAL);
        if (++slow > most + 2 * USUAL) {
            // Fewer at a time do not make it faster: this is how fast it is now.
            fastest = millis;
        }
    }

    void failed() {
        limit = USUAL;
    }
}
