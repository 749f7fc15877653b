package dev.playcall.boot.reference;

import java.util.Map;

/** What events mean, for the manual. */
final class EventMeanings {
    static final Map<String, String> OF_RUNS = Map.ofEntries(
            Map.entry("requested", "somebody requested the run; its first event"),
            Map.entry("approved", "one person approved it"),
            Map.entry("rejected", "one person rejected it, with the reason"),
            Map.entry("outlined", "more is known of what it would do: the result of a preview"),
            Map.entry("voided", "its approvals are void, with the reason"),
            Map.entry("stopped", "the batch that it belongs to ended before it started"),
            Map.entry("expired", "nobody approved it in time"),
            Map.entry("started", "a gateway took it from the queue"),
            Map.entry("adopted", "another gateway watches it since a restart"),
            Map.entry("prepared", "commit, collections and versions that it begins with are known"),
            Map.entry("cancel_requested", "somebody cancelled it"),
            Map.entry("paused", "its processes are paused"),
            Map.entry("resumed", "its processes continue"),
            Map.entry("finished", "it ended, with the result; its last event"));

    static final Map<String, String> NOTIFIED = Map.ofEntries(
            Map.entry("run.queued", "a run was requested and is queued"),
            Map.entry("run.awaiting_approval", "a run was requested and needs approval"),
            Map.entry("run.started", "a run started"),
            Map.entry("run.success", "a run succeeded; resolves the failure of the same playbook in the environment"),
            Map.entry("run.failed", "a run failed"),
            Map.entry("run.timed_out", "a run took longer than its timeout"),
            Map.entry("run.interrupted", "the result of a run is unknown, since its supervisor ended"),
            Map.entry("run.cancelled", "a run was cancelled"),
            Map.entry("run.rejected", "a run was rejected, or its approvals became void"),
            Map.entry("run.expired", "nobody approved a run in time"),
            Map.entry("alert.resolved_by_hand", "somebody resolved an alert by hand"),
            Map.entry("receiver.failed", "a receiver has accepted nothing for `notify.give_up_after`"),
            Map.entry("receiver.message_failed", "single messages failed while their receiver accepts others"),
            Map.entry("git.synced", "an automatic sync changed something"),
            Map.entry("git.failed", "the remote cannot be fetched, or can be fetched again"),
            Map.entry("playcall.event_left_out", "an event could not be processed and was skipped"));

    private EventMeanings() {}
}
