package dev.playcall.chat;

import dev.playcall.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands behind {@code sync} and {@code galaxy}. */
final class LibraryWords {
    static final Set<String> NAMES = Set.of("sync", "galaxy");

    private LibraryWords() {}

    static Grammar.Parsed parse(CommandEntry entry, List<String> rest) {
        var said = new ArrayList<>(rest);
        said.addFirst(entry.name());
        var command = entry.name().equals("sync") ? sync(rest) : galaxy(rest);
        return command.isPresent()
                ? new Grammar.Parsed.Deed(command.get(), said, true)
                : new Grammar.Parsed.Wrong(entry.synopsis() + " is what there is: " + entry.help());
    }

    private static Optional<Command> sync(List<String> rest) {
        boolean now = rest.equals(List.of("now"));
        return rest.isEmpty() || now ? Optional.of(new Command.Sync(now)) : Optional.empty();
    }

    private static Optional<Command> galaxy(List<String> rest) {
        boolean install = rest.equals(List.of("install"));
        return rest.isEmpty() || install ? Optional.of(new Command.Provide(install)) : Optional.empty();
    }
}
