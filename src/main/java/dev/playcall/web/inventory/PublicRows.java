package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.config.Config;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row for each environment that everybody may see. Nothing of a run gets in here but how it ended and when. */
final class PublicRows {
    private final Catalog catalog;
    private final EventStore store;

    PublicRows(Catalog catalog, EventStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    static String tone(String word) {
        return switch (word) {
            case "ok" -> "good";
            case "trouble" -> "bad";
            case "working" -> "busy";
            default -> "none";
        };
    }

    List<PublicRow> of(Config.PublicStatus wanted) {
        return wanted.environments().stream()
                .distinct()
                .flatMap(e -> catalog.environment(e).stream())
                .map(e -> row(e, wanted.hosts()))
                .toList();
    }

    /** Of all environments: an alert that names a server is shown where that server is. */
    private Set<String> servers() {
        return catalog.environments().values().stream()
                .flatMap(e -> e.hosts().stream())
                .collect(Collectors.toSet());
    }

    private PublicRow row(Environment environment, boolean names) {
        Map<String, HostStatus> known = store.statuses(environment.name()).stream()
                .collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var hosts = environment.hosts().stream()
                .map(h -> host(h, known.get(h)))
                .sorted(Comparator.comparingInt(PublicRows::rank))
                .toList();
        var deployed = environment.hosts().stream()
                .flatMap(h -> Optional.ofNullable(known.get(h)).flatMap(HostStatus::deploy).stream())
                .flatMap(c -> c.completed().stream())
                .max(Comparator.<Instant>naturalOrder())
                .map(JsonBodies::time)
                .orElse("");
        int problem = count(hosts, "trouble");
        int working = count(hosts, "working");
        int ok = count(hosts, "ok");
        int alerts = store.criticalAlerts(environment.name(), servers());
        var word = problem + alerts > 0 ? "trouble" : working > 0 ? "working" : ok > 0 ? "ok" : "unknown";
        return new PublicRow(
                environment.name().value(),
                word,
                tone(word),
                hosts.size(),
                ok,
                problem,
                working,
                alerts,
                deployed,
                names ? hosts : List.of());
    }

    private static PublicHost host(String name, @Nullable HostStatus status) {
        var words = status == null
                ? List.<String>of()
                : Stream.concat(
                                status.columns().stream().map(PublicRows::word),
                                status.alert().map(_ -> "trouble").stream())
                        .toList();
        var word = List.of("trouble", "working", "ok").stream()
                .filter(words::contains)
                .findFirst()
                .orElse("unknown");
        return new PublicHost(name, word, tone(word), StatusColors.sign(tone(word)));
    }

    private static String word(Column column) {
        return switch (column.status()) {
            case "ok" -> "ok";
            case "running" -> "working";
            default -> "trouble";
        };
    }

    private static int rank(PublicHost host) {
        return List.of("trouble", "working", "unknown", "ok").indexOf(host.word());
    }

    private static int count(List<PublicHost> hosts, String word) {
        return (int) hosts.stream().filter(h -> h.word().equals(word)).count();
    }
}
