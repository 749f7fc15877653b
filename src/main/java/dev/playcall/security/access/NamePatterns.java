package dev.playcall.security.access;

import java.util.Collection;

/** Names with {@code *} and {@code ?}. No name at all is only matched by {@code *} alone. */
public record NamePatterns(String pattern) {
    public static boolean anyMatches(Collection<String> patterns, String name) {
        return patterns.stream().anyMatch(p -> new NamePatterns(p).matches(name));
    }

    boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
