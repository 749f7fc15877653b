package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.EnvironmentCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code env}: {@code create staging web-1=10.0.0.1 --copy-from production}. */
final class EnvironmentCommandParser {
    private static final String COPY_FROM = "--copy-from";

    private EnvironmentCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        var said = CommandParser.words(entry.name(), rest);
        var action = rest.isEmpty() ? "list" : rest.getFirst();
        var more = rest.isEmpty() ? List.<String>of() : rest.subList(1, rest.size());
        if (action.equals("list") && more.isEmpty()) {
            return new CommandParser.Parsed.Query(entry.name(), List.of());
        }
        if (more.isEmpty()) {
            return wrong(entry);
        }
        var name = more.getFirst();
        var others = more.subList(1, more.size());
        Optional<EnvironmentCommand> command = switch (action) {
            case "create" -> create(name, others);
            case "rename" ->
                others.size() == 1
                        ? Optional.of(new EnvironmentCommand.RenameEnvironment(name, others.getFirst()))
                        : Optional.empty();
            case "restore" ->
                others.isEmpty() ? Optional.of(new EnvironmentCommand.RestoreEnvironment(name)) : Optional.empty();
            default -> Optional.empty();
        };
        if (command.isPresent()) {
            return new CommandParser.Parsed.Execute(command.get(), said, true);
        }
        return switch (action) {
            case "policy" ->
                others.isEmpty() ? new CommandParser.Parsed.Query(entry.name(), List.of(name)) : wrong(entry);
            case "archive" -> archive(entry, name, others, said);
            default -> wrong(entry);
        };
    }

    private static CommandParser.Parsed archive(
            CommandEntry entry, String name, List<String> others, List<String> said) {
        if (others.equals(List.of(name))) {
            return new CommandParser.Parsed.Execute(new EnvironmentCommand.ArchiveEnvironment(name), said, true);
        }
        return others.isEmpty()
                ? new CommandParser.Parsed.Invalid(
                        "this takes the environment out of use. To confirm, repeat its name: " + "env archive "
                                + UntrustedText.line(name + " " + name, 140))
                : wrong(entry);
    }

    private static Optional<EnvironmentCommand> create(String name, List<String> words) {
        Optional<String> from = Optional.empty();
        var hosts = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.startsWith(COPY_FROM + "=")) {
                from = Optional.of(word.substring(COPY_FROM.length() + 1));
            } else if (word.equals(COPY_FROM) && i + 1 < words.size()) {
                i++;
                from = Optional.of(words.get(i));
            } else if (word.startsWith("--")) {
                return Optional.empty();
            } else {
                hosts.add(word);
            }
        }
        return Optional.of(new EnvironmentCommand.CreateEnvironment(name, from, hosts));
    }

    private static CommandParser.Parsed wrong(CommandEntry entry) {
        return new CommandParser.Parsed.Invalid("env list, create, rename, archive, restore or policy. For example: "
                + String.join("; ", entry.examples()));
    }
}
