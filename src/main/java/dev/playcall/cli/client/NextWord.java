package dev.playcall.cli.client;

import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.domain.Truncate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that may follow in a line of chat.
 *
 * @param value the whole last word; empty when anything may be typed, and the label says what
 */
public record NextWord(String value, String label) {
    private static final int WIDEST = 30;

    /** One line each in the width of the terminal; all commands below the titles of their families. */
    public static String list(List<NextWord> all, int width) {
        if (all.isEmpty()) {
            return "No suggestions.";
        }
        int column = Math.min(
                WIDEST, all.stream().mapToInt(s -> s.value().length()).max().orElse(0));
        var fixed = names(CommandCatalogue.fixed());
        boolean commands = all.stream().map(NextWord::value).toList().containsAll(fixed);
        if (!commands) {
            return part(all, _ -> true, column, width);
        }
        var families = CommandCatalogue.families().stream()
                .map(f -> f.title() + "\n" + part(all, names(f.entries())::contains, column, width));
        var operations = "Operations\n" + part(all, v -> !fixed.contains(v), column, width);
        return Stream.concat(Stream.of(operations), families).collect(Collectors.joining("\n\n"));
    }

    private static List<String> names(List<CommandEntry> entries) {
        return entries.stream().map(CommandEntry::name).toList();
    }

    private static String part(List<NextWord> all, Predicate<String> in, int column, int width) {
        return all.stream()
                .filter(s -> in.test(s.value()))
                .map(s -> s.line(column, width))
                .collect(Collectors.joining("\n"));
    }

    private String line(int column, int width) {
        var name = value.isEmpty() ? "" : value + " ".repeat(Math.max(0, column - value.length()) + 2);
        var about = label.equals(value) ? "" : Truncate.line(label);
        return Truncate.of("  " + name + about, width).stripTrailing();
    }
}
