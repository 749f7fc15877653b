package dev.playcall.notify.dispatch;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a run failed, in words.
 *
 * @param title what, where, how many hosts and the error: what a telephone shows
 * @param fingerprint the same for the same error of other runs and other hosts; empty when nothing failed
 * @param hosts those that failed, with commas between them
 */
record FailureSummary(String title, String text, String fingerprint, String hosts) {
    private static final int LONGEST_TITLE = 110;
    private static final int HOSTS_NAMED = 5;
    private static final int KINDS = 4;
    private static final int LONGEST_MESSAGE = 400;
    /** What differs when the same happens elsewhere or later: numbers, addresses, ids. */
    private static final Pattern VARIES = Pattern.compile("0x[0-9a-fA-F]+|[0-9a-fA-F]{8,}|\\d+");

    /** Nothing failed. */
    static FailureSummary none(String title, String text) {
        return new FailureSummary(title, text, "", "");
    }

    static FailureSummary of(String what, RunState state, String reason, List<HostResult> hosts) {
        var bad = hosts.stream().filter(h -> h.outcome().isBad()).toList();
        Map<String, List<HostResult>> kinds = new LinkedHashMap<>();
        bad.forEach(h -> kinds.computeIfAbsent(kind(h), _ -> new ArrayList<>()).add(h));
        var sorted = kinds.values().stream()
                .sorted(Comparator.<List<HostResult>>comparingInt(List::size).reversed())
                .toList();
        var error = sorted.isEmpty() ? reason : error(sorted.getFirst().getFirst());
        var title =
                what + " " + state.label() + where(bad, hosts.size()) + (error.isBlank() ? "" : ": " + oneLine(error));
        var print = sorted.isEmpty()
                ? state.word() + "|" + VARIES.matcher(reason).replaceAll("#")
                : new TreeSet<>(kinds.keySet()).toString();
        return new FailureSummary(
                Truncate.of(title, LONGEST_TITLE), text(sorted, reason), digest(print), names(bad, 20));
    }

    private static String where(List<HostResult> bad, int all) {
        return switch (bad.size()) {
            case 0 -> "";
            case 1 -> " on " + bad.getFirst().host();
            default -> " on " + bad.getFirst().host() + " and " + (bad.size() - 1) + " more of " + all + " hosts";
        };
    }

    private static String error(HostResult host) {
        var task = host.failedTask().map(t -> t + ": ").orElse("");
        return task + host.message().orElse(host.outcome().word());
    }

    private static String oneLine(String text) {
        return Truncate.line(text);
    }

    private static String text(List<List<HostResult>> kinds, String reason) {
        if (kinds.isEmpty()) {
            return reason;
        }
        var lines = kinds.stream()
                .limit(KINDS)
                .map(k -> names(k, HOSTS_NAMED) + ": "
                        + Truncate.of(error(k.getFirst()).strip(), LONGEST_MESSAGE))
                .collect(Collectors.joining("\n"));
        int more = kinds.size() - KINDS;
        return lines + (more > 0 ? "\nand " + more + " other errors" : "");
    }

    private static String names(List<HostResult> hosts, int most) {
        return TextFormat.list(hosts, most, HostResult::host);
    }

    private static String kind(HostResult host) {
        var message = host.message().orElse("").replace(host.host(), "<host>");
        return host.outcome() + "|" + host.failedTask().orElse("") + "|"
                + VARIES.matcher(oneLine(message)).replaceAll("#");
    }

    private static String digest(String text) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with where it was seen before. */
    FailureSummary like(Notification.Item earlier) {
        var run = Optional.ofNullable(earlier.labels().get("run")).orElse("?");
        var where = Optional.ofNullable(earlier.labels().get("environment")).orElse("");
        var then = Optional.ofNullable(earlier.labels().get("hosts"))
                .filter(h -> !h.isEmpty())
                .map(h -> " on " + h)
                .orElse("");
        return new FailureSummary(
                title, text + "\nThe same error as #" + run + " in " + where + then, fingerprint, hosts);
    }
}
