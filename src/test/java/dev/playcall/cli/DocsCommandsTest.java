package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
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

/** Every {@code ./playcall …} that the manual shows is a command of the command line, with options that it knows. */
class DocsCommandsTest {
    private static final Pattern SHOWN = Pattern.compile("(?m)(?:\\./|(?<=`)|^(?:\\$ )?)playcall ([a-z][^`\\n]*)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`]+`");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    private static final Pattern OF_LAUNCHER = Pattern.compile("(?m)^    ([a-z| ]+)\\)$");

    private static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            docs.filter(p -> p.toString().endsWith(".md")).toList().stream(),
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md")
                                    .map(Path::of))
                    .sorted();
        }
    }

    private static Stream<String> commands(Path page) {
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
    private static List<String> typed(String shown) {
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
                            && chat.parse(words) instanceof CommandParser.Parsed.Invalid(var message)
                    ? message
                    : "";
        } catch (CommandLine.MissingParameterException e) {
            // The manual says in prose what it leaves out.
            return "";
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
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
                    var cli = Main.commandLine(new Invocation(home, Map.of(), new ByteArrayInputStream(new byte[0])));
                    var refusal = refusal(cli, chat, words);
                    if (!refusal.isEmpty()) {
                        refused.put(page + ": playcall " + shown, refusal);
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(seen).isGreaterThan(70);
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
