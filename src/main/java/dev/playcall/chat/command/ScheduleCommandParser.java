package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Command;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.StartCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what stands behind {@code schedule}. */
final class ScheduleCommandParser {
    private static final String FIELD = "[0-9*,/A-Za-z-]+";
    private static final List<String> OWN = List.of("--tz", "--missed", "--jitter");

    private final CommandEntry entry;
    private final Function<List<String>, CommandParser.Parsed> request;

    /** @param request understands the command that is to be run */
    ScheduleCommandParser(CommandEntry entry, Function<List<String>, CommandParser.Parsed> request) {
        this.entry = entry;
        this.request = request;
    }

    CommandParser.Parsed parse(List<String> rest) {
        if (rest.isEmpty()) {
            return new CommandParser.Parsed.Query("schedule", rest);
        }
        var words = rest.subList(1, rest.size());
        return switch (rest.getFirst()) {
            case "list" -> list(entry, words, List.of());
            case "add" -> add(false, words, rest);
            case "at" -> add(true, words, rest);
            case "pause" -> change(ScheduleCommand.ChangeSchedule.How.PAUSE, words, rest);
            case "resume" -> change(ScheduleCommand.ChangeSchedule.How.RESUME, words, rest);
            case "remove" -> change(ScheduleCommand.ChangeSchedule.How.REMOVE, words, rest);
            case "run" ->
                which(words)
                        .map(n -> execute(new ScheduleCommand.RunSchedule(n), rest))
                        .orElseGet(() -> wrong("the schedule number or name is missing. For example: schedule run 7"));
            default -> wrong("schedule add, at, list, pause, resume, remove or run?");
        };
    }

    /** @param asked how the query says that it is the list */
    static CommandParser.Parsed list(CommandEntry entry, List<String> extra, List<String> asked) {
        return extra.isEmpty()
                ? new CommandParser.Parsed.Query(entry.name(), asked)
                : new CommandParser.Parsed.Invalid(entry.name() + " list does not take \""
                        + UntrustedText.line(extra.getFirst(), 60) + "\": " + entry.name() + " list");
    }

    CommandParser.Parsed change(ScheduleCommand.ChangeSchedule.How how, List<String> words, List<String> all) {
        var word = how.name().toLowerCase(java.util.Locale.ROOT);
        return which(words)
                .map(n -> execute(
                        new ScheduleCommand.ChangeSchedule(n, how, String.join(" ", words.subList(1, words.size()))),
                        all))
                .orElseGet(() -> wrong(
                        "the schedule number or name is missing. For example: " + entry.name() + " " + word + " 7"));
    }

    /** A number may be written as {@code #7}. */
    private static Optional<String> which(List<String> words) {
        return words.stream()
                .findFirst()
                .map(w -> CommandParser.runId(w)
                        .map(r -> Long.toString(r.value()))
                        .orElse(w));
    }

    private CommandParser.Parsed add(boolean once, List<String> words, List<String> all) {
        var left = new ArrayList<>(words);
        Map<String, String> own = new HashMap<>();
        var missing = take(OWN, left, own);
        if (missing.isPresent()) {
            return wrong(missing.get() + " needs a value");
        }
        var time = once ? moment(left) : cron(left, 6);
        if (time.isEmpty() || left.isEmpty()) {
            return wrong(once ? "when, and which operation?" : "which times, and which operation?");
        }
        return switch (request.apply(left)) {
            case CommandParser.Parsed.Execute(var command, var _, var _)
            when command instanceof StartCommand start ->
                execute(
                        new ScheduleCommand.AddSchedule(
                                once,
                                time,
                                own.getOrDefault("--tz", ""),
                                own.getOrDefault("--missed", ""),
                                own.getOrDefault("--jitter", ""),
                                start),
                        all);
            case CommandParser.Parsed.Invalid(var message) -> new CommandParser.Parsed.Invalid(message);
            case CommandParser.Parsed.Execute _,
                    CommandParser.Parsed.Secret _,
                    CommandParser.Parsed.NotifyMe _,
                    CommandParser.Parsed.ChannelCommand _,
                    CommandParser.Parsed.Query _,
                    CommandParser.Parsed.Nothing _ ->
                wrong("\"" + UntrustedText.line(left.getFirst(), 40) + "\" is not an operation");
        };
    }

    /** Takes these options out; returns the one that lacks its value. */
    static Optional<String> take(List<String> names, List<String> words, Map<String, String> into) {
        for (var name : names) {
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).startsWith(name + "=")) {
                    into.put(name, words.remove(i).substring(name.length() + 1));
                } else if (words.get(i).equals(name)) {
                    if (i + 1 >= words.size()) {
                        return Optional.of(name);
                    }
                    words.remove(i);
                    into.put(name, words.remove(i));
                }
            }
        }
        return Optional.empty();
    }

    /** In quotes it is one word; without them five, with what has to follow them {@code least} words. */
    static String cron(List<String> words, int least) {
        if (words.isEmpty()) {
            return "";
        }
        if (words.getFirst().contains(" ")) {
            return words.removeFirst();
        }
        boolean bare = words.size() >= least && words.subList(0, 5).stream().allMatch(w -> w.matches(FIELD));
        if (!bare || !words.getFirst().matches("[0-9*].*")) {
            return words.removeFirst();
        }
        var fields = List.copyOf(words.subList(0, 5));
        words.subList(0, 5).clear();
        return String.join(" ", fields);
    }

    /** A day and a time of day may be two words. */
    private static String moment(List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        var first = words.removeFirst();
        boolean more = first.equals("tomorrow") || first.equals("in") || first.matches("\\d{4}-\\d\\d-\\d\\d");
        return more && !words.isEmpty() ? first + " " + words.removeFirst() : first;
    }

    private CommandParser.Parsed execute(Command command, List<String> rest) {
        var remaining = CommandParser.words(entry.name(), rest);
        return new CommandParser.Parsed.Execute(command, remaining, true);
    }

    private CommandParser.Parsed wrong(String what) {
        return new CommandParser.Parsed.Invalid(what
                + (what.contains("For example:")
                        ? ""
                        : " For example: " + entry.examples().getFirst()));
    }
}
