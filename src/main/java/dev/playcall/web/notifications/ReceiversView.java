package dev.playcall.web.notifications;

import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.Chip;
import java.util.List;
import java.util.Map;

/**
 * Receivers and routes with where they come from.
 *
 * @param problems what was stored and is not used, and why, a line each
 * @param denied why this user may not change anything here, empty when they may
 */
record ReceiversView(
        List<ReceiverLine> receivers,
        List<RouteLine> routes,
        List<String> problems,
        String denied,
        Add add,
        Build build) {
    ReceiversView {
        receivers = List.copyOf(receivers);
        routes = List.copyOf(routes);
        problems = List.copyOf(problems);
    }

    /**
     * One receiver.
     *
     * @param source {@code file}, or who added it and when
     * @param last the latest delivery and what came back, empty when nothing was sent yet
     * @param tone the state of that delivery as a colour
     * @param acts what can be done to it
     */
    public record ReceiverLine(
            String name,
            String kind,
            String target,
            String source,
            String routes,
            String last,
            String tone,
            List<ActionForm> acts) {
        public ReceiverLine {
            acts = List.copyOf(acts);
        }
    }

    /** One route; {@code acts} is empty for those of the file. */
    public record RouteLine(
            String name,
            String match,
            String receivers,
            String goOn,
            String groupBy,
            String source,
            List<ActionForm> acts) {
        public RouteLine {
            acts = List.copyOf(acts);
        }
    }

    /**
     * The form of a new receiver.
     *
     * @param typed what was filled in, without secrets
     * @param wrong what is wrong with it, empty when nothing
     */
    public record Add(ReceiverForm kind, List<Chip> kinds, String name, Map<String, String> typed, String wrong) {
        public Add {
            kinds = List.copyOf(kinds);
            typed = Map.copyOf(typed);
        }
    }

    /** The form of a new route; {@code wrong} says what is wrong with it, empty when nothing. */
    public record Build(RouteForm form, String wrong) {}
}
