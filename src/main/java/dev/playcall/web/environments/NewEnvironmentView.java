package dev.playcall.web.environments;

import java.util.List;

/**
 * The form for a new environment.
 *
 * @param hosts as they were written, one a line
 * @param known environments that can be copied
 * @param field of the form that {@code wrong} is about, {@code form} for none; both empty when nothing is wrong
 * @param elsewhere why nobody makes one here, empty where they are made here
 */
record NewEnvironmentView(
        String name, String copyFrom, String hosts, List<String> known, String field, String wrong, String elsewhere) {
    public NewEnvironmentView {
        known = List.copyOf(known);
    }

    /** What is wrong with this field. */
    public String at(String other) {
        return field.equals(other) ? wrong : "";
    }
}
