package dev.playcall.web.pages;

import java.util.List;

/**
 * One alert in a list.
 *
 * @param tone one of those of {@code style.css}: bad, wait, none
 * @param where environment and host as far as it names them, may be empty
 * @param age since it opened; {@code since} is that time exactly
 * @param times how often it was reported
 * @param owner who acknowledged it, empty when nobody did
 * @param run number of the run that it is about, 0 when it is about none
 * @param resolved when it was resolved, empty while it is open
 * @param actions what can be done about it, each with the reason when this user may not
 */
public record AlertRow(
        long id,
        String severity,
        String tone,
        String title,
        String text,
        String where,
        String age,
        String since,
        int times,
        String owner,
        long run,
        String resolved,
        List<ActionForm> actions) {
    public AlertRow {
        actions = List.copyOf(actions);
    }
}
