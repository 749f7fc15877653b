package dev.playcall.web.pages;

import java.util.List;

/**
 * What was told to whom.
 *
 * @param states how many deliveries there are of each
 * @param spared receivers that do not answer
 */
public record NotificationsView(
        List<Line> deliveries, List<Chip> states, List<String> spared, String older, boolean mayRepeat) {
    public NotificationsView {
        deliveries = List.copyOf(deliveries);
        states = List.copyOf(states);
        spared = List.copyOf(spared);
    }

    /** One message to one receiver. */
    public record Line(
            long id,
            String receiver,
            String summary,
            String state,
            String tone,
            String age,
            String when,
            int tries,
            String reason,
            boolean repeatable) {}
}
