package dev.playcall.domain.rollout;

import java.util.Optional;
import java.util.regex.Pattern;

/** A number of hosts, or a percentage of some: {@code 10}, {@code 10%}. */
public record HostShare(int number, boolean percent) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(%?)");
    private static final int WHOLE = 100;

    /** What this text says; empty for anything else and for more than 100 %. */
    public static Optional<HostShare> of(String text) {
        var found = WRITTEN.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        var share =
                new HostShare(Integer.parseInt(found.group(1)), !found.group(2).isEmpty());
        return Optional.of(share).filter(s -> !s.percent || s.number <= WHOLE);
    }

    /** How many of {@code all} that is: rounded down as Ansible's {@code serial} does, and at least one. */
    int of(int all) {
        return Math.max(1, percent ? (int) ((long) all * number / WHOLE) : number);
    }

    /** Whether {@code some} of {@code all} is more than this share. */
    public boolean isExceeded(int some, int all) {
        return percent ? (long) some * WHOLE > (long) number * all : some > number;
    }

    @Override
    public String toString() {
        return number + (percent ? "%" : "");
    }
}
