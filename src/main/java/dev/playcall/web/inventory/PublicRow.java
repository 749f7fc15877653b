package dev.playcall.web.inventory;

import java.util.List;

/**
 * One environment of the page for everybody.
 *
 * @param alerts critical ones that are open and name no server
 * @param deployed when something was deployed last, empty when nobody knows
 * @param hosts none where they are only counted
 */
record PublicRow(
        String name,
        String word,
        String tone,
        int total,
        int ok,
        int problem,
        int working,
        int alerts,
        String deployed,
        List<PublicHost> hosts) {
    public PublicRow {
        hosts = List.copyOf(hosts);
    }

    /** How it is: {@code failing}, or what else is wrong. */
    public String label() {
        return alerts > 0 && problem == 0 ? PublicView.alertOpen(alerts) : label(word);
    }

    /** What the page writes for a status of {@code /public.json}. */
    public static String label(String status) {
        return switch (status) {
            case "ok" -> "healthy";
            case "trouble" -> "failing";
            case "working" -> "in progress";
            default -> status;
        };
    }
}
