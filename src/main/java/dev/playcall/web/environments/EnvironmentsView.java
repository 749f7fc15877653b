package dev.playcall.web.environments;

import java.util.List;

/**
 * The environments that this visitor may see.
 *
 * @param archived names of those out of use; empty for who may not restore them
 * @param mayChange whether this visitor may make and restore environments here
 * @param elsewhere why nobody changes them here, empty where they are changed here
 */
record EnvironmentsView(
        List<Row> environments, List<String> archived, boolean mayChange, String elsewhere, List<String> problems) {
    public EnvironmentsView {
        environments = List.copyOf(environments);
        archived = List.copyOf(archived);
        problems = List.copyOf(problems);
    }

    /** @param policies how many approval policies its own file has */
    public record Row(String name, int hosts, String groups, int policies, boolean isProtected) {}
}
