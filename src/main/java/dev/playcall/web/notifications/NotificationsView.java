package dev.playcall.web.notifications;

import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.DeliveryRow;
import java.util.List;

/**
 * What was told to whom.
 *
 * @param states how many deliveries there are of each
 * @param waits what is not sent yet and why, a line each
 */
record NotificationsView(
        List<DeliveryRow> deliveries,
        List<Chip> states,
        List<String> waits,
        String older,
        boolean mayRepeat,
        RouteTrial trial) {
    public NotificationsView {
        waits = List.copyOf(waits);
        deliveries = List.copyOf(deliveries);
        states = List.copyOf(states);
    }

    /**
     * Who would be told of something.
     *
     * @param asked labels as they were written, empty when nothing was asked
     * @param wrong what is wrong with them, empty when nothing
     */
    public record RouteTrial(String asked, String wrong, List<String> receivers, List<String> why) {
        public static final RouteTrial NONE = new RouteTrial("", "", List.of(), List.of());

        public RouteTrial {
            receivers = List.copyOf(receivers);
            why = List.copyOf(why);
        }
    }
}
