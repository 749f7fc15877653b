package dev.playcall.cli.words;

import dev.playcall.cli.reference.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What stands at the end of the help of a command: how it is typed, and the page of the manual. */
public final class HelpFooter {
    private static final String COMMANDS = "docs/commands.md";
    private static final String COMMAND_LINE = "docs/reference/command-line.md";

    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("adhoc", "docs/adhoc.md"),
            Map.entry("alerts", "docs/notifications.md"),
            Map.entry("ack", "docs/notifications.md"),
            Map.entry("mute", "docs/notifications.md"),
            Map.entry("notify", "docs/notifications.md"),
            Map.entry("routes", "docs/notifications.md"),
            Map.entry("deliveries", "docs/notifications.md"),
            Map.entry("runs", "docs/history.md"),
            Map.entry("export", "docs/history.md"),
            Map.entry("stats", "docs/history.md"),
            Map.entry("inventory", "docs/inventory.md"),
            Map.entry("host", "docs/library.md"),
            Map.entry("group", "docs/library.md"),
            Map.entry("env", "docs/library.md"),
            Map.entry("playbook", "docs/library.md"),
            Map.entry("secret", "docs/secrets.md"),
            Map.entry("venv", "docs/venv.md"),
            Map.entry("user", "docs/accounts.md"),
            Map.entry("token", "docs/accounts.md"),
            Map.entry("audit", "docs/access.md"),
            Map.entry("whoami", "docs/access.md"),
            Map.entry("init", "docs/start-with-your-repository.md"),
            Map.entry("serve", "docs/install.md"),
            Map.entry("demo", "docs/tour.md"),
            Map.entry("doctor", "docs/install.md"),
            Map.entry("backup", "docs/upgrade.md"),
            Map.entry("restore", "docs/upgrade.md"),
            Map.entry("bench", "docs/performance.md"),
            Map.entry("manifest", "docs/slack.md"));

    private HelpFooter() {}

    /** The page about a command of this name. */
    public static String page(String command) {
        return PAGES.getOrDefault(command, COMMANDS);
    }

    /** Sees to it that a command says how it is typed, and where more about it is written. */
    public static void complete(CommandSpec command) {
        var usage = command.usageMessage();
        var lines = new ArrayList<>(List.of(usage.footer()));
        if (command.parent() == null) {
            lines.addAll(List.of("", "Exit codes: " + ExitCode.sentence(), "Manual: docs/index.md"));
        } else if (lines.stream().noneMatch(l -> l.startsWith("Manual: "))) {
            if (lines.stream().noneMatch(l -> l.startsWith("Example"))) {
                lines.addAll(List.of("", "Example:", "  " + typed(command)));
            }
            lines.addAll(List.of("", "Manual: " + PAGES.getOrDefault(family(command), COMMAND_LINE)));
        }
        usage.footer(lines.toArray(String[]::new));
    }

    private static String family(CommandSpec command) {
        var parent = command.parent();
        return parent == null || parent.parent() == null ? command.name() : family(parent);
    }

    private static String typed(CommandSpec command) {
        var names = command.subcommands().isEmpty()
                ? Stream.<String>empty()
                : Stream.of(command.subcommands().keySet().iterator().next());
        var words = command.positionalParameters().stream()
                .filter(p -> p.arity().min() > 0)
                .map(p -> p.paramLabel());
        return Stream.of(Stream.of(command.qualifiedName(" ")), names, words)
                .flatMap(s -> s)
                .collect(Collectors.joining(" "));
    }

    /** @param examples what is typed after {@code playcall} */
    static String[] of(List<String> examples, String command) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(examples.size() == 1 ? "Example:" : "Examples:");
        examples.forEach(e -> lines.add("  playcall " + e));
        lines.add("");
        lines.add("Manual: " + page(command));
        return lines.toArray(String[]::new);
    }
}
