package dev.playcall.web.playbooks;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.PageFrame.StatusDot;
import java.util.List;
import java.util.Optional;

/**
 * One playbook with what stands in its files.
 *
 * @param problems what is wrong with it, so that it is not offered
 * @param operations that run it
 * @param description what its {@code .meta.yml} says, empty when there is none
 * @param tag of what is shown, to be sent back with what changes it
 * @param mayChange whether this user may change it here
 * @param elsewhere why nobody does, empty where it is changed here
 */
record PlaybookView(
        String name,
        String title,
        String about,
        List<String> problems,
        List<String> operations,
        List<Variable> variables,
        List<Template> templates,
        StatusDot dot,
        ActionButton start,
        Optional<ActionButton> schedule,
        List<PlaybooksView.Scheduled> scheduled,
        String text,
        String description,
        String tag,
        List<Version> versions,
        boolean mayChange,
        String elsewhere) {
    public PlaybookView {
        problems = List.copyOf(problems);
        operations = List.copyOf(operations);
        variables = List.copyOf(variables);
        templates = List.copyOf(templates);
        versions = List.copyOf(versions);
    }

    /** What can be given to it; {@code how} says what it may be. */
    public record Variable(String name, String how, String about) {}

    /** Values that a start takes together, each as {@code name=value}. */
    public record Template(String name, List<String> values) {
        public Template {
            values = List.copyOf(values);
        }
    }

    /** What it was until then. */
    public record Version(String id, String until, String age) {}
}
