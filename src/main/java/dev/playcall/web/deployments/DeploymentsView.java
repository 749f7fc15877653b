package dev.playcall.web.deployments;

import java.util.List;

/**
 * The list of deployments.
 *
 * @param state the state that is filtered by, empty for all
 * @param older address of the next page, {@code newer} of the one before; empty at the ends
 * @param total how many there are on all pages
 * @param playbooks of which a deployment can be made
 */
record DeploymentsView(
        List<Row> rows,
        List<String> states,
        String state,
        String search,
        String older,
        String newer,
        int total,
        List<Choice> playbooks) {
    DeploymentsView {
        rows = List.copyOf(rows);
        states = List.copyOf(states);
        playbooks = List.copyOf(playbooks);
    }

    boolean isFiltered() {
        return !state.isEmpty() || !search.isEmpty();
    }

    /** A playbook by its name and what people call it. */
    record Choice(String name, String title) {}

    /** One deployment; {@code rolledBack} is empty when it was not. */
    record Row(
            long id,
            String name,
            String description,
            String playbook,
            String tone,
            String state,
            String rolledBack,
            int total,
            int success,
            int failed,
            String rate,
            String duration,
            String age,
            String when) {}
}
