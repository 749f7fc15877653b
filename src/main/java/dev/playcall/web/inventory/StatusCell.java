package dev.playcall.web.inventory;

/**
 * One cell of the operations table.
 *
 * @param tone one of those of {@code style.css}: good, bad, busy, none
 * @param word what the sign means, for those who do not see it
 * @param when the exact time, empty when unknown
 * @param error what went wrong, empty when nothing did
 * @param run number of the run that said so, 0 when there is none
 */
record StatusCell(String sign, String tone, String word, String text, String age, String when, String error, long run) {
    public static final StatusCell UNKNOWN = new StatusCell("–", "none", "unknown", "", "", "", "", 0);
}
