package dev.playcall.web.pages;

import java.util.List;

/** One run. */
public record RunView(
        RunRow row,
        List<Fact> facts,
        List<HostRow> hosts,
        int moreHosts,
        String counts,
        boolean isLive,
        boolean hasLog,
        boolean canApprove,
        boolean canCancel,
        boolean canRetry,
        boolean canRerun) {
    public RunView {
        facts = List.copyOf(facts);
        hosts = List.copyOf(hosts);
    }
}
