package dev.playcall.web.inventory;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How everything stands in a line or two, each part of it leading to what it is about.
 *
 * @param tone good, busy or bad
 */
record OperationsHeadline(String tone, List<Part> parts, List<Part> details) {
    OperationsHeadline {
        parts = List.copyOf(parts);
        details = List.copyOf(details);
    }

    /** @param link where more is said of it, empty for nowhere */
    public record Part(String text, String link) {}

    /** @param bad how many servers are failing */
    static OperationsHeadline of(long alerts, int bad, List<Run> running, List<Run> waiting) {
        var trouble = Stream.of(
                        part(alerts, alerts == 1 ? "open alert" : "open alerts", "/alerts"),
                        part(bad, bad == 1 ? "server failing" : "servers failing", "#environments"))
                .flatMap(List::stream)
                .toList();
        var work = work(running, waiting);
        var idle = List.of(new Part("Queue is empty.", ""));
        if (!trouble.isEmpty()) {
            return new OperationsHeadline("bad", trouble, work.isEmpty() ? idle : work);
        }
        return work.isEmpty()
                ? new OperationsHeadline("good", List.of(new Part("Nothing failing, nothing running", "")), idle)
                : new OperationsHeadline("busy", work, List.of());
    }

    private static List<Part> work(List<Run> running, List<Run> waiting) {
        long approval = waiting.stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .count();
        return Stream.of(
                        part(running.size(), "running", "#active"),
                        part(waiting.size() - approval, "queued", "/queue"),
                        part(approval, "awaiting approval", "/runs?status=awaiting_approval"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Part> part(long n, String what, String link) {
        return n == 0 ? List.of() : List.of(new Part(n + " " + what, link));
    }

    /** Without links, as for the title of the page. */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(", "));
    }
}
