package dev.playcall.content.git;

/** Addresses that count from another one, as {@code .gitmodules} may have them. */
final class RelativeUrl {
    private RelativeUrl() {}

    /** @param base address of the repository that says it */
    static String url(String base, String url) {
        if (!url.startsWith("./") && !url.startsWith("../")) {
            return url;
        }
        var from = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        var rest = url;
        while (true) {
            if (rest.startsWith("./")) {
                rest = rest.substring(2);
            } else if (rest.startsWith("../")) {
                rest = rest.substring(3);
                int end = Math.max(from.lastIndexOf('/'), from.lastIndexOf(':'));
                // Of host:path the colon stays.
                from = end < 0 ? "" : from.charAt(end) == ':' ? from.substring(0, end + 1) : from.substring(0, end);
            } else {
                return from.isEmpty() || from.endsWith(":") ? from + rest : from + "/" + rest;
            }
        }
    }
}
