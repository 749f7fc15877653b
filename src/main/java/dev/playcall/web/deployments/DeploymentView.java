package dev.playcall.web.deployments;

import dev.playcall.web.pages.ActionForm;
import java.util.List;

/**
 * One deployment with its waves and a page of its servers.
 *
 * @param facts what there is to know besides, a line each
 * @param chips how many servers stand how, each a filter
 * @param older address of the next page of servers, {@code newer} of the one before; empty at the ends
 */
record DeploymentView(
        DeploymentsView.Row row,
        String who,
        String reason,
        List<String> facts,
        long rollbackRun,
        List<Wave> waves,
        List<Chip> chips,
        List<Server> servers,
        String older,
        String newer,
        List<ActionForm> actions) {
    DeploymentView {
        facts = List.copyOf(facts);
        waves = List.copyOf(waves);
        chips = List.copyOf(chips);
        servers = List.copyOf(servers);
        actions = List.copyOf(actions);
    }

    /** One wave. */
    record Wave(int number, long run, String tone, String state, int hosts, String took, String note) {}

    /** One state of servers with their number. */
    record Chip(String label, String link, boolean chosen) {}

    /** One server. */
    record Server(
            String name,
            int wave,
            long run,
            String tone,
            String state,
            String changed,
            String from,
            String to,
            String error) {}
}
