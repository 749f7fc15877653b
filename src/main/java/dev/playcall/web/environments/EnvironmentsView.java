package dev.playcall.web.environments;

import java.util.List;

/**
 * The environments that this visitor may see.
 *
 * @param broken those whose policy has mistakes
 * @param archived names of those out of use; empty for who may not restore them
 * @param mayChange whether this visitor may make and restore environments here
 * @param elsewhere why nobody changes them here, empty where they are changed here
 */
record EnvironmentsView(
        List<Row> environments,
        List<Broken> broken,
        List<String> archived,
        boolean mayChange,
        String elsewhere,
        List<String> problems) {
    public EnvironmentsView {
        environments = List.copyOf(environments);
        broken = List.copyOf(broken);
        archived = List.copyOf(archived);
        problems = List.copyOf(problems);
    }

    /** @param problem the first mistake, with its place */
    public record Broken(String name, String problem) {}

    /** @param policies how many approval policies its own file has */
    public record Row(String name, int hosts, String groups, int policies, boolean isProtected) {}
}
