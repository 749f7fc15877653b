package dev.playcall.chat.discord;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.command.CommandOption.Written;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of a catalogue by the names that they and their options have on Discord. Pure. */
final class DiscordCommands {
    /** Every command that is not named after an operation stands under this one. */
    static final String ALL = "playcall";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int MOST_OPTIONS = 25;

    private DiscordCommands() {}

    static boolean isPossible(CommandEntry entry) {
        return NAME.matcher(name(entry)).matches() && !name(entry).equals(ALL);
    }

    static String name(CommandEntry entry) {
        return entry.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The options by the names they have on Discord: required ones first, at most 25. What has no possible name, or a
     * name that is taken, is said with {@code vars}.
     */
    static Map<String, CommandOption> shown(CommandEntry entry) {
        var byName = new LinkedHashMap<String, CommandOption>();
        var ordered = Stream.concat(
                entry.options().stream().filter(CommandOption::required),
                entry.options().stream().filter(o -> !o.required()));
        ordered.forEach(o -> {
            var name = o.name().toLowerCase(Locale.ROOT);
            if (NAME.matcher(name).matches()) {
                byName.putIfAbsent(name, o);
            }
        });
        var variables = byName.entrySet().stream()
                .filter(e -> e.getValue().written() == Written.EQUALS)
                .map(Map.Entry::getKey)
                .toList();
        for (int i = variables.size() - 1; i >= 0 && byName.size() > MOST_OPTIONS; i--) {
            byName.remove(variables.get(i));
        }
        return byName;
    }

    /** The entry of a command by its name on Discord. */
    static Optional<CommandEntry> find(Collection<CommandEntry> entries, String command) {
        return entries.stream().filter(e -> name(e).equals(command)).findFirst();
    }

    /** The catalogue's own name of an option. */
    static Optional<String> option(CommandEntry entry, String name) {
        return Optional.ofNullable(shown(entry).get(name)).map(CommandOption::name);
    }

    /** The words that say the same as these options. */
    static List<String> words(CommandEntry entry, Map<String, String> given) {
        var shown = shown(entry);
        var values = new HashMap<String, String>();
        given.forEach((name, value) -> {
            var option = shown.get(name);
            if (option != null) {
                values.put(option.name(), value);
            }
        });
        return entry.words(values);
    }
}
