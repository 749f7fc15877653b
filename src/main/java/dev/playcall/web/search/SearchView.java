package dev.playcall.web.search;

import java.util.List;

/** @param text what was looked for, empty when nothing was */
record SearchView(String text, List<Hit> hits) {
    SearchView {
        hits = List.copyOf(hits);
    }

    /** @param kind what it is, as {@code host} */
    public record Hit(String kind, String name, String where, String link) {}
}
