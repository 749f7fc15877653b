package dev.playcall.cli.words;

import dev.playcall.domain.name.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line that says what is wrong with what was typed, and what would be right. */
public final class WrongWords {
    private WrongWords() {}

    public static String line(ParameterException e) {
        var command = e.getCommandLine();
        var text = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(command, unmatched.getUnmatched().getFirst())
                : plain(e);
        return text + " (help: " + command.getCommandSpec().qualifiedName(" ") + " --help)";
    }

    private static String unmatched(CommandLine command, String word) {
        if (word.startsWith("-")) {
            var options = command.getCommandSpec().options().stream()
                    .flatMap(o -> Stream.of(o.names()))
                    .toList();
            return "there is no option " + word + near(word.replaceFirst("=.*", ""), options);
        }
        var commands = command.getSubcommands().keySet();
        return commands.isEmpty()
                ? "\"" + word + "\" is unexpected"
                : "there is no command " + word + near(word, commands);
    }

    private static String near(String word, Collection<String> known) {
        return Suggestion.of(word, known).map(n -> "; did you mean " + n + "?").orElse("");
    }

    /** Picocli's own sentence, as one of ours begins. */
    private static String plain(ParameterException e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("this cannot be understood");
        return List.of("Missing", "Invalid", "Expected", "Could").stream().anyMatch(text::startsWith)
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }
}
