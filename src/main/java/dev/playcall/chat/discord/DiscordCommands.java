package dev.playcall.chat.discord;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.command.CommandOption.Written;
import dev.playcall.chat.message.UntrustedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The slash commands that stand for a catalogue: as Discord wants them registered, and back to words. Pure. */
final class DiscordCommands {
    static final String ALL = "playcall";
    private static final Set<String> QUESTIONS = Set.of("status", "queue", "runs", "show", "logs");
    /** What those look for who do not know their way; however many commands there are. */
    private static final Set<String> ALWAYS = Set.of("help", "whoami");

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int MOST_OPTIONS = 25;
    private static final int MOST_COMMANDS = 100;
    /** A command may have 8000 characters with everything in it. */
    private static final int MOST_CHARACTERS = 7800;
    /** Whoever may change the server sees the commands that change something; others are let in by its settings. */
    private static final String MANAGE_SERVER = "32";

    private static final int SUBCOMMAND = 1;
    private static final int STRING = 3;
    private static final int INTEGER = 4;
    private static final int BOOLEAN = 5;

    private DiscordCommands() {}

    /** What is registered for one server. */
    static DataArray registration(List<CommandEntry> entries) {
        var usable = entries.stream()
                .filter(e -> NAME.matcher(name(e)).matches() && !name(e).equals(ALL))
                .toList();
        var all = DataArray.empty();
        var everything = everything(usable);
        all.add(everything);
        var inside = everything.getArray("options").stream(DataArray::getObject)
                .map(o -> o.getString("name"))
                .collect(Collectors.toSet());
        var names = new HashSet<String>();
        usable.stream()
                .filter(e -> isTopLevel(e) || !inside.contains(name(e)))
                .filter(e -> names.add(name(e)))
                .limit(MOST_COMMANDS - 1)
                .map(e -> fitting(e, e.kind() != Kind.QUERY))
                .forEach(all::add);
        return all;
    }

    private static boolean isTopLevel(CommandEntry entry) {
        return switch (entry.kind()) {
            case RUN, ACTION -> true;
            case QUERY -> QUESTIONS.contains(entry.name());
            case CHANNEL, PERSON, SECRET, SCHEDULE, HOLD -> false;
        };
    }

    private static String name(CommandEntry entry) {
        return entry.name().toLowerCase(Locale.ROOT);
    }

    private static DataObject fitting(CommandEntry entry, boolean hidden) {
        DataObject command = DataObject.empty();
        for (int help : new int[] {100, 40, 0}) {
            command = command(entry, help).put("type", 1);
            if (size(command) <= MOST_CHARACTERS) {
                break;
            }
        }
        return hidden ? command.put("default_member_permissions", MANAGE_SERVER) : command;
    }

    /** Everything under one name. What does not fit is left out from the end, where what also has a name of its own is. */
    private static DataObject everything(List<CommandEntry> entries) {
        var ordered = mostWanted(entries);
        for (int help : new int[] {100, 40, 0}) {
            var command = everything(ordered, help);
            if (size(command) <= MOST_CHARACTERS) {
                return command;
            }
        }
        var fewer = new ArrayList<>(ordered);
        while (size(everything(fewer, 0)) > MOST_CHARACTERS) {
            fewer.removeLast();
        }
        return everything(fewer, 0);
    }

    private static List<CommandEntry> mostWanted(List<CommandEntry> entries) {
        var names = new HashSet<String>();
        return entries.stream()
                .sorted(Comparator.comparing(DiscordCommands::isTopLevel)
                        .thenComparing(e -> !ALWAYS.contains(name(e)))
                        .thenComparing(e -> e.kind() != Kind.RUN))
                .filter(e -> names.add(name(e)))
                .limit(MOST_OPTIONS)
                .toList();
    }

    private static DataObject everything(List<CommandEntry> entries, int help) {
        var options = DataArray.empty();
        entries.forEach(e -> options.add(command(e, help).put("type", SUBCOMMAND)));
        return DataObject.empty()
                .put("type", 1)
                .put("name", ALL)
                .put("description", "list all commands")
                .put("options", options);
    }

    /** @param help how long the help of an option may be; 0 for its name only */
    private static DataObject command(CommandEntry entry, int help) {
        var options = DataArray.empty();
        shown(entry).values().forEach(o -> options.add(option(o, help)));
        return DataObject.empty()
                .put("name", name(entry))
                .put("description", text(entry.help(), entry.name(), 100))
                .put("options", options);
    }

    /**
     * The options by the names they have on Discord: required ones first, at most 25. What has no possible name, or a
     * name that is taken, is said with {@code vars}.
     */
    private static Map<String, CommandOption> shown(CommandEntry entry) {
        var byName = new java.util.LinkedHashMap<String, CommandOption>();
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

    private static DataObject option(CommandOption option, int help) {
        var json = DataObject.empty()
                .put("type", type(option))
                .put("name", option.name().toLowerCase(Locale.ROOT))
                .put("description", text(help == 0 ? "" : option.help(), option.name(), Math.max(1, help)))
                .put("required", option.required());
        return type(option) == STRING ? json.put("autocomplete", isCompleted(option)) : json;
    }

    private static int type(CommandOption option) {
        return switch (option.type()) {
            case FLAG -> BOOLEAN;
            case NUMBER -> INTEGER;
            case ENVIRONMENT,
                    ENVIRONMENTS,
                    PLAYBOOK,
                    MODULE,
                    OPERATION,
                    COMMAND,
                    RUN,
                    HOSTS,
                    HOST,
                    TAGS,
                    VERSION,
                    STATE,
                    TOPIC,
                    TEXT,
                    VARIABLES -> STRING;
        };
    }

    private static boolean isCompleted(CommandOption option) {
        return switch (option.type()) {
            case TAGS, VARIABLES, NUMBER, FLAG -> false;
            case ENVIRONMENT,
                    ENVIRONMENTS,
                    PLAYBOOK,
                    MODULE,
                    OPERATION,
                    COMMAND,
                    RUN,
                    HOSTS,
                    HOST,
                    VERSION,
                    STATE,
                    TOPIC,
                    TEXT -> true;
        };
    }

    private static String text(String help, String name, int longest) {
        var line = UntrustedText.line(help, longest);
        return line.isEmpty() ? name.toLowerCase(Locale.ROOT) : line;
    }

    /** Names, descriptions and nothing else count. */
    private static int size(DataObject command) {
        int own = command.getString("name", "").length()
                + command.getString("description", "").length();
        return own
                + command.optArray("options").stream()
                        .flatMap(a -> a.stream(DataArray::getObject))
                        .mapToInt(DiscordCommands::size)
                        .sum();
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

    /** The same text for two registrations that mean the same, whatever Discord added to one of them. */
    static String canonical(DataArray commands) {
        return commands.stream(DataArray::getObject)
                .map(DiscordCommands::canonical)
                .sorted()
                .toList()
                .toString();
    }

    private static String canonical(DataObject command) {
        var options = command.optArray("options").stream()
                .flatMap(a -> a.stream(DataArray::getObject))
                .map(DiscordCommands::canonical)
                .toList();
        return command.getInt("type", 1) + "|" + command.getString("name", "") + "|"
                + command.getString("description", "") + "|" + command.getBoolean("required", false) + "|"
                + command.getBoolean("autocomplete", false) + "|"
                + command.getString("default_member_permissions", "") + options;
    }
}
