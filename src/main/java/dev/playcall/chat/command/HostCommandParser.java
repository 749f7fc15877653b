package dev.playcall.chat.command;

import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.HostChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what stands behind {@code host}: {@code add production web-9 group=web ansible_host=10.0.0.9}. */
final class HostCommandParser {
    private static final String GROUP_USE =
            "group add|remove <env> <group>, rename <env> <group> <name>, set <env> <group> key=value or"
                    + " unset <env> <group> key.";

    private HostCommandParser() {}

    /** {@code group add production canary}. */
    static CommandParser.Parsed ofGroup(CommandEntry entry, List<String> rest) {
        var remaining = CommandParser.words(entry.name(), rest);
        var words = rest.size() < 3 ? List.of("") : rest;
        var variables = rest.size() < 3
                ? Optional.<HostChange>empty()
                : variables(rest.getFirst(), VariableOwner.group(rest.get(2)), rest.subList(3, rest.size()));
        Optional<HostChange> change = variables.isPresent()
                ? variables
                : switch (words.getFirst() + words.size()) {
                    case "add3" -> Optional.of(new HostChange.AddGroup(rest.get(2)));
                    case "remove3" -> Optional.of(new HostChange.RemoveGroup(rest.get(2)));
                    case "rename4" -> Optional.of(new HostChange.RenameGroup(rest.get(2), rest.get(3)));
                    default -> Optional.empty();
                };
        return change.<CommandParser.Parsed>map(c ->
                        new CommandParser.Parsed.Execute(new HostCommand.EditHosts(rest.get(1), c), remaining, true))
                .orElseGet(() -> wrong(GROUP_USE, entry));
    }

    /** {@code set production web-9 http_port=8080}, {@code unset production web-9 http_port}. */
    private static Optional<HostChange> variables(String action, VariableOwner owner, List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return switch (action) {
            case "set" ->
                words.stream().allMatch(w -> w.indexOf('=') > 0)
                        ? Optional.of(new HostChange.ChangeVariables(owner, values(words), new TreeSet<>()))
                        : Optional.empty();
            case "unset" -> Optional.of(new HostChange.ChangeVariables(owner, new TreeMap<>(), new TreeSet<>(words)));
            default -> Optional.empty();
        };
    }

    private static SortedMap<String, Object> values(List<String> words) {
        var values = new TreeMap<String, Object>();
        words.forEach(word -> values.put(
                word.substring(0, word.indexOf('=')), JsonValue.read(word.substring(word.indexOf('=') + 1))));
        return values;
    }

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        if (rest.size() == 2 && rest.getFirst().equals("registered")) {
            return new CommandParser.Parsed.Query("host", rest);
        }
        if (rest.size() < 3) {
            return wrong("which action, environment and host?", entry);
        }
        if (RegisteredHostCommandParser.ACTIONS.contains(rest.getFirst())) {
            return RegisteredHostCommandParser.parse(rest)
                    .orElseGet(() -> wrong("host register <env> <host> key=value …", entry));
        }
        var remaining = CommandParser.words(entry.name(), rest);
        var host = rest.get(2);
        var more = rest.subList(3, rest.size());
        Optional<HostChange> change = switch (rest.getFirst()) {
            case "add" -> add(host, more);
            case "set", "unset" -> variables(rest.getFirst(), VariableOwner.host(host), more);
            case "remove" -> more.isEmpty() ? Optional.of(new HostChange.Remove(host)) : Optional.empty();
            case "tag" -> more.size() == 1 ? Optional.of(new HostChange.Tag(host, more.getFirst())) : Optional.empty();
            case "untag" ->
                more.size() == 1 ? Optional.of(new HostChange.Untag(host, more.getFirst())) : Optional.empty();
            default -> Optional.empty();
        };
        return change.<CommandParser.Parsed>map(c ->
                        new CommandParser.Parsed.Execute(new HostCommand.EditHosts(rest.get(1), c), remaining, true))
                .orElseGet(() -> wrong(
                        "host add|remove|tag|untag|set|unset|register|change|unregister|registered is what there is.",
                        entry));
    }

    private static Optional<HostChange> add(String host, List<String> words) {
        Map<String, String> variables = new HashMap<>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            variables.put(word.substring(0, equals), word.substring(equals + 1));
        }
        var group = Optional.ofNullable(variables.remove("group")).orElse("all");
        return Optional.of(new HostChange.Add(host, group, variables));
    }

    private static CommandParser.Parsed wrong(String what, CommandEntry entry) {
        return new CommandParser.Parsed.Invalid(what + " For example: " + String.join(", or ", entry.examples()));
    }
}
