package dev.playcall.web.pages;

import java.util.List;

/** What a task changed in the same way on these hosts; each line with {@code add}, {@code del}, {@code at} or nothing. */
public record DiffRow(String task, String hosts, List<Line> lines) {
    public DiffRow {
        lines = List.copyOf(lines);
    }

    public record Line(String tone, String text) {}
}
