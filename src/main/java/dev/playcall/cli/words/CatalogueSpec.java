package dev.playcall.cli.words;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.command.CommandOption.Written;
import dev.playcall.chat.query.RecordAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** Options and help of a command of the shell, made from the entry of the catalogue that the chat has for the command. */
public final class CatalogueSpec {
    /** What Ansible calls them, and the chat too. */
    private static final Map<String, String> SHORT =
            Map.of("limit", "-l", "tags", "-t", "check", "-C", "diff", "-D", "yes", "-y", "become", "-b");

    private static final String VARIABLE = "--extra-vars";
    private static final String VERBOSE = "-v";

    private CatalogueSpec() {}

    /** A percent sign would be a format of the usage message. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    /** Gives the command the options that its entry has, and says what its words mean. */
    public static void describe(CommandSpec spec, CommandEntry entry) {
        entry.options().stream().filter(o -> o.written() == Written.DASHES).forEach(o -> spec.addOption(option(o)));
        if (entry.kind() == CommandEntry.Kind.RUN) {
            addAnsibleOnes(spec);
        }
        spec.parser().unmatchedOptionsArePositionalParams(!isClosed(entry));
        boolean cut = !entry.description().equals(entry.help());
        var about =
                cut || !entry.help().equals(entry.summary()) ? List.of(plain(entry.description())) : List.<String>of();
        spec.usageMessage()
                .header(cut ? new String[0] : new String[] {plain(entry.summary())})
                .customSynopsis(plain(synopsis(entry)))
                .description(about.toArray(String[]::new));
        spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, _ -> words(entry));
        spec.usageMessage()
                .footer(HelpFooter.of(
                        entry.examples().stream().map(CatalogueSpec::plain).toList(), entry.name()));
    }

    /** Whether every option it may have is in its entry; others take those of the command that they name. */
    private static boolean isClosed(CommandEntry entry) {
        return entry.options().stream()
                .noneMatch(o -> o.written() == Written.REST && o.type() != CommandOption.Type.VARIABLES);
    }

    private static void addAnsibleOnes(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-e", VARIABLE)
                .paramLabel("KEY=VALUE")
                .type(String[].class)
                .arity("1")
                .description("a variable; the same as KEY=VALUE alone")
                .build());
        spec.addOption(OptionSpec.builder(VERBOSE)
                .type(boolean[].class)
                .arity("0")
                .description("more output; up to -vvvv")
                .build());
    }

    private static OptionSpec option(CommandOption option) {
        boolean flag = option.type() == CommandOption.Type.FLAG;
        var names = Stream.of(SHORT.get(option.name()), "--" + option.name())
                .filter(java.util.Objects::nonNull)
                .toArray(String[]::new);
        return OptionSpec.builder(names)
                .type(flag ? boolean.class : String[].class)
                .arity(flag ? "0" : "1")
                .paramLabel(flag ? "" : option.type().name())
                .description(plain(option.help()))
                .build();
    }

    private static String synopsis(CommandEntry entry) {
        var words = entry.options().stream()
                .filter(o -> o.written() != Written.DASHES)
                .map(CommandOption::usage);
        return Stream.of(Stream.of("playcall", entry.name()), words, Stream.of("[OPTIONS]"))
                .flatMap(s -> s)
                .collect(Collectors.joining(" "));
    }

    private static String words(CommandEntry entry) {
        var words = entry.options().stream()
                .filter(o -> o.written() != Written.DASHES)
                .toList();
        int column = words.stream().mapToInt(o -> o.usage().length()).max().orElse(0);
        return words.stream()
                .map(o -> "  " + o.usage() + " ".repeat(column - o.usage().length() + 3) + o.help() + "\n")
                .collect(Collectors.joining());
    }

    /** The words of the chat that say what was typed: those without an option in their order, then the options. */
    public static List<String> words(CommandEntry entry, List<String> others, ParseResult parsed) {
        var words = new ArrayList<String>();
        words.add(entry.name());
        words.addAll(others);
        // An option that is given twice is matched twice, with both values.
        for (var option : parsed.matchedOptionsSet()) {
            if (option.names()[0].equals("-e")) {
                words.addAll(option.stringValues());
            } else if (option.names()[0].equals(VERBOSE)) {
                words.add("-" + "v".repeat(option.stringValues().size()));
            } else if (entry.option(option.longestName().replaceFirst("^--", ""))
                    .isPresent()) {
                add(words, option);
            }
        }
        return words;
    }

    private static void add(List<String> words, OptionSpec option) {
        if (option.arity().max() == 0) {
            words.add(option.longestName());
        } else {
            option.stringValues().forEach(v -> words.addAll(List.of(option.longestName(), v)));
        }
    }

    /** Whether the command shows what programs may want as a record. */
    public static boolean isRead(CommandEntry entry) {
        return RecordAddress.isRead(entry.name().toLowerCase(Locale.ROOT));
    }
}
