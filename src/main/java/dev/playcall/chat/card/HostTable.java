package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.domain.HostConnections;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.format.TextFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every host of a run with its counts; and in one line by what they were reached, where there is no table. */
final class HostTable {
    static final int MOST_ROWS = 30;

    private HostTable() {}

    static Block of(List<HostResult> hosts) {
        var rows = hosts.stream()
                .sorted(Comparator.comparing(h -> !h.outcome().isBad()))
                .limit(MOST_ROWS)
                .map(h -> List.of(
                        h.host(), h.word(true), stats(h.stats()) + reached(h), TextFormat.duration(h.duration())))
                .toList();
        return new Block.Table(List.of("Host", "Status", "Tasks", "Duration"), rows);
    }

    /** Whether the table says all that there is to say of these hosts. */
    static boolean holds(List<HostResult> hosts) {
        return hosts.size() <= MOST_ROWS;
    }

    /** As in the table, ssh is not worth a word. */
    static Optional<Block> connections(List<HostResult> hosts) {
        return HostConnections.unusual(hosts).map(Block.Line::new);
    }

    private static String reached(HostResult host) {
        return host.connection().filter("ssh"::equals).isPresent()
                ? ""
                : host.reached().map(r -> ", " + r).orElse("");
    }

    private static String stats(HostStats s) {
        var text = new StringBuilder().append(s.ok()).append(" ok");
        RunCard.append(text, s.changed(), "changed");
        RunCard.append(text, s.failed(), "failed");
        RunCard.append(text, s.unreachable(), "unreachable");
        RunCard.append(text, s.skipped(), "skipped");
        RunCard.append(text, s.rescued(), "rescued");
        RunCard.append(text, s.ignored(), "ignored");
        return text.toString();
    }
}
