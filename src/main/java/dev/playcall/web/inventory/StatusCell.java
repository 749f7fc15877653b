package dev.playcall.web.inventory;

/**
 * One cell of the operations table.
 *
 * @param tone one of those of {@code style.css}: good, bad, busy, none
 * @param word what the sign means, for those who do not see it
 * @param when the exact time, empty when unknown
 * @param hover what it is and when, as {@code v1.2.3 at 2026-11-22 08:15 UTC}; empty when nothing is known
 * @param error what went wrong, empty when nothing did
 * @param run number of the run that said so, 0 when there is none
 */
record StatusCell(
        String sign,
        String tone,
        String word,
        String text,
        String age,
        String when,
        String hover,
        String error,
        long run) {
    static StatusCell unknown(String word) {
        return new StatusCell("–", "none", word, "", "", "", "", "", 0);
    }
}
