package dev.playcall.chat.query;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.StatusWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An environment in one row: what is live in it, how many servers it has and how they are. */
final class EnvironmentSummary {
    static final List<String> HEADER = List.of("Environment", "Live", "Servers");
    private static final int NAMED = 3;

    private EnvironmentSummary() {}

    static List<String> row(Environment environment, List<HostStatus> statuses) {
        Map<String, HostStatus> known =
                statuses.stream().collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var hosts = environment.hosts();
        Map<String, List<String>> words = hosts.stream()
                .collect(Collectors.groupingBy(h -> StatusWords.server(Optional.ofNullable(known.get(h)))));
        var failing = words.getOrDefault("Failed", List.of());
        return List.of((failing.isEmpty() ? "" : "✗ ") + environment.name(), live(hosts, known), servers(hosts, words));
    }

    private static String live(List<String> hosts, Map<String, HostStatus> known) {
        var versions = hosts.stream()
                .flatMap(h -> Optional.ofNullable(known.get(h)).stream())
                .flatMap(s -> s.deploy().stream())
                .map(Column::version)
                .filter(v -> !v.isEmpty())
                .map(v -> UntrustedText.line(v, 40))
                .distinct()
                .sorted()
                .toList();
        return versions.isEmpty() ? "unknown" : TextFormat.list(versions, NAMED);
    }

    private static String servers(List<String> hosts, Map<String, List<String>> words) {
        var text = new StringBuilder(Integer.toString(hosts.size()));
        var failing = words.getOrDefault("Failed", List.of());
        if (!failing.isEmpty()) {
            text.append(", ").append(failing.size()).append(" failing: ").append(TextFormat.list(failing, NAMED));
        }
        append(text, words, "Deploying");
        append(text, words, "Provisioning");
        var unknown = words.getOrDefault("Unknown", List.of()).size();
        if (unknown > 0) {
            text.append(", ")
                    .append(unknown == hosts.size() ? "state" : unknown)
                    .append(" unknown");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Map<String, List<String>> words, String word) {
        if (words.containsKey(word)) {
            text.append(", ")
                    .append(words.get(word).size())
                    .append(' ')
                    .append(word.toLowerCase(java.util.Locale.ROOT));
        }
    }
}
