package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.HostResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hosts that failed in the same way are told once: thirty servers without a disk are one message, not thirty. */
final class FailureGroups {
    private static final int MOST = 5;
    private static final int LONGEST = 600;

    private FailureGroups() {}

    static List<Block> of(List<HostResult> hosts) {
        Map<String, List<HostResult>> groups = new LinkedHashMap<>();
        hosts.stream()
                .filter(h -> h.outcome().isBad())
                .forEach(h -> groups.computeIfAbsent(h.errorFingerprint(), _ -> new ArrayList<>())
                        .add(h));
        var blocks = new ArrayList<Block>();
        groups.values().stream()
                .sorted((a, b) -> Integer.compare(b.size(), a.size()))
                .limit(MOST)
                .map(FailureGroups::block)
                .forEach(blocks::add);
        if (groups.size() > MOST) {
            blocks.add(new Block.Line("and " + (groups.size() - MOST) + " other kinds of failure"));
        }
        return blocks;
    }

    private static Block block(List<HostResult> same) {
        var first = same.getFirst();
        return new Block.Failure(
                UntrustedText.line(first.failedTask().orElse("unknown task"), 120),
                same.stream().map(HostResult::host).toList(),
                UntrustedText.cut(
                        UntrustedText.clean(first.message().orElse("no message"))
                                .strip(),
                        LONGEST));
    }
}
