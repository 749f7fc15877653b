package dev.playcall.chat.command;

import dev.playcall.command.BatchCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is said about batches: {@code batch deploy staging,production}, {@code cancel batch 3}. */
final class BatchCommandParser {
    private static final List<String> REST = List.of("rest", "--rest");
    private static final String ON_FAILURE = "--on-failure";
    private static final String HOW =
            "batch <operation> <env,env,…|all>, as in batch deploy staging,production version=v1.2.3";

    private BatchCommandParser() {}

    static CommandParser.Parsed parse(List<String> rest) {
        var words = new ArrayList<>(rest);
        var policy = policy(words);
        if (policy.isEmpty()) {
            return new CommandParser.Parsed.Invalid("--on-failure must be stop or continue");
        }
        if (words.isEmpty()) {
            return new CommandParser.Parsed.Invalid("which operation and environments? " + HOW);
        }
        var operation = words.removeFirst().toLowerCase(java.util.Locale.ROOT);
        var options = new RunOptions(false);
        var wrong = options.read(words);
        if (wrong.isPresent()) {
            return new CommandParser.Parsed.Invalid(wrong.get());
        }
        if (operation.equals("adhoc")) {
            return new CommandParser.Parsed.Invalid(
                    "adhoc runs in one environment at a time, as in adhoc production ping");
        }
        boolean play = operation.equals("play");
        var remaining = new ArrayList<>(options.words());
        var playbook = play && !remaining.isEmpty() ? Optional.of(remaining.removeFirst()) : Optional.<String>empty();
        var environments = environments(remaining);
        if (environments.isEmpty()) {
            return new CommandParser.Parsed.Invalid("in which environments? " + HOW);
        }
        var start = options.start(operation, "", playbook);
        var all = CommandParser.words("batch", rest);
        return new CommandParser.Parsed.Execute(
                new BatchCommand.StartBatch(environments, policy.get(), start), all, options.isSure());
    }

    /** With commas, with blanks, or with both. */
    private static List<String> environments(List<String> remaining) {
        return remaining.stream()
                .flatMap(w -> java.util.Arrays.stream(w.split(",")))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /** Takes the option out of the words; empty when it has no value. */
    private static Optional<String> policy(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals(ON_FAILURE) && i + 1 < words.size()) {
                words.remove(i);
                return Optional.of(words.remove(i));
            }
            if (word.startsWith(ON_FAILURE + "=")) {
                words.remove(i);
                return Optional.of(word.substring(ON_FAILURE.length() + 1)).filter(v -> !v.isBlank());
            }
            if (word.equals(ON_FAILURE)) {
                return Optional.empty();
            }
        }
        return Optional.of("");
    }

    static CommandParser.Parsed cancel(List<String> words) {
        var batch = CommandWords.number(words);
        boolean rest = words.size() == 2 && REST.contains(words.get(1));
        return batch.isEmpty() || (words.size() > 1 && !rest)
                ? new CommandParser.Parsed.Invalid(
                        "which batch? For example: cancel batch 3, or cancel batch 3 rest for the runs not started")
                : new CommandParser.Parsed.Execute(
                        new BatchCommand.CancelBatch(batch.get(), rest), name("cancel", words), true);
    }

    static CommandParser.Parsed retry(List<String> words) {
        var batch = CommandWords.number(words);
        if (batch.isEmpty()) {
            return new CommandParser.Parsed.Invalid(
                    "which batch? For example: retry batch 3, or retry batch 3 rest for the runs not started");
        }
        boolean rest = words.size() > 1 && REST.contains(words.get(1));
        var again = RetryCommandParser.unchanged();
        return again.read(words.subList(rest ? 2 : 1, words.size()))
                .<CommandParser.Parsed>map(CommandParser.Parsed.Invalid::new)
                .orElseGet(() -> new CommandParser.Parsed.Execute(
                        new BatchCommand.RetryBatch(batch.get(), again.why(), rest), name("retry", words), true));
    }

    private static List<String> name(String command, List<String> words) {
        var remaining = new ArrayList<>(words);
        remaining.addAll(0, List.of(command, "batch"));
        return remaining;
    }
}
