package dev.playcall.web.server;

import java.util.List;

/**
 * The question whether somebody is sure.
 *
 * @param path where the form goes when they are, with these fields
 * @param reason what a reason is asked for with, empty where none is wanted
 * @param back where they came from
 */
record ConfirmationView(String question, String path, List<Field> fields, String reason, String back) {
    public ConfirmationView {
        fields = List.copyOf(fields);
    }

    /** What the form had. */
    public record Field(String name, String value) {}
}
