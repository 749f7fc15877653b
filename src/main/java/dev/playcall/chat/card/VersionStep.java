package dev.playcall.chat.card;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.NaturalOrder;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** From which version to which a run goes. */
final class VersionStep {
    /** Only these have an order that everybody agrees on; nobody knows whether rc1 or a commit is older. */
    private static final Pattern NUMBERS = Pattern.compile("v?\\d+(\\.\\d+)*");

    private VersionStep() {}

    /**
     * {@code v1.1.0 → v1.0.0 (downgrade)}.
     *
     * @param live the versions on the hosts that it is for
     * @return empty when nothing else is live
     */
    static Optional<String> of(String wanted, List<String> live) {
        var others = live.stream()
                .filter(v -> !v.isEmpty() && !v.equals(wanted))
                .distinct()
                .sorted(NaturalOrder.NAMES)
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        boolean down = others.stream().anyMatch(v -> isOlder(wanted, v));
        return Optional.of(UntrustedText.line(String.join(", ", others), 80) + " → "
                + UntrustedText.line(wanted, 40)
                + (down ? " (downgrade)" : ""));
    }

    private static boolean isOlder(String one, String other) {
        if (!NUMBERS.matcher(one).matches() || !NUMBERS.matcher(other).matches()) {
            return false;
        }
        var a = parts(one);
        var b = parts(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = part(a, i).compareTo(part(b, i));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static List<BigInteger> parts(String version) {
        return Arrays.stream(version.replaceFirst("^v", "").split("\\.", -1))
                .map(BigInteger::new)
                .toList();
    }

    private static BigInteger part(List<BigInteger> parts, int i) {
        return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
    }
}
