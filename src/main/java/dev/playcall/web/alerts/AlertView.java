package dev.playcall.web.alerts;

import dev.playcall.web.pages.AlertRow;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.RunRow;
import java.util.List;

/**
 * One alert and its history.
 *
 * @param scopes what a silence about it may cover, as the command takes it
 * @param denied why this user may not silence or resolve it, empty when they may
 * @param silences what silences it now, a line each
 * @param notes what happened to it meanwhile, the oldest first
 * @param runs those that were started about it, and the one it is about
 * @param earlier other times at which the same was open
 */
record AlertView(
        AlertRow row,
        String opened,
        List<Fact> facts,
        List<Scope> scopes,
        String denied,
        List<String> silences,
        List<String> notes,
        List<RunRow> runs,
        List<AlertRow> earlier) {
    AlertView {
        facts = List.copyOf(facts);
        scopes = List.copyOf(scopes);
        silences = List.copyOf(silences);
        notes = List.copyOf(notes);
        runs = List.copyOf(runs);
        earlier = List.copyOf(earlier);
    }

    /** What a silence may cover: as the command takes it, and as people read it. */
    public record Scope(String what, String label) {}
}
