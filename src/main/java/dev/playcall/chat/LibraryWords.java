package dev.playcall.chat;

import dev.playcall.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands behind {@code sync}. */
final class LibraryWords {
    static final Set<String> NAMES = Set.of("sync");

    private LibraryWords() {}

    static Grammar.Parsed parse(CommandEntry entry, List<String> rest) {
        var said = new ArrayList<>(rest);
        said.addFirst(entry.name());
        boolean now = rest.equals(List.of("now"));
        return rest.isEmpty() || now
                ? new Grammar.Parsed.Deed(new Command.Sync(now), said, true)
                : new Grammar.Parsed.Wrong(
                        "sync takes no words but now (also while runs work): where from is in git: of the configuration");
    }
}
