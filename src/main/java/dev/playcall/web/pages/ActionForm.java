package dev.playcall.web.pages;

/**
 * What can be done to something, as a form.
 *
 * @param tone {@code first}, {@code danger} or empty
 * @param ask what a script asks before it is done, empty for nothing
 * @param denied why this user may not, empty when they may
 * @param api where a script sends it so that the page stays, empty where it does not
 * @param sure what is asked on a page of its own where no script asks
 * @param reason what a reason is asked for with on that page, empty where none is wanted
 */
public record ActionForm(
        String label, String path, String tone, String ask, String denied, String api, String sure, String reason) {

    public ActionForm(String label, String path, String tone, String ask, String denied) {
        this(label, path, tone, ask, denied, "", ask, "");
    }
}
