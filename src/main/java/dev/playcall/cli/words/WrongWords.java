package dev.playcall.cli.words;

import dev.playcall.domain.name.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line that says what is wrong with what was typed, and what would be right. */
public final class WrongWords {
    private WrongWords() {}

    /**
     * @param playbook how a playbook is run that may be called like this word; empty where nothing is known of playbooks
     * @param problem why there may be no command of this name; empty when nothing is known
     */
    public static String line(
            ParameterException e,
            Function<String, Optional<String>> playbook,
            Function<String, Optional<String>> problem) {
        var command = e.getCommandLine();
        var text = switch (e) {
            case UnmatchedArgumentException unmatched ->
                unmatched(command, unmatched.getUnmatched().getFirst(), playbook, problem);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given more than once";
            case ParameterException other -> value(other).orElseGet(() -> plain(other));
        };
        return text + " (help: " + command.getCommandSpec().qualifiedName(" ") + " --help)";
    }

    private static String unmatched(
            CommandLine command,
            String word,
            Function<String, Optional<String>> playbook,
            Function<String, Optional<String>> problem) {
        if (word.startsWith("-")) {
            var options = command.getCommandSpec().options().stream()
                    .flatMap(o -> Stream.of(o.names()))
                    .filter(n -> n.startsWith("--"))
                    .toList();
            return "there is no option " + word + near(word.replaceFirst("=.*", ""), options);
        }
        var commands = command.getSubcommands().keySet();
        if (commands.isEmpty()) {
            return "\"" + word + "\" is unexpected";
        }
        var wrong = command.getParent() == null ? problem.apply(word) : Optional.<String>empty();
        if (wrong.isPresent()) {
            return "there is no command " + word + "; " + wrong.get();
        }
        var near = near(word, commands);
        var hint = command.getParent() == null ? playbook.apply(word) : Optional.<String>empty();
        return "there is no command " + word + near
                + hint.map(p -> (near.isEmpty() ? "; a" : " A") + " playbook is run with: " + p)
                        .orElse("");
    }

    private static String near(String word, Collection<String> known) {
        return Suggestion.of(word, known).map(n -> "; did you mean " + n + "?").orElse("");
    }

    private static String missing(MissingParameterException e) {
        return e.getMissing().stream()
                .map(m -> m instanceof OptionSpec option && option.required()
                        ? name(m) + " is required"
                        : m.isOption() ? name(m) + " needs a value: " + label(m) : label(m) + " is missing")
                .collect(Collectors.joining(", "));
    }

    /** Of an option that takes one of a few words, which they are; of a number, that it is none. */
    private static Optional<String> value(ParameterException e) {
        var spec = e.getArgSpec();
        var value = e.getValue();
        if (spec == null || value == null) {
            return Optional.empty();
        }
        var word = name(spec) + ": \"" + value + "\" is not ";
        if (spec.type().isEnum()) {
            var known = Arrays.stream(spec.type().getEnumConstants())
                    .map(Object::toString)
                    .toList();
            return Optional.of(word + "one of " + String.join(", ", known) + near(value, known));
        }
        return List.of(int.class, long.class).contains(spec.type()) ? Optional.of(word + "a number") : Optional.empty();
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : label(spec);
    }

    private static String label(ArgSpec spec) {
        return spec.paramLabel().replaceAll("[<>]", "").toUpperCase(Locale.ROOT);
    }

    /** Picocli's own sentence, as one of ours begins. */
    private static String plain(ParameterException e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("this cannot be understood");
        return List.of("Missing", "Invalid", "Expected", "Could").stream().anyMatch(text::startsWith)
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }
}
