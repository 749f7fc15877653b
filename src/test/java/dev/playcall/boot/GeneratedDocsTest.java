package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages of the manual that are made from what is there. {@code -Dgolden.write=true} writes them anew. */
class GeneratedDocsTest {
    private static final Path DOCS = Path.of("docs");

    private static void isUpToDate(String name, String text) throws IOException {
        var file = DOCS.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text);
    }

    @Test
    void whatPeopleSeeOfTroubleIsWrittenDown() throws IOException {
        var text = new StringBuilder("""
            # When a platform or the way to it fails

            Made from the troubles that each build lets happen on the wires of Slack and Discord: when a card is posted, when it
            changes and when its run ends. Each time the same has to be true at the end: one card, with the end of its run; one
            alert; the account and the log in the thread; one run.

            | what goes wrong | what people see | Slack | Discord |
            |---|---|---|---|
            """);
        for (var problem : ConnectionFault.values()) {
            var shown = ChatScenarios.all().stream()
                    .filter(s -> s.name().equals(problem.promise()))
                    .findFirst()
                    .orElseThrow();
            text.append("| " + problem.what() + " | " + problem.seen() + " | ");
            text.append(ChatPlatforms.SLACK.has(shown.needs()) ? "✓" : "–").append(" | ");
            text.append(ChatPlatforms.DISCORD.has(shown.needs()) ? "✓" : "–").append(" |\n");
        }
        isUpToDate("faults.md", text.toString());
    }

    @Test
    void theParityOfThePlatformsIsWrittenDown() throws IOException {
        var text = new StringBuilder("""
            # The same on every platform

            Made from the list of promises that every platform is tested against over its own wire, once for each
            platform in each build (`ChatScenarios`). ✓ is tested; – does not exist there, for the reason below. Slack is
            tested in Socket Mode and once more over HTTP, apart from what goes wrong with calls to Slack.

            | promise | console | Slack | Discord |
            |---|---|---|---|
            """);
        var reasons = new LinkedHashSet<String>();
        for (var scenario : ChatScenarios.all()) {
            text.append("| ").append(scenario.name().replace("|", "\\|")).append(" |");
            for (var platform : ChatPlatforms.values()) {
                boolean has = platform.has(scenario.needs());
                text.append(has ? " ✓ |" : " – |");
                if (!has) {
                    reasons.add(platform.name().charAt(0)
                            + platform.name().substring(1).toLowerCase(java.util.Locale.ROOT)
                            + ", “" + scenario.name() + "”: " + platform.reason(scenario.needs()));
                }
            }
            text.append('\n');
        }
        text.append("\n");
        reasons.forEach(r -> text.append("- ").append(r).append(".\n"));
        isUpToDate("parity.md", text.toString());
        assertThat(ChatScenarios.all()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void everyCommandIsWrittenDown() throws IOException {
        var config = ConfigFile.load(Path.of("").toAbsolutePath(), Optional.empty(), Map.of());
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        var text = new StringBuilder("""
            # Commands

            Made from the catalogue in the code and the sample playbooks; yours adds its own variables. The same
            words work in Slack, in Discord, in the console and after a mention of the bot.

            | command | what it does | example |
            |---|---|---|
            """);
        for (var entry : CommandCatalogue.of(catalog)) {
            text.append(row(entry));
        }
        text.append("\n## What can be said with a command\n\n| option | of | meaning |\n|---|---|---|\n");
        CommandCatalogue.of(catalog).stream()
                .flatMap(e -> e.options().stream().map(o -> Map.entry(o, e.name())))
                .collect(Collectors.groupingBy(
                        e -> "`" + e.getKey().name() + "` | %s | " + e.getKey().help(),
                        java.util.TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.joining(", "))))
                .forEach((option, commands) ->
                        text.append("| ").append(option.replace("%s", commands)).append(" |\n"));
        isUpToDate("commands.md", text.toString());
    }

    private static String row(CommandEntry entry) {
        return Arrays.asList(
                        "`" + entry.synopsis() + "`",
                        entry.help(),
                        "`" + entry.examples().getFirst() + "`")
                .stream()
                .map(c -> c.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
