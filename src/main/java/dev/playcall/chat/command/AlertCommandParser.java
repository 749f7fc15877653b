package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.Command;
import dev.playcall.config.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands behind the commands about alerts and messages. */
final class AlertCommandParser {
    static final Set<String> COMMANDS = Set.of("ack", "act", "resolve", "mute", "unmute", "notify", "redeliver");

    private static final Set<String> CHANNELS = Set.of("slack", "discord");

    private AlertCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        if (rest.isEmpty()) {
            return wrong("what?", entry);
        }
        var remaining = CommandParser.words(entry.name(), rest);
        return switch (entry.name()) {
            case "mute" -> mute(entry, rest, remaining);
            case "ack" -> {
                var numbers = rest.stream()
                        .flatMap(w -> java.util.Arrays.stream(w.split(",", -1)))
                        .filter(w -> !w.isBlank())
                        .map(CommandWords::number)
                        .toList();
                yield numbers.isEmpty() || numbers.stream().anyMatch(Optional::isEmpty)
                        ? wrong("which alert?", entry)
                        : execute(
                                new AlertCommand.Acknowledge(numbers.stream()
                                        .flatMap(Optional::stream)
                                        .toList()),
                                remaining);
            }
            case "resolve" ->
                CommandWords.number(rest.getFirst())
                        .map(n -> execute(
                                new AlertCommand.Resolve(n, String.join(" ", rest.subList(1, rest.size()))), remaining))
                        .orElseGet(() -> wrong("which alert?", entry));
            case "notify" ->
                notifies(rest)
                        .map(c -> execute(c, remaining))
                        .orElseGet(() -> wrong("what about which receiver or route?", entry));
            case "redeliver" ->
                rest.equals(List.of("all", "dead"))
                        ? execute(new AlertCommand.Redeliver(Optional.empty()), remaining)
                        : one(entry, rest, remaining, n -> new AlertCommand.Redeliver(Optional.of(n)));
            case "unmute" -> one(entry, rest, remaining, AlertCommand.Unmute::new);
            default -> one(entry, rest, remaining, AlertCommand.RunAction::new);
        };
    }

    /** What is secret of a receiver has no place in a chat, so only channels are added here. */
    private static Optional<Command> notifies(List<String> rest) {
        var what = rest.size() > 1 ? rest.get(1) : "";
        return switch (rest.getFirst()) {
            case "test" ->
                Optional.<Command>of(new AlertCommand.SendTest(rest.getLast())).filter(_ -> rest.size() == 2);
            case "receivers" ->
                Optional.<Command>of(new ReceiverCommand.ShowReceivers()).filter(_ -> rest.size() == 1);
            case "routes" ->
                Optional.<Command>of(new ReceiverCommand.ShowRoutes()).filter(_ -> rest.size() == 1);
            case "add" ->
                switch (what) {
                    case "receiver" ->
                        rest.size() == 5 && CHANNELS.contains(rest.get(3))
                                ? Optional.of(
                                        new ReceiverCommand.PutReceiver(rest.get(2), Map.of(rest.get(3), rest.get(4))))
                                : Optional.empty();
                    case "route" -> rest.size() > 2 ? Optional.of(route(rest)) : Optional.empty();
                    default -> Optional.empty();
                };
            case "remove" ->
                rest.size() != 3
                        ? Optional.empty()
                        : what.equals("receiver")
                                ? Optional.of(new ReceiverCommand.RemoveReceiver(rest.get(2)))
                                : CommandWords.number(rest.get(2).replaceFirst("^page\\.", ""))
                                        .filter(_ -> what.equals("route"))
                                        .map(ReceiverCommand.RemoveRoute::new);
            default -> Optional.empty();
        };
    }

    /** {@code add route ops environment=production severity>=error}; without {@code --stop} other routes are tried as well. */
    private static ReceiverCommand.AddRoute route(List<String> rest) {
        var match = rest.subList(3, rest.size()).stream()
                .filter(w -> !w.equals("--stop"))
                .toList();
        return new ReceiverCommand.AddRoute(
                Map.of("receivers", List.of(rest.get(2)), "match", match, "continue", !rest.contains("--stop")));
    }

    private interface OfNumber {
        Command of(long number);
    }

    private static CommandParser.Parsed one(
            CommandEntry entry, List<String> rest, List<String> remaining, OfNumber command) {
        var number = CommandWords.number(rest.getFirst());
        return number.isEmpty() || rest.size() > 1
                ? wrong("which one?", entry)
                : execute(command.of(number.get()), remaining);
    }

    private static CommandParser.Parsed mute(CommandEntry entry, List<String> rest, List<String> remaining) {
        var words = new ArrayList<String>();
        Optional<Duration> time = Optional.empty();
        for (int i = 0; i < rest.size(); i++) {
            var word = rest.get(i);
            boolean spelledOut = word.startsWith("--for=");
            if (!spelledOut && !word.equals("--for")) {
                words.add(word);
                continue;
            }
            var text = spelledOut ? word.substring("--for=".length()) : i + 1 < rest.size() ? rest.get(++i) : "";
            time = Quantities.positiveDuration(text);
            if (time.isEmpty()) {
                return wrong(Quantities.notADuration(UntrustedText.line(text, 20)) + ".", entry);
            }
        }
        return words.isEmpty() ? wrong("what?", entry) : execute(new AlertCommand.Mute(words, time), remaining);
    }

    private static CommandParser.Parsed execute(Command command, List<String> remaining) {
        return new CommandParser.Parsed.Execute(command, remaining, true);
    }

    private static CommandParser.Parsed wrong(String what, CommandEntry entry) {
        return new CommandParser.Parsed.Invalid(
                what + " " + entry.synopsis() + ", as in " + entry.examples().getFirst());
    }
}
