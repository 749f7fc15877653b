package dev.playcall.catalog.selection;

/**
 * A name with {@code *} and {@code ?}. Not a regular expression: matching takes at most length times length steps,
 * whatever somebody writes.
 */
record Glob(String pattern) {
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int from = 0;
        while (n < name.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (wanted == '*') {
                star = p++;
                from = n;
            } else if (wanted == '?' || wanted == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                // The last star takes one character more, and what follows it is tried again.
                p = star + 1;
                n = ++from;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
