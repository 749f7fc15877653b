package dev.playcall.cli.words;

import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.domain.Truncate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands by what they are about, one line each, those first that are used most. */
public final class CommandList {
    private static final String OPERATIONS = "Operations of this project, from its playbooks and configuration";
    private static final String START = "Start and check";
    private static final String ACCOUNTS = "Accounts and tokens";
    private static final String KEEP = "Back up and measure";
    private static final String SHELL = "Shell and files";

    /** What only the shell has, by title. Those of the chat are below the titles that their catalogue gives them. */
    private static final Map<String, List<String>> OF_SHELL = Map.of(
            START, List.of("demo", "serve", "console", "init", "doctor"),
            ACCOUNTS, List.of("user", "token"),
            KEEP, List.of("backup", "restore", "migrate", "export", "bench"),
            SHELL, List.of("completion", "manifest", "schema", "routes", "help"));

    private CommandList() {}

    /** Names by title; {@code all} are those of the command line. */
    static Map<String, List<String>> groups(List<String> all) {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put(START, OF_SHELL.getOrDefault(START, List.of()));
        var fixed = CommandCatalogue.fixed().stream().map(CommandEntry::name).toList();
        var shell = OF_SHELL.values().stream().flatMap(List::stream).toList();
        groups.put(
                OPERATIONS,
                all.stream()
                        .filter(n -> !fixed.contains(n) && !shell.contains(n) && !n.equals("run"))
                        .toList());
        for (var family : CommandCatalogue.families()) {
            var names = new ArrayList<String>(groups.size() == 2 ? List.of("run") : List.of());
            family.entries().stream()
                    .map(CommandEntry::name)
                    .filter(n -> !n.equals("help"))
                    .forEach(names::add);
            groups.put(family.title(), List.copyOf(names));
        }
        List.of(ACCOUNTS, KEEP, SHELL).forEach(t -> groups.put(t, OF_SHELL.getOrDefault(t, List.of())));
        return groups;
    }

    /** Shows this list in the help of all. */
    public static void showIn(CommandLine cli, int width) {
        var sections = cli.getCommandSpec().usageMessage().sectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "\n");
        sections.put(
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                help -> text(
                        cli,
                        width,
                        t -> help.colorScheme().text("@|bold " + t + "|@").toString()));
    }

    private static String text(CommandLine cli, int width, UnaryOperator<String> heading) {
        var shown = new LinkedHashMap<String, CommandSpec>();
        cli.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                shown.put(name, command.getCommandSpec());
            }
        });
        int column = shown.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        return groups(List.copyOf(shown.keySet())).entrySet().stream()
                .filter(g -> g.getValue().stream().anyMatch(shown::containsKey))
                .map(g -> heading.apply(g.getKey()) + "\n"
                        + g.getValue().stream()
                                .filter(shown::containsKey)
                                .map(n -> line(n, Objects.requireNonNull(shown.get(n)), column, width))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String name, CommandSpec command, int column, int width) {
        var usage = command.usageMessage();
        var about = Stream.of(usage.header(), usage.description())
                .filter(t -> t.length > 0)
                .map(t -> t[0].replace("%%", "%"))
                .findFirst()
                .orElse("");
        return Truncate.of("  " + name + " ".repeat(column - name.length()) + about, width)
                        .stripTrailing() + "\n";
    }
}
