package dev.playcall.web.pages;

import java.util.List;

/**
 * The form that starts a run.
 *
 * @param denied why this visitor may not start it, empty when they may
 * @param targets groups and hosts that a limit can name
 * @param reached the hosts it would run on, cut; {@code count} counts all
 * @param wrong what is wrong with the limit, empty when nothing is
 */
public record StartView(
        String operation,
        String playbook,
        String title,
        String description,
        boolean dangerous,
        String environment,
        List<Chip> environments,
        List<Field> fields,
        boolean check,
        boolean checkable,
        String limit,
        List<String> targets,
        List<String> reached,
        int count,
        String wrong,
        String denied) {
    public StartView {
        environments = List.copyOf(environments);
        fields = List.copyOf(fields);
        targets = List.copyOf(targets);
        reached = List.copyOf(reached);
    }
}
