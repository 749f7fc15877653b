package dev.playcall.web.pages;

import java.util.Map;

/**
 * Something that can be done from a page.
 *
 * @param body what is posted to start it at once; empty when {@code link} leads to a form first
 * @param fields of the form that does the same where there is no script
 * @param batch whether {@code body} starts a batch, not one run
 * @param denied why this user may not, empty when they may
 */
public record ActionButton(
        String label, String body, Map<String, String> fields, String link, String denied, boolean batch) {
    public ActionButton {
        fields = Map.copyOf(fields);
    }

    /** One that leads to a form. */
    public ActionButton(String label, String link, String denied) {
        this(label, "", Map.of(), link, denied, false);
    }
}
