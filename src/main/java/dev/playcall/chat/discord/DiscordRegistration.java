package dev.playcall.chat.discord;

import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandCatalogue.Family;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.UntrustedText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandGroupData;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * What is registered on a Discord server: one command for each operation and {@code /playcall} for everything else, so
 * that no name is taken that another bot is likely to have. JDA checks names, lengths and counts; it does not know the
 * limit of 8000 characters for a command, which is kept here. Pure.
 */
final class DiscordRegistration {
    /** What is wanted most often, directly below {@code /playcall}; the rest stands in the group of its family. */
    private static final Set<String> DIRECT = Set.of(
            "help",
            "whoami",
            "status",
            "versions",
            "queue",
            "runs",
            "show",
            "logs",
            "hosts",
            "alerts",
            "play",
            "check",
            "retry",
            "rerun",
            "cancel",
            "approve",
            "reject");

    private static final int MOST_COMMANDS = 100;
    /** A command may have 8000 characters with everything in it. */
    private static final int MOST_CHARACTERS = 7800;

    private static final List<Size> SIZES = Stream.concat(
                    IntStream.of(100, 60, 40, 25, 0).mapToObj(help -> new Size(help, CommandData.MAX_OPTIONS)),
                    IntStream.iterate(CommandData.MAX_OPTIONS - 1, most -> most >= 0, most -> most - 1)
                            .mapToObj(most -> new Size(0, most)))
            .toList();

    private DiscordRegistration() {}

    /**
     * @param help how long the help of an option may be; 0 for its name only
     * @param options how many options a command may have, beside the required ones
     */
    private record Size(int help, int options) {}

    /** The commands for one server. */
    static DataArray of(Collection<CommandEntry> entries) {
        var fixed = CommandCatalogue.fixed();
        var operations = entries.stream().filter(e -> !fixed.contains(e)).toList();
        return of(operations, CommandCatalogue.families());
    }

    static DataArray of(List<CommandEntry> operations, List<Family> families) {
        var names = new HashSet<String>();
        var all = DataArray.empty().add(fitting(size -> everything(families, size)));
        operations.stream()
                .filter(DiscordCommands::isPossible)
                .filter(e -> names.add(DiscordCommands.name(e)))
                .limit(MOST_COMMANDS - 1)
                .map(e -> fitting(size -> operation(e, size)))
                .forEach(all::add);
        return all;
    }

    /** With as much help as fits; when its names alone are too much, with fewer options. */
    private static DataObject fitting(Function<Size, SlashCommandData> command) {
        return SIZES.stream()
                .map(s -> plain(command.apply(s).toData()))
                .filter(c -> length(c) <= MOST_CHARACTERS)
                .findFirst()
                .orElseGet(() -> plain(command.apply(SIZES.getLast()).toData()));
    }

    /** Without what JDA writes and Discord does not define: contexts of a server's command, completion of a check box. */
    private static DataObject plain(DataObject command) {
        command.remove("contexts").remove("integration_types");
        if (command.getInt("type", 1) != OptionType.STRING.getKey()) {
            command.remove("autocomplete");
        }
        command.optArray("options")
                .ifPresent(a -> a.stream(DataArray::getObject).forEach(DiscordRegistration::plain));
        return command;
    }

    /** Whoever may change the server sees it; others are let in by the server's settings. */
    private static SlashCommandData operation(CommandEntry entry, Size size) {
        return Commands.slash(DiscordCommands.name(entry), about(entry))
                .setDefaultPermissions(DefaultMemberPermissions.enabledFor(Permission.MANAGE_SERVER))
                .addOptions(options(entry, size));
    }

    private static SlashCommandData everything(List<Family> families, Size size) {
        return Commands.slash(DiscordCommands.ALL, "Playcall: status, runs, approvals, alerts and everything else")
                .addSubcommands(families.stream()
                        .flatMap(f -> f.entries().stream())
                        .filter(DiscordRegistration::isDirect)
                        .map(e -> subcommand(e, size))
                        .toList())
                .addSubcommandGroups(families.stream().map(f -> group(f, size)).toList());
    }

    private static boolean isDirect(CommandEntry entry) {
        return DIRECT.contains(entry.name());
    }

    private static SubcommandGroupData group(Family family, Size size) {
        return new SubcommandGroupData(family.name(), family.title())
                .addSubcommands(family.entries().stream()
                        .filter(e -> !isDirect(e))
                        .map(e -> subcommand(e, size))
                        .toList());
    }

    private static SubcommandData subcommand(CommandEntry entry, Size size) {
        return new SubcommandData(DiscordCommands.name(entry), about(entry)).addOptions(options(entry, size));
    }

    private static String about(CommandEntry entry) {
        return text(entry.help(), entry.name(), CommandData.MAX_DESCRIPTION_LENGTH);
    }

    private static List<OptionData> options(CommandEntry entry, Size size) {
        var shown = DiscordCommands.shown(entry).values();
        var optional = shown.stream().filter(o -> !o.required()).limit(size.options());
        return Stream.concat(shown.stream().filter(CommandOption::required), optional)
                .map(o -> option(o, size.help()))
                .toList();
    }

    private static OptionData option(CommandOption option, int help) {
        var about = text(help == 0 ? "" : option.help(), option.name(), Math.max(1, help));
        var name = option.name().toLowerCase(Locale.ROOT);
        return new OptionData(type(option), name, about, option.required(), isCompleted(option));
    }

    private static OptionType type(CommandOption option) {
        return switch (option.type()) {
            case FLAG -> OptionType.BOOLEAN;
            case NUMBER -> OptionType.INTEGER;
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
                    TEMPLATE,
                    VERSION,
                    STATE,
                    TOPIC,
                    TEXT,
                    VARIABLES -> OptionType.STRING;
        };
    }

    /** A text may have suggestions too, which depend on what was typed. */
    private static boolean isCompleted(CommandOption option) {
        return option.type().isChosen() || option.type() == CommandOption.Type.TEXT;
    }

    private static String text(String help, String name, int longest) {
        var line = UntrustedText.line(help, longest);
        return line.isEmpty() ? name.toLowerCase(Locale.ROOT) : line;
    }

    /** Names, descriptions and nothing else count. */
    private static int length(DataObject command) {
        int own = command.getString("name", "").length()
                + command.getString("description", "").length();
        return own
                + command.optArray("options").stream()
                        .flatMap(a -> a.stream(DataArray::getObject))
                        .mapToInt(DiscordRegistration::length)
                        .sum();
    }

    /** The same text for two registrations that mean the same, whatever Discord added to one of them. */
    static String canonical(DataArray commands) {
        return commands.stream(DataArray::getObject)
                .map(DiscordRegistration::canonical)
                .sorted()
                .toList()
                .toString();
    }

    private static String canonical(DataObject command) {
        var options = command.optArray("options").stream()
                .flatMap(a -> a.stream(DataArray::getObject))
                .map(DiscordRegistration::canonical)
                .toList();
        return command.getInt("type", 1) + "|" + command.getString("name", "") + "|"
                + command.getString("description", "") + "|" + command.getBoolean("required", false) + "|"
                + command.getBoolean("autocomplete", false) + "|"
                + command.getString("default_member_permissions", "") + options;
    }
}
