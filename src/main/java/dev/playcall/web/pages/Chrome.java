package dev.playcall.web.pages;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param user who is logged in, empty when nobody is
 * @param proof what a form has to bring back
 * @param inside whether pages and their news may be seen
 * @param said what came of the form that was sent before, empty when none was; {@code tone} is {@code bad} when nothing was done
 */
public record Chrome(String user, String proof, boolean inside, List<Dot> playbooks, String said, String tone) {
    /** Nobody has come in yet. */
    public static final Chrome OUTSIDE = new Chrome("", "", false, List.of(), "", "");
    /** Nobody has to say who they are. */
    public static final Chrome OPEN = new Chrome("", "", true, List.of(), "", "");

    public Chrome {
        playbooks = List.copyOf(playbooks);
    }

    /** The same with something to say. */
    public Chrome saying(String text, String how) {
        return new Chrome(user, proof, inside, playbooks, text, how);
    }
}
