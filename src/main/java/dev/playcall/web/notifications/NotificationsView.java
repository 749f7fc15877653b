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
        OpenAlerts open,
        Mutes mutes,
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

    /**
     * What is open, the newest first.
     *
     * @param total how many are open, of which these are the newest
     */
    public record OpenAlerts(List<AlertLine> all, long total) {
        public OpenAlerts {
            all = List.copyOf(all);
        }
    }

    /** One of them; {@code age} says how long it has been open, {@code owner} who takes care of it. */
    public record AlertLine(long id, String severity, String title, String age, String owner) {}

    /**
     * What is muted.
     *
     * @param mayMute whether it can be changed here
     * @param wrong what was wrong with what was asked for, empty when nothing
     * @param done what came of it, empty when nothing was asked for
     */
    public record Mutes(List<MuteLine> all, boolean mayMute, String wrong, String done) {
        public Mutes {
            all = List.copyOf(all);
        }
    }

    /** One of them; {@code left} says how long it holds. */
    public record MuteLine(long id, String what, String by, String reason, String left, int hidden) {}
}
