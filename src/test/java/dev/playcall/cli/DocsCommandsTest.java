package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.config.runtime.ConfigFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the manual shows for the command line and for the chat is a command there, with options that it knows. */
class DocsCommandsTest {
    private static final Pattern SHOWN = Pattern.compile("(?m)(?:\\./|(?<=`)|^(?:\\$ )?)playcall ([a-z][^`\\n]*)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`]+`");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    /** Names in a sentence, with what follows left out; and a setting of git. */
    static final List<String> NAMES =
            List.of("schedule run", "schedule resume", "host tag", "notify test", "env rename", "update = none");

    private static final Pattern OF_LAUNCHER = Pattern.compile("(?m)^    ([a-z| ]+)\\)$");

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            docs.filter(p -> p.toString().endsWith(".md")).toList().stream(),
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md")
                                    .map(Path::of))
                    .sorted();
        }
    }

    static Stream<String> commands(Path page) {
        try {
            return CODE.matcher(Files.readString(page))
                    .results()
                    .flatMap(code -> SHOWN.matcher(code.group().replaceAll("\\s*\\n\\s*(?=[^ ]*`$)", " "))
                            .results())
                    .map(m -> m.group(1).strip())
                    .distinct();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is typed: without redirections and comments, and with something in the place of what stands for something. */
    static List<String> typed(String shown) {
        var text = shown.replaceAll("(^| )[<>] .*| #.*|\\)$|[;,] .*", "")
                .replaceAll("<n>", "5")
                .replaceAll("<[^ >][^>]*>", "X")
                .replaceAll("\\[[^]]*]|…|\\.\\.\\.", "")
                .replaceAll("(\\w+)\\|[\\w|]+", "$1");
        return WORD.matcher(text)
                .results()
                .map(m -> m.group().replace("\"", ""))
                .toList();
    }

    private static String refusal(CommandLine cli, CommandParser chat, List<String> words) {
        try {
            var parsed = cli.parseArgs(words.toArray(String[]::new));
            if (!parsed.hasSubcommand()) {
                return "is no command";
            }
            var command = parsed.subcommand().commandSpec().userObject();
            return command instanceof ChatCommandLine
                            && chat.parse(spoken(words)) instanceof CommandParser.Parsed.Invalid(var message)
                    ? message
                    : "";
        } catch (CommandLine.MissingParameterException e) {
            // The manual says in prose what it leaves out.
            return "";
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** {@code -f} is of the shell, which goes on asking. */
    private static List<String> spoken(List<String> words) {
        return words.stream().filter(w -> !w.equals("-f")).toList();
    }

    private static CommandLine shell(List<String> words) {
        return Main.commandLine(
                new Invocation(Path.of("").toAbsolutePath(), Map.of(), new ByteArrayInputStream(new byte[0])),
                words.toArray(String[]::new));
    }

    @Test
    void everyCommandOfTheManualIsKnownWithItsOptions() throws IOException {
        var home = Path.of("").toAbsolutePath();
        var chat = new CommandParser(
                new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current());
        var launcher = OF_LAUNCHER
                .matcher(Files.readString(Path.of("playcall")))
                .results()
                .flatMap(m -> Stream.of(m.group(1).split("\\|", -1)).map(String::strip))
                .toList();
        assertThat(launcher).contains("test", "dist");
        var refused = new TreeMap<String, String>();
        int seen = 0;
        for (var page : pages().toList()) {
            for (var shown : commands(page).toList()) {
                var words = typed(shown);
                seen++;
                if (!launcher.contains(words.getFirst())) {
                    var refusal = refusal(shell(words), chat, words);
                    if (!refusal.isEmpty()) {
                        refused.put(page + ": playcall " + shown, refusal);
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(seen).isGreaterThan(70);
    }

    /**
     * A synopsis leaves out what stands for something, {@code parity.md} shows what is refused, and {@code command-line.md} is the
     * help, with a description behind each word.
     */
    static List<String> typedInChat(Path page) throws IOException {
        if (page.endsWith("command-line.md")) {
            return List.of();
        }
        return CODE.matcher(Files.readString(page))
                .results()
                .flatMap(code -> code.group().lines())
                .map(line -> line.strip().replaceAll("^`|`$|^/(playcall )?", ""))
                .filter(line -> !line.matches(".*[<>\\[|…#].*|```.*") && line.contains(" "))
                .distinct()
                .toList();
    }

    @Test
    void everyCommandOfTheChatInTheManualIsUnderstood() throws IOException {
        var catalog = new DiskCatalogs(
                        ConfigFile.load(Path.of("").toAbsolutePath(), Optional.empty(), Map.of()), Clock.systemUTC())
                .current();
        var chat = new CommandParser(catalog);
        var refused = new TreeMap<String, String>();
        int seen = 0;
        for (var page : pages().filter(p -> !p.endsWith("parity.md")).toList()) {
            for (var line : typedInChat(page)) {
                if (!NAMES.contains(line)
                        && CommandCatalogue.find(catalog, line.split(" ", 2)[0]).isPresent()) {
                    seen++;
                    // A table may have a column of its own for what the shell takes.
                    if (chat.parse(line) instanceof CommandParser.Parsed.Invalid(var message)
                            && !refusal(shell(typed(line)), chat, typed(line)).isEmpty()) {
                        refused.put(page + ": " + line, message);
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(seen).isGreaterThan(100);
    }

    private static Stream<String> examples(CommandLine command) {
        var own = Stream.of(command.getCommandSpec().usageMessage().footer())
                .dropWhile(l -> !l.startsWith("Example"))
                .skip(1)
                .takeWhile(l -> l.startsWith("  "))
                .map(l -> l.strip().replaceFirst("^playcall ", ""));
        var others = command.getSubcommands().values().stream().flatMap(DocsCommandsTest::examples);
        return Stream.concat(own, others);
    }

    @Test
    void everyExampleOfTheHelpIsACommand() {
        var home = Path.of("").toAbsolutePath();
        var chat = new CommandParser(
                new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current());
        var refused = new TreeMap<String, String>();
        var examples = examples(shell(List.of())).distinct().toList();
        for (var example : examples) {
            var words = typed(example.replace("%%", "%"));
            var refusal = refusal(shell(words), chat, words);
            if (!refusal.isEmpty()) {
                refused.put(example, refusal);
            }
        }
        assertThat(refused).isEmpty();
        assertThat(examples).hasSizeGreaterThan(90);
    }

    @Test
    void whatDoesNotExistIsFound() {
        var cli = Main.commandLine(new Invocation(Path.of(""), Map.of(), new ByteArrayInputStream(new byte[0])));
        var chat = new CommandParser(Catalog.EMPTY);
        assertThat(refusal(cli, chat, List.of("doctro"))).contains("doctro");
        assertThat(refusal(cli, chat, List.of("doctor", "--fast"))).contains("--fast");
        assertThat(refusal(cli, chat, List.of("retry", "5", "--limt", "web"))).isNotEmpty();
    }
}
