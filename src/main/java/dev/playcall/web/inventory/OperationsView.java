package dev.playcall.web.inventory;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.AlertRow;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.RunRow;
import java.util.List;
import java.util.Optional;

/**
 * The first page: how everything stands.
 *
 * @param alerts the most urgent ones, of {@code openAlerts}
 * @param picker which environments are shown; empty when there is only one
 * @param batch what is started in all environments that are shown, {@code places} of them; empty for one
 * @param host part of the names of the servers that are shown, empty for all
 */
record OperationsView(
        OperationsHeadline headline,
        List<AlertRow> alerts,
        long openAlerts,
        List<LockRow> locks,
        List<Chip> picker,
        List<String> chosen,
        boolean merged,
        String host,
        List<ActionButton> batch,
        int places,
        List<RunRow> active,
        List<EnvironmentTable> environments,
        List<RunRow> recent,
        List<String> problems,
        String example) {
    public OperationsView {
        alerts = List.copyOf(alerts);
        locks = List.copyOf(locks);
        picker = List.copyOf(picker);
        chosen = List.copyOf(chosen);
        batch = List.copyOf(batch);
        active = List.copyOf(active);
        environments = List.copyOf(environments);
        recent = List.copyOf(recent);
        problems = List.copyOf(problems);
    }

    /**
     * A lock or a freeze window of an environment that holds now.
     *
     * @param holder who locked it, empty for a freeze window
     * @param left until it ends, {@code seconds} the same in seconds, {@code until} exactly; empty and 0 when it has no end
     * @param unlock what ends it, empty for a freeze window
     */
    public record LockRow(
            String environment,
            String holder,
            String reason,
            String left,
            long seconds,
            String until,
            Optional<ActionForm> unlock) {}
}
