package dev.playcall.web.inventory;

import java.util.List;

/** The page for everybody. */
record PublicView(String tone, String headline, String at, List<PublicRow> rows) {
    public PublicView {
        rows = List.copyOf(rows);
    }

    static String alertOpen(int alerts) {
        return alerts == 1 ? "critical alert open" : alerts + " critical alerts open";
    }
}
