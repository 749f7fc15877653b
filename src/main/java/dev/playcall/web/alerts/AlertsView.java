package dev.playcall.web.alerts;

import dev.playcall.web.pages.AlertRow;
import dev.playcall.web.pages.Chip;
import java.util.List;

/**
 * The list of alerts and the silences.
 *
 * @param states open or resolved, as links
 * @param total how many are open, whatever is filtered
 * @param older address of the next page, empty on the last
 * @param maySilence whether silences can be changed here
 */
record AlertsView(
        List<Chip> states,
        AlertFilter filter,
        List<String> environments,
        List<AlertRow> alerts,
        long total,
        String older,
        List<SilenceRow> silences,
        boolean maySilence) {
    AlertsView {
        states = List.copyOf(states);
        environments = List.copyOf(environments);
        alerts = List.copyOf(alerts);
        silences = List.copyOf(silences);
    }

    /**
     * One silence.
     *
     * @param left how long it holds, {@code seconds} the same in seconds; 0 when it has no end
     * @param hidden how many messages it kept back so far
     */
    public record SilenceRow(long id, String what, String by, String reason, String left, long seconds, int hidden) {}
}
