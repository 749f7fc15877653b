package dev.playcall.chat.command;

import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.RegisterHost.Mode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code host register production web-9 address=10.0.0.9 user=deploy key=prod tags=web,canary rack=12}. */
final class RegisteredHostCommandParser {
    static final Set<String> ACTIONS = Set.of("register", "change", "unregister");

    private RegisteredHostCommandParser() {}

    /** Empty when that is not how it is said. */
    static Optional<CommandParser.Parsed> parse(List<String> rest) {
        var environment = rest.get(1);
        var host = rest.get(2);
        var remaining = CommandParser.words("host", rest);
        if (rest.getFirst().equals("unregister")) {
            return rest.size() == 3
                    ? Optional.of(new CommandParser.Parsed.Execute(
                            new HostCommand.UnregisterHost(environment, host), remaining, true))
                    : Optional.empty();
        }
        Map<String, Object> values = new HashMap<>();
        for (var word : rest.subList(3, rest.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        var command = new HostCommand.RegisterHost(
                environment,
                host,
                rest.getFirst().equals("register") ? Mode.CREATE : Mode.CHANGE,
                taken(values, "address"),
                taken(values, "port"),
                taken(values, "user"),
                taken(values, "key"),
                taken(values, "tags").map(RegisteredHostCommandParser::tags),
                values);
        return Optional.of(new CommandParser.Parsed.Execute(command, remaining, true));
    }

    private static Optional<String> taken(Map<String, Object> values, String name) {
        return Optional.ofNullable(values.remove(name)).map(Object::toString);
    }

    private static List<String> tags(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .toList();
    }
}
