package dev.playcall.chat.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.RunCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands behind {@code pause}, {@code resume}, {@code drain}, {@code nodes} and {@code reload}. */
final class QueueCommandParser {
    static final Set<String> NAMES = Set.of("pause", "resume", "drain", "nodes", "reload");
    /** What follows {@code nodes}. */
    private static final Set<String> ACTIONS = Set.of("drain", "undrain");

    private QueueCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest, Catalog catalog) {
        var remaining = CommandParser.words(entry.name(), rest);
        if (entry.name().equals("reload")) {
            return rest.isEmpty()
                    ? new CommandParser.Parsed.Execute(new SettingsCommand.Reload(), remaining, true)
                    : new CommandParser.Parsed.Invalid("reload takes no arguments: it reads the whole configuration");
        }
        if (entry.name().equals("nodes")) {
            return rest.isEmpty()
                    ? new CommandParser.Parsed.Query("nodes", rest)
                    : ofNode(rest)
                            .<CommandParser.Parsed>map(c -> new CommandParser.Parsed.Execute(c, remaining, true))
                            .orElseGet(() -> new CommandParser.Parsed.Invalid(wrongNodes(entry, rest.getFirst())));
        }
        if (entry.name().equals("drain")) {
            return new CommandParser.Parsed.Execute(new QueueCommand.Drain(String.join(" ", rest)), remaining, true);
        }
        var what = rest.isEmpty() ? "" : rest.getFirst();
        var run = CommandParser.runId(what).filter(_ -> !isKnown(what, catalog));
        if (run.isPresent()) {
            var why = String.join(" ", rest.subList(1, rest.size()));
            var about = entry.name().equals("pause")
                    ? new RunCommand.PauseRun(run.get(), why)
                    : new RunCommand.ResumeRun(run.get());
            return new CommandParser.Parsed.Execute(about, remaining, true);
        }
        if (entry.name().equals("resume")) {
            return rest.size() > 1
                    ? new CommandParser.Parsed.Invalid(
                            "resume takes one argument: queue, an environment, a playbook or a run")
                    : new CommandParser.Parsed.Execute(new QueueCommand.Resume(what), remaining, true);
        }
        if (rest.size() > 1 && !isKnown(what, catalog)) {
            return new CommandParser.Parsed.Invalid(
                    "there is no environment or playbook \"" + UntrustedText.line(what, 40)
                            + "\"; for everything: pause queue " + UntrustedText.line(String.join(" ", rest), 100));
        }
        var reason = rest.isEmpty() ? "" : String.join(" ", rest.subList(1, rest.size()));
        return new CommandParser.Parsed.Execute(new QueueCommand.Pause(what, reason), remaining, true);
    }

    private static Optional<QueueCommand> ofNode(List<String> rest) {
        return switch (rest.size() < 2 ? "" : rest.getFirst()) {
            case "drain" ->
                Optional.of(new QueueCommand.DrainNode(rest.get(1), String.join(" ", rest.subList(2, rest.size()))));
            case "undrain" ->
                rest.size() == 2 ? Optional.of(new QueueCommand.UndrainNode(rest.get(1))) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String wrongNodes(CommandEntry entry, String action) {
        return Optional.of(action)
                .filter(a -> !ACTIONS.contains(a))
                .flatMap(a -> Suggestion.of(a, ACTIONS))
                .map(near -> "nodes has no action \"" + UntrustedText.line(action, 40) + "\"; did you mean nodes "
                        + near + "?")
                .orElseGet(() -> entry.synopsis() + ", for example: " + String.join(", or ", entry.examples()));
    }

    private static boolean isKnown(String text, Catalog catalog) {
        var name = text.replaceFirst("^(playbook|environment):", "");
        return text.equals("queue")
                || (EnvironmentName.isValid(name)
                        && catalog.environment(new EnvironmentName(name)).isPresent())
                || (PlaybookName.isValid(name)
                        && catalog.playbook(new PlaybookName(name)).isPresent());
    }
}
