package dev.playcall.chat.command;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.BatchCommand.RolloutWords;
import dev.playcall.command.BatchCommand.StartRollout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what is said about deployments: {@code rollout deploy production --waves 1,10%,rest}, {@code resume deployment 3}. */
final class DeploymentCommandParser {
    private static final List<String> OPTIONS = List.of("waves", "max-failed", "pause", "rollback");
    private static final String HOW = "rollout <operation> <env>, as in rollout deploy production version=v1.2.3";

    private DeploymentCommandParser() {}

    static CommandParser.Parsed parse(List<String> rest) {
        var words = new ArrayList<>(rest);
        Map<String, String> said = new HashMap<>();
        for (var option : OPTIONS) {
            var wrong = take(words, option, said);
            if (wrong.isPresent()) {
                return new CommandParser.Parsed.Invalid(wrong.get());
            }
        }
        return words.isEmpty()
                ? new CommandParser.Parsed.Invalid("roll out what, and where? " + HOW)
                : parse(words, said, rest);
    }

    private static CommandParser.Parsed parse(List<String> words, Map<String, String> said, List<String> rest) {
        var operation = words.removeFirst().toLowerCase(Locale.ROOT);
        var options = new RunOptions(false);
        var wrong = options.read(words);
        if (wrong.isPresent()) {
            return new CommandParser.Parsed.Invalid(wrong.get());
        }
        var remaining = new ArrayList<>(options.words());
        var playbook = operation.equals("play") && !remaining.isEmpty()
                ? Optional.of(remaining.removeFirst())
                : Optional.<String>empty();
        if (remaining.size() != 1) {
            return new CommandParser.Parsed.Invalid("in which environment? " + HOW);
        }
        var start = options.start(operation, remaining.getFirst(), playbook);
        return new CommandParser.Parsed.Execute(
                new StartRollout(start, start.name(), rollout(said)),
                CommandParser.words("rollout", rest),
                options.isSure());
    }

    private static RolloutWords rollout(Map<String, String> said) {
        return new RolloutWords(
                said.getOrDefault("waves", ""),
                said.getOrDefault("max-failed", ""),
                said.getOrDefault("pause", ""),
                said.getOrDefault("rollback", ""));
    }

    /** Takes {@code --waves 1,rest}, {@code --waves=1,rest} or {@code waves=1,rest} out of the words; says what is wrong with it. */
    private static Optional<String> take(List<String> words, String option, Map<String, String> said) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var plain = option.replace('-', '_') + "=";
            if (word.equals("--" + option)) {
                words.remove(i);
                if (i == words.size()) {
                    return Optional.of("--" + option + " needs a value");
                }
                said.put(option, words.remove(i));
                return Optional.empty();
            }
            var prefix = word.startsWith(plain) ? plain : "--" + option + "=";
            if (word.startsWith(prefix)) {
                said.put(option, words.remove(i).substring(prefix.length()));
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** {@code cancel}, {@code resume}, {@code retry} or {@code rollback} with the words behind {@code deployment}. */
    static CommandParser.Parsed of(String verb, List<String> words) {
        var number = CommandWords.number(words);
        if (number.isEmpty()) {
            return new CommandParser.Parsed.Invalid(
                    "which deployment? For example: " + verb + " deployment 3; deployments lists them");
        }
        long id = number.get();
        var rest = words.subList(1, words.size());
        var said = new ArrayList<>(List.of(verb, "deployment"));
        said.addAll(words);
        if (verb.equals("retry") || verb.equals("rollback")) {
            return again(verb, id, rest, said);
        }
        return rest.isEmpty()
                ? new CommandParser.Parsed.Execute(
                        verb.equals("resume")
                                ? new BatchCommand.ResumeDeployment(id)
                                : new BatchCommand.CancelDeployment(id),
                        said,
                        true)
                : new CommandParser.Parsed.Invalid(verb + " deployment takes one number");
    }

    static CommandParser.Parsed unpausable(List<String> words) {
        var number = CommandWords.number(words).map(Object::toString).orElse("3");
        return new CommandParser.Parsed.Invalid("a deployment pauses only between waves, when it was started with"
                + " --pause approve; to stop it: cancel deployment " + number);
    }

    private static CommandParser.Parsed again(String verb, long id, List<String> rest, List<String> said) {
        boolean named =
                verb.equals("rollback") && !rest.isEmpty() && !rest.getFirst().startsWith("-");
        var options = verb.equals("retry") ? RetryCommandParser.ofDeployment() : RetryCommandParser.unchanged();
        var wrong = options.read(named ? rest.subList(1, rest.size()) : rest);
        if (wrong.isPresent()) {
            return new CommandParser.Parsed.Invalid(wrong.get());
        }
        var command = verb.equals("retry")
                ? new BatchCommand.RetryDeployment(id, options.why(), options.variables())
                : new BatchCommand.RollBackDeployment(id, named ? rest.getFirst() : "", options.why());
        return new CommandParser.Parsed.Execute(command, said, true);
    }
}
