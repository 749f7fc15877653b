package dev.playcall.chat.query;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.StatusWords;
import dev.playcall.journal.VersionDrift;
import dev.playcall.journal.VersionDrift.Outlier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations table: what is where, with ✓ ✗ ⧗ –. */
final class StatusTable {
    private static final int NAMED = 3;

    private final Instant now;

    StatusTable(Instant now) {
        this.now = now;
    }

    List<Block> blocks(Environment environment, List<HostStatus> statuses) {
        Map<String, HostStatus> known =
                statuses.stream().collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var rows = new ArrayList<List<String>>();
        var drift = VersionDrift.of(environment.similarHosts(), statuses);
        int bad = 0;
        for (var host : environment.hosts()) {
            var status = Optional.ofNullable(known.get(host));
            var row = row(host, status, drift.of(host));
            rows.add(row);
            bad += row.getLast().startsWith("✗") ? 1 : 0;
        }
        var count = environment.hosts().size() + (environment.hosts().size() == 1 ? " server" : " servers");
        var title = environment.name() + ": " + count + (bad == 0 ? "" : ", " + bad + " failing");
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(bad == 0 ? Tone.PLAIN : Tone.BAD, title));
        blocks.add(new Block.Table(List.of("Server", "SSH", "Provision", "Deploy", "Status"), rows));
        fetched(environment, now).ifPresent(blocks::add);
        differing(drift.all()).ifPresent(blocks::add);
        return blocks;
    }

    /** How old the hosts are, where plugins and scripts give them. */
    static Optional<Block> fetched(Environment environment, Instant now) {
        return environment.fetched().map(f -> new Block.Line("inventory " + UntrustedText.line(f.age(now), 300)));
    }

    /** For a phone: the signs in the table are easily passed over. */
    private static Optional<Block> differing(List<Outlier> drift) {
        if (drift.isEmpty()) {
            return Optional.empty();
        }
        var outliers = drift.stream()
                .map(o -> UntrustedText.line(o.host(), 60) + " has " + UntrustedText.line(o.version(), 40) + ", "
                        + (o.others() == 1 ? "another of " : o.others() + " others of ") + o.group() + " "
                        + (o.others() == 1 ? "has " : "have ") + UntrustedText.line(o.expected(), 40))
                .toList();
        return Optional.of(new Block.Line("≠ " + TextFormat.phrases(outliers, NAMED)));
    }

    private List<String> row(String host, Optional<HostStatus> status, Optional<Outlier> drift) {
        var ssh = status.flatMap(HostStatus::ssh);
        var provision = status.flatMap(HostStatus::provision);
        var deploy = status.flatMap(HostStatus::deploy);
        var mark = drift.isPresent() ? " ≠" : "";
        return List.of(host, ssh(ssh), cell(provision), cell(deploy) + mark, whole(status));
    }

    private String ssh(Optional<Column> column) {
        var answer = column.map(Column::answer)
                .filter(a -> !a.isEmpty())
                .map(a -> " " + a)
                .orElse("");
        return sign(column) + answer + age(column);
    }

    private String cell(Optional<Column> column) {
        var version = column.map(Column::version)
                .filter(v -> !v.isEmpty())
                .map(v -> " " + v)
                .orElse("");
        var progress = column.map(Column::progress)
                .filter(p -> !p.isEmpty())
                .map(p -> " " + UntrustedText.line(p, 24))
                .orElse("");
        return sign(column) + version + progress + age(column);
    }

    private String age(Optional<Column> column) {
        return column.flatMap(Column::completed)
                .map(c -> " " + TextFormat.ago(c, now))
                .orElse("");
    }

    private static String sign(Optional<Column> column) {
        return column.map(c -> switch (c.status()) {
                    case "ok" -> "✓";
                    case "running" -> "⧗";
                    default -> "✗";
                })
                .orElse("–");
    }

    private static String whole(Optional<HostStatus> status) {
        var known = status.map(HostStatus::columns).orElse(List.of());
        var bad = known.stream()
                .filter(c -> !c.status().equals("ok") && !c.status().equals("running"))
                .findFirst();
        if (bad.isPresent()) {
            return "✗ Failed: "
                    + UntrustedText.line(
                            bad.get().error().isEmpty()
                                    ? bad.get().status().replace('_', ' ')
                                    : bad.get().error(),
                            40);
        }
        var alert = status.flatMap(HostStatus::alert);
        if (alert.isPresent()) {
            return "✗ Failed: alert " + alert.get().id() + ": "
                    + UntrustedText.line(alert.get().title(), 40);
        }
        var word = StatusWords.server(status);
        return switch (word) {
            case "Deploying", "Provisioning" -> "⧗ " + word;
            case "Running" -> "✓ " + word;
            case "Unknown" -> "– " + word;
            default -> "✗ " + word;
        };
    }
}
