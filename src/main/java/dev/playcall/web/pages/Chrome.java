package dev.playcall.web.pages;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param user who is logged in, empty when nobody is
 * @param proof what a form has to bring back
 * @param inside whether pages and their news may be seen
 */
public record Chrome(String user, String proof, boolean inside, List<Dot> playbooks) {
    /** Nobody has come in yet. */
    public static final Chrome OUTSIDE = new Chrome("", "", false, List.of());
    /** Nobody has to say who they are. */
    public static final Chrome OPEN = new Chrome("", "", true, List.of());

    public Chrome {
        playbooks = List.copyOf(playbooks);
    }
}
