package dev.playcall.web.pages;

import java.util.List;

/** What can be run; {@code mayWrite} says whether this visitor may make another one. */
public record PlaybooksView(List<PlaybookRow> playbooks, List<String> problems, boolean mayWrite) {
    public PlaybooksView {
        playbooks = List.copyOf(playbooks);
        problems = List.copyOf(problems);
    }

    /** One playbook. */
    public record PlaybookRow(
            String name,
            String title,
            String description,
            List<String> operations,
            boolean dangerous,
            List<String> variables,
            Dot dot,
            Act start) {
        public PlaybookRow {
            operations = List.copyOf(operations);
            variables = List.copyOf(variables);
        }
    }
}
