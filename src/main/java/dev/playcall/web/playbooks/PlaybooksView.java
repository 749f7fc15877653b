package dev.playcall.web.playbooks;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.PageFrame.StatusDot;
import java.util.List;

/**
 * What can be run.
 *
 * @param mayWrite whether this user may make another one here
 * @param elsewhere why nobody does, empty where they are made here
 */
record PlaybooksView(List<PlaybookRow> playbooks, List<String> problems, boolean mayWrite, String elsewhere) {
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
            StatusDot dot,
            ActionButton start,
            ActionButton schedule,
            List<Scheduled> scheduled) {
        public PlaybookRow {
            operations = List.copyOf(operations);
            variables = List.copyOf(variables);
            scheduled = List.copyOf(scheduled);
        }
    }

    /**
     * A schedule that runs it.
     *
     * @param what its name, or what it runs where it has none
     * @param next when it comes next, or that it is paused
     */
    public record Scheduled(long id, String what, String words, String next) {}
}
