package dev.playcall.web.pages;

import java.util.List;

/** The first page: how everything stands. */
public record OperationsView(
        String tone,
        String headline,
        String detail,
        List<RunRow> active,
        List<EnvironmentTable> environments,
        List<RunRow> recent,
        List<String> problems,
        String example) {
    public OperationsView {
        active = List.copyOf(active);
        environments = List.copyOf(environments);
        recent = List.copyOf(recent);
        problems = List.copyOf(problems);
    }
}
