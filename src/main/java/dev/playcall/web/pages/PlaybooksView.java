package dev.playcall.web.pages;

import java.util.List;

/** What can be run. */
public record PlaybooksView(List<PlaybookRow> playbooks, List<String> problems) {
    public PlaybooksView {
        playbooks = List.copyOf(playbooks);
        problems = List.copyOf(problems);
    }

    /** One playbook. */
    public record PlaybookRow(
            String name,
            String title,
            String description,
            String operation,
            boolean dangerous,
            List<String> variables,
            Dot dot,
            Act start) {
        public PlaybookRow {
            variables = List.copyOf(variables);
        }
    }
}
