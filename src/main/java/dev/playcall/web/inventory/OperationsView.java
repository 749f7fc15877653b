package dev.playcall.web.inventory;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.RunRow;
import java.util.List;

/**
 * The first page: how everything stands.
 *
 * @param picker which environments are shown; empty when there is only one
 * @param batch what is started in all environments that are shown, {@code places} of them; empty for one
 * @param host part of the names of the servers that are shown, empty for all
 */
record OperationsView(
        String tone,
        String headline,
        String detail,
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
        picker = List.copyOf(picker);
        chosen = List.copyOf(chosen);
        batch = List.copyOf(batch);
        active = List.copyOf(active);
        environments = List.copyOf(environments);
        recent = List.copyOf(recent);
        problems = List.copyOf(problems);
    }
}
