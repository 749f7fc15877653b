package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.LockCommand;
import dev.playcall.config.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code lock} and {@code unlock}. */
final class LockCommandParser {
    private LockCommandParser() {}

    static CommandParser.Parsed parse(CommandEntry entry, List<String> rest) {
        if (rest.isEmpty()) {
            return wrong("which environment?", entry);
        }
        var remaining = CommandParser.words(entry.name(), rest);
        if (entry.name().equals("unlock")) {
            return rest.size() > 1
                    ? wrong("unlock takes only an environment.", entry)
                    : new CommandParser.Parsed.Execute(new LockCommand.Unlock(rest.getFirst()), remaining, true);
        }
        return lock(entry, rest, remaining);
    }

    private static CommandParser.Parsed lock(CommandEntry entry, List<String> rest, List<String> remaining) {
        var reason = new ArrayList<String>();
        Optional<Duration> time = Optional.empty();
        for (int i = 1; i < rest.size(); i++) {
            var word = rest.get(i);
            boolean spelledOut = word.startsWith("--for=");
            if (!spelledOut && !word.equals("--for")) {
                reason.add(word);
                continue;
            }
            var text = spelledOut ? word.substring("--for=".length()) : i + 1 < rest.size() ? rest.get(++i) : "";
            time = Quantities.positiveDuration(text);
            if (time.isEmpty()) {
                return wrong(Quantities.notADuration(UntrustedText.line(text, 20)) + ".", entry);
            }
        }
        return new CommandParser.Parsed.Execute(
                new LockCommand.Lock(rest.getFirst(), String.join(" ", reason), time), remaining, true);
    }

    private static CommandParser.Parsed wrong(String what, CommandEntry entry) {
        return new CommandParser.Parsed.Invalid(
                what + " " + entry.synopsis() + ", as in " + entry.examples().getFirst());
    }
}
