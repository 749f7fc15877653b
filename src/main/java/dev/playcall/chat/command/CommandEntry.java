package dev.playcall.chat.command;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One command of the catalogue; the text grammar, the help, the registration on each platform and the page of the
 * manual are made from it.
 *
 * @param help one line, at most 100 characters; what comes after a semicolon is left out in lists
 * @param kind what it does
 * @param examples texts that can be typed as they are
 * @param description what the help says at more length; the same as the help where that is all
 */
public record CommandEntry(
        String name, String help, Kind kind, List<CommandOption> options, List<String> examples, String description) {
    /** They read more words than they have options: {@code deployments failed agent on web}. */
    private static final Set<String> TAKE_MORE = Set.of("deployments");

    /** What stands there is read by the command itself. */
    private static final Set<CommandOption.Written> FREE =
            EnumSet.of(CommandOption.Written.EQUALS, CommandOption.Written.REST);

    public CommandEntry {
        options = List.copyOf(options);
        examples = List.copyOf(examples);
    }

    /** One whose help is all there is to say. */
    public CommandEntry(String name, String help, Kind kind, List<CommandOption> options, List<String> examples) {
        this(name, help, kind, options, examples, help);
    }

    /** Whether a command changes anything, which is also the permission it needs. */
    public enum Kind {
        /** Starts a run. */
        RUN,
        /** Changes something about a run. */
        ACTION,
        /** About what is held back. */
        HOLD,
        /** About what runs by itself. */
        SCHEDULE,
        /** About the secrets that are kept. */
        SECRET,
        /** Changes what this channel sees. */
        CHANNEL,
        /** Changes who is who. */
        PERSON,
        /** Only reads. */
        QUERY
    }

    /** The help up to its first semicolon, for lists. */
    public String summary() {
        return help.split(";", 2)[0];
    }

    static CommandEntry of(String name, String help, Kind kind, String example, CommandOption... options) {
        return new CommandEntry(name, help, kind, List.of(options), List.of(example));
    }

    /** Name and what may follow it. */
    public String synopsis() {
        return options.isEmpty()
                ? name
                : name + " " + options.stream().map(CommandOption::usage).collect(Collectors.joining(" "));
    }

    public Optional<CommandOption> option(String option) {
        return options.stream().filter(o -> o.name().equals(option)).findFirst();
    }

    /** What is wrong with an option that this reading command does not have; empty where filters or any words may follow. */
    Optional<String> unknownOption(List<String> rest) {
        if (kind != Kind.QUERY || options.stream().anyMatch(o -> FREE.contains(o.written()))) {
            return Optional.empty();
        }
        var known = options.stream()
                .filter(o -> o.written() == CommandOption.Written.DASHES)
                .map(o -> "--" + o.name())
                .toList();
        return rest.stream()
                .filter(w -> w.matches("--?[A-Za-z].*") && !known.contains(w.replaceFirst("=.*", "")))
                .findFirst()
                .map(w -> "there is no option " + UntrustedText.line(w, 60)
                        + Suggestion.of(w.replaceFirst("=.*", ""), known)
                                .map(n -> "; did you mean " + n + "?")
                                .orElse("; " + name + " takes "
                                        + (known.isEmpty() ? "no options" : String.join(", ", known))));
    }

    /** What is wrong with words beyond those that this reading command has; empty where any may follow. */
    Optional<String> extraWord(List<String> rest) {
        if (kind != Kind.QUERY
                || TAKE_MORE.contains(name)
                || options.stream().anyMatch(o -> FREE.contains(o.written()))) {
            return Optional.empty();
        }
        var words = new ArrayList<String>();
        for (int i = 0; i < rest.size(); i++) {
            if (!rest.get(i).startsWith("--")) {
                words.add(rest.get(i));
            } else if (!rest.get(i).contains("=")
                    && option(rest.get(i).substring(2))
                            .filter(o -> o.type() != CommandOption.Type.FLAG)
                            .isPresent()) {
                i++;
            }
        }
        long most = options.stream()
                .filter(o -> o.written() == CommandOption.Written.WORD)
                .count();
        if (name.equals("show") && rest.stream().limit(1).anyMatch(Set.of("deployment", "batch")::contains)) {
            most++;
        }
        return words.size() <= most
                ? Optional.empty()
                : Optional.of(name + " does not take \"" + UntrustedText.line(words.get((int) most), 60) + "\": "
                        + synopsis());
    }

    /** The words of the text grammar that say the same as these typed options. */
    public List<String> words(Map<String, String> values) {
        var words = new ArrayList<String>();
        words.add(name);
        for (var option : options) {
            Optional.ofNullable(values.get(option.name()))
                    .filter(v -> !v.isBlank())
                    .ifPresent(v -> add(words, option, v));
        }
        return words;
    }

    private static void add(List<String> words, CommandOption option, String value) {
        switch (option.written()) {
            case WORD -> words.add(value);
            case EQUALS -> words.add(option.name() + "=" + value);
            case REST -> {
                switch (CommandWords.of(value)) {
                    case CommandWords.Split.Valid(var more) -> words.addAll(more);
                    case CommandWords.Split.Invalid(var _) -> words.add(value);
                }
            }
            case DASHES -> {
                if (option.type() != CommandOption.Type.FLAG) {
                    words.add("--" + option.name());
                    words.add(value);
                } else if (value.equals("true")) {
                    words.add("--" + option.name());
                }
            }
        }
    }
}
