package dev.playcall.chat.card;

import dev.playcall.journal.QueueForecast.Forecast.Estimate;
import dev.playcall.journal.node.LostContact;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of a run that has not ended.
 *
 * @param waiting its place in the queue, empty when it is not in it
 * @param expected how long it takes, empty when that is not known
 * @param versionStep {@code v1.1.0 → v1.0.0 (downgrade)}, empty when it changes no version that is live
 * @param lostContact when it is only known as it was
 * @param approvers who may approve it, as people know them; empty when it awaits no approval
 */
record RunOutlook(
        Optional<QueueWait> waiting,
        Optional<Estimate> expected,
        Optional<String> versionStep,
        Optional<LostContact> lostContact,
        List<String> approvers) {
    static final RunOutlook NONE =
            new RunOutlook(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    RunOutlook {
        approvers = List.copyOf(approvers);
    }
}
