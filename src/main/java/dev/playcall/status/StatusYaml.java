package dev.playcall.status;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.StatusWords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of a status file. Every value is a quoted string, a number or null, so no value can break the file. */
final class StatusYaml {
    private final StringBuilder out = new StringBuilder();

    private StatusYaml() {}

    static String of(Environment environment, List<HostStatus> hosts, List<Run> runs, Instant now) {
        var yaml = new StatusYaml();
        yaml.out.append("# Written by Playcall after every run; changes made by hand are lost.\n");
        yaml.line(0, "environment", environment.name().value());
        yaml.line(0, "last_updated", time(now));
        yaml.servers(environment, hosts);
        yaml.history(runs);
        return yaml.out.toString();
    }

    private void servers(Environment environment, List<HostStatus> hosts) {
        Map<String, HostStatus> known = hosts.stream().collect(Collectors.toMap(HostStatus::host, Function.identity()));
        out.append(environment.hosts().isEmpty() ? "servers: []\n" : "servers:\n");
        for (var name : environment.hosts()) {
            var status = Optional.ofNullable(known.get(name));
            out.append("  - name: ").append(quote(name)).append('\n');
            line(4, "status", StatusWords.server(status));
            ssh(status.flatMap(HostStatus::ssh));
            var provision = status.flatMap(HostStatus::provision);
            work("provision", StatusWords.provision(provision), provision, false);
            var deploy = status.flatMap(HostStatus::deploy);
            work("deploy", StatusWords.deploy(deploy), deploy, true);
        }
    }

    private void ssh(Optional<Column> column) {
        out.append("    ssh:\n");
        line(6, "status", StatusWords.ssh(column));
        var latency = column.map(Column::latencyMillis).filter(l -> l.isPresent());
        raw(6, "latency_ms", latency.map(l -> Long.toString(l.getAsLong())).orElse("null"));
        line(
                6,
                "error",
                column.flatMap(c -> c.work()
                        .map(w -> Optional.of(w.error()).filter(e -> !e.isEmpty()))
                        .orElseGet(() -> error(c))));
        line(6, "checked", column.flatMap(StatusYaml::checked).map(StatusYaml::time));
    }

    /** While it is asked again, what stands beside the time is what was known before. */
    private static Optional<Instant> checked(Column column) {
        return column.work()
                .map(HostStatus.Work::checked)
                .orElseGet(() -> column.completed().or(() -> Optional.of(column.started())));
    }

    private void work(String name, String word, Optional<Column> column, boolean versioned) {
        out.append("    ").append(name).append(":\n");
        line(6, "status", word);
        if (versioned) {
            line(6, "version", column.map(Column::version).filter(v -> !v.isEmpty()));
        } else {
            line(6, "started", column.map(c -> time(c.started())));
        }
        line(6, "completed", column.flatMap(Column::completed).map(StatusYaml::time));
        line(6, "error", column.flatMap(StatusYaml::error));
    }

    /** The word is always {@code failed}; how it failed stands here where the run said nothing more. */
    private static Optional<String> error(Column column) {
        return column.isBad()
                ? Optional.of(column.error().isEmpty() ? column.status().replace('_', ' ') : column.error())
                : Optional.empty();
    }

    private void history(List<Run> runs) {
        out.append(runs.isEmpty() ? "history: []\n" : "history:\n");
        for (var run : runs) {
            out.append("  - type: ")
                    .append(quote(run.request().operation().value()))
                    .append('\n');
            line(4, "started", run.startedAt().map(StatusYaml::time));
            line(4, "completed", run.endedAt().map(StatusYaml::time));
            line(4, "status", run.state().word());
            raw(4, "run", Long.toString(run.id().value()));
        }
    }

    private void line(int indent, String key, Optional<String> value) {
        raw(indent, key, value.map(StatusYaml::quote).orElse("null"));
    }

    private void line(int indent, String key, String value) {
        raw(indent, key, quote(value));
    }

    private void raw(int indent, String key, String value) {
        out.append(" ".repeat(indent)).append(key).append(": ").append(value).append('\n');
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfeff || (c >= 0xd800 && c < 0xe000)) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
