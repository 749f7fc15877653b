package dev.playcall.domain.format;

import java.util.Comparator;

/** The order in which people expect names with numbers: {@code web-2} before {@code web-10}. */
public final class NaturalOrder {
    /** Runs of digits count as numbers, everything else as text; names that differ only in leading zeros count as text. */
    public static final Comparator<String> NAMES =
            ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());

    private NaturalOrder() {}

    /** Part by part, without making any of them: thousands of hosts are sorted for each look at a run. */
    private static int compare(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int endLeft = end(left, l);
            int endRight = end(right, r);
            int order = isDigit(left.charAt(l)) && isDigit(right.charAt(r))
                    ? compareNumbers(left, l, endLeft, right, r, endRight)
                    : compareTexts(left, l, endLeft, right, r, endRight);
            if (order != 0) {
                return order;
            }
            l = endLeft;
            r = endRight;
        }
        return Boolean.compare(l < left.length(), r < right.length());
    }

    /** Behind the digits, or what is none, that begin here. */
    private static int end(String text, int begin) {
        boolean digits = isDigit(text.charAt(begin));
        int end = begin + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int compareNumbers(String left, int l, int endLeft, String right, int r, int endRight) {
        int beginLeft = withoutZeros(left, l, endLeft);
        int beginRight = withoutZeros(right, r, endRight);
        int length = Integer.compare(endLeft - beginLeft, endRight - beginRight);
        return length == 0 ? compareTexts(left, beginLeft, endLeft, right, beginRight, endRight) : length;
    }

    private static int withoutZeros(String digits, int begin, int end) {
        int first = begin;
        while (first < end && digits.charAt(first) == '0') {
            first++;
        }
        return first;
    }

    private static int compareTexts(String left, int l, int endLeft, String right, int r, int endRight) {
        int both = Math.min(endLeft - l, endRight - r);
        for (int i = 0; i < both; i++) {
            int order = Character.compare(left.charAt(l + i), right.charAt(r + i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(endLeft - l, endRight - r);
    }
}
