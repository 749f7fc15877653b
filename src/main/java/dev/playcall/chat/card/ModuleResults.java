package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.HostResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a module without a playbook gave on its hosts; hosts with the same result are named together. */
final class ModuleResults {
    private static final int MOST = 5;
    private static final int MOST_HOSTS = 10;
    private static final int LONGEST = 600;

    private ModuleResults() {}

    /** Empty when no host gave anything but success. */
    static List<Block> of(List<HostResult> hosts) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        hosts.stream()
                .filter(h -> !h.outcome().isBad())
                .forEach(h -> h.message()
                        .ifPresent(m -> groups.computeIfAbsent(m, _ -> new ArrayList<>())
                                .add(h.host())));
        var blocks = new ArrayList<Block>();
        groups.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .limit(MOST)
                .forEach(g -> {
                    blocks.add(new Block.Line(names(g.getValue())));
                    blocks.add(new Block.Code(UntrustedText.cut(UntrustedText.clean(g.getKey()), LONGEST)));
                });
        if (groups.size() > MOST) {
            blocks.add(new Block.Line("and " + (groups.size() - MOST) + " other results, see the log"));
        }
        return blocks;
    }

    private static String names(List<String> hosts) {
        var shown = String.join(", ", hosts.stream().limit(MOST_HOSTS).toList());
        var more = hosts.size() > MOST_HOSTS ? " and " + (hosts.size() - MOST_HOSTS) + " more" : "";
        return UntrustedText.line(shown + more, 300) + ":";
    }
}
