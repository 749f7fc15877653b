package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.PlaybookCommand;
import java.util.List;

/** Reads what stands behind {@code playbook}: {@code show deploy}, {@code delete deploy deploy}. */
final class PlaybookCommandParser {
    private PlaybookCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        var remaining = CommandParser.words(entry.name(), rest);
        var action = rest.isEmpty() ? "" : rest.getFirst();
        var name = rest.size() > 1 ? rest.get(1) : "";
        var more = rest.size() > 2 ? rest.get(2) : "";
        if (name.isEmpty() || rest.size() > 3) {
            return wrong(entry);
        }
        return switch (action) {
            case "show" -> more.isEmpty() ? new CommandParser.Parsed.Query("playbook", List.of(name)) : wrong(entry);
            case "restore" ->
                new CommandParser.Parsed.Execute(new PlaybookCommand.RestorePlaybook(name, more), remaining, true);
            case "delete" ->
                more.equals(name)
                        ? new CommandParser.Parsed.Execute(
                                new PlaybookCommand.DeletePlaybook(name, java.util.Optional.empty()), remaining, true)
                        : unconfirmed(name);
            default -> wrong(entry);
        };
    }

    private static CommandParser.Parsed unconfirmed(String name) {
        return new CommandParser.Parsed.Invalid(
                "this deletes the playbook. To confirm, repeat its name: playbook delete "
                        + UntrustedText.line(name + " " + name, 140));
    }

    private static CommandParser.Parsed wrong(CommandEntry entry) {
        return new CommandParser.Parsed.Invalid("use playbook show, restore or delete with a name. For example: "
                + String.join(", or ", entry.examples()) + "; to write one: ./playcall playbook write, or the API");
    }
}
