package dev.playcall.notify.template;

/** Text for a page. */
final class Html {
    private Html() {}

    /** Nothing in it means anything to a browser, between tags and in quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("`", "&#96;");
    }
}
