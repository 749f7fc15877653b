package dev.playcall.web.pages;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param user who is logged in, empty when nobody is
 * @param proof what a form has to bring back
 * @param inside whether pages and their news may be seen
 * @param alerts how many are open that this user sees
 * @param flash what came of the form that was sent before, empty when none was; {@code tone} is {@code bad} when nothing was done
 */
public record PageFrame(
        String user, String proof, boolean inside, List<StatusDot> playbooks, long alerts, String flash, String tone) {
    /** Nobody has come in yet. */
    public static final PageFrame OUTSIDE = new PageFrame("", "", false, List.of(), 0, "", "");
    /** Nobody has to say who they are. */
    public static final PageFrame OPEN = new PageFrame("", "", true, List.of(), 0, "", "");

    public PageFrame {
        playbooks = List.copyOf(playbooks);
    }

    /** The same with something to say. */
    public PageFrame saying(String text, String how) {
        return new PageFrame(user, proof, inside, playbooks, alerts, text, how);
    }

    /**
     * A playbook beside the pages, with how its last run stands.
     *
     * @param word what the colour means, for those who do not see it
     */
    public record StatusDot(String name, String tone, String word, String link) {}
}
