package dev.playcall.web.pages;

/**
 * What stands around every page.
 *
 * @param user who is logged in, empty when nobody is
 * @param proof what a form has to bring back
 * @param inside whether pages and their news may be seen
 */
public record Chrome(String user, String proof, boolean inside) {
    /** Nobody has come in yet. */
    public static final Chrome OUTSIDE = new Chrome("", "", false);
    /** Nobody has to say who they are. */
    public static final Chrome OPEN = new Chrome("", "", true);
}
