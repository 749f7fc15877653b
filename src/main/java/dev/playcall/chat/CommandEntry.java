package dev.playcall.chat;

import java.util.List;

/**
 * One command of the catalogue; the text grammar, the help and every platform's registration are made from it.
 *
 * @param usage what follows the name, {@code <env> [version=…]}
 * @param help one line
 * @param kind what it does
 * @param examples texts that can be typed as they are
 */
public record CommandEntry(String name, String usage, String help, Kind kind, List<String> examples) {
    public CommandEntry {
        examples = List.copyOf(examples);
    }

    /** Whether a command changes anything. */
    public enum Kind {
        /** Starts a run. */
        RUN,
        /** Changes something about a run. */
        DEED,
        /** Only reads. */
        QUESTION
    }

    /** Name and what follows it. */
    public String synopsis() {
        return usage.isEmpty() ? name : name + " " + usage;
    }
}
