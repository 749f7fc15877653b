package dev.playcall.web.audit;

import java.util.List;
import java.util.Map;

/**
 * The audit log.
 *
 * @param filter the filters as they stand in the address
 * @param export where all that fits the filter is had; {@code csv} or {@code json} is to be added
 * @param older address of the next page, empty at the end
 */
record AuditView(
        List<AuditRow> entries,
        Map<String, String> filter,
        List<String> decisions,
        String older,
        String export,
        String wrong) {
    public AuditView {
        entries = List.copyOf(entries);
        filter = Map.copyOf(filter);
        decisions = List.copyOf(decisions);
    }

    /** What is filtered by this name, empty when nothing is. */
    public String of(String name) {
        return filter.getOrDefault(name, "");
    }
}
