package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --help} says: of all commands, and of each. */
class HelpTest {
    private static CommandLine all() {
        return made();
    }

    private static String help(List<String> words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var asked = Stream.concat(words.stream(), Stream.of("-h")).toArray(String[]::new);
        assertThat(Main.execute(new PrintWriter(out), new PrintWriter(err), asked))
                .as(words + ": " + err)
                .isZero();
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    private static void walk(CommandLine command, List<String> words, List<List<String>> into) {
        command.getSubcommands().forEach((name, sub) -> {
            if (!name.equals("help")) {
                var all = new ArrayList<>(words);
                all.add(name);
                into.add(all);
                walk(sub, all, into);
            }
        });
    }

    private static CommandLine made(String... words) {
        return Main.commandLine(
                new Invocation(Path.of("").toAbsolutePath(), Map.of(), new ByteArrayInputStream(new byte[0])), words);
    }

    @Test
    void aCommandThatIsMadeAloneIsTheOneAmongAll() {
        made().getSubcommands().forEach((name, among) -> {
            var alone = made(name).getSubcommands();
            assertThat(alone.get(name)).as(name).isNotNull();
            assertThat(alone.get(name).getUsageMessage()).isEqualTo(among.getUsageMessage());
        });
        assertThat(made("runs").getSubcommands()).hasSize(1);
        assertThat(made("ack").getSubcommands()).hasSize(1);
        assertThat(made("reload").getSubcommands()).hasSizeGreaterThan(45);
    }

    @Test
    void everyCommandSaysHowItIsTypedAndWhereMoreIsWritten() {
        var commands = new ArrayList<List<String>>();
        walk(all(), List.of(), commands);
        assertThat(commands).hasSizeGreaterThan(90).contains(List.of("deploy"), List.of("token", "list"));
        for (var words : commands) {
            if (!words.contains("bench") && !words.contains("man-page")) {
                var text = help(words);
                assertThat(text).as(words.toString()).contains("Usage: playcall " + String.join(" ", words), "Example");
                assertThat(text.lines().toList()).as(words.toString()).allMatch(l -> l.length() <= 130);
                var page = text.lines().filter(l -> l.startsWith("Manual: ")).toList();
                assertThat(page).as(words.toString()).hasSize(1);
                assertThat(Path.of(page.getFirst().substring(8)))
                        .content()
                        .as(page + " is about " + words)
                        .containsPattern("[`/ ]" + words.getFirst() + "\\b");
            }
        }
    }

    @Test
    void theListNamesEachCommandOnceInOneLineOfTheTerminal() {
        var list = help(List.of());
        assertThat(list.lines()).allMatch(l -> l.length() <= 100);
        assertThat(list.indexOf("Start and check")).isLessThan(list.indexOf("Start, retry and cancel runs"));
        var named = list.lines()
                .filter(l -> l.matches("  [a-z-]+ {2,}.*"))
                .map(l -> l.strip().split(" ", 2)[0])
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(all().getSubcommands().entrySet().stream()
                        .filter(e ->
                                !e.getValue().getCommandSpec().usageMessage().hidden())
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(list).contains("Exit codes: 0 success; 1 the run failed;");
    }

    @Test
    void whatMakesARunIsWaitedFor() {
        var commands = all().getSubcommands();
        assertThat(List.of("retry", "rerun", "rollback", "batch", "rollout"))
                .map(n -> Objects.requireNonNull(commands.get(n), n).<Object>getCommand())
                .allMatch(c -> c instanceof ChatCommandLine chat && !chat.isOneRequest());
    }

    /** The launcher has no catalogue to ask. */
    @Test
    void theLauncherKnowsWhatOneRequestDoes() throws Exception {
        var text = Files.readString(Path.of("playcall"));
        var begin = text.indexOf("HelpTest holds these names");
        var list = text.substring(text.indexOf("case $command in\n", begin) + 17, text.indexOf(")\n", begin));
        var commands = all().getSubcommands();
        var once = CommandCatalogue.fixed().stream()
                .map(CommandEntry::name)
                .filter(n -> n.equals("runs")
                        || (commands.get(n) != null
                                && commands.get(n).getCommand() instanceof ChatCommandLine chat
                                && chat.isOneRequest()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Stream.of(list.split("[|\\s\\\\]+"))
                        .filter(w -> !w.isEmpty())
                        .toList())
                .containsExactlyElementsOf(once);
    }
}
