package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.command.CommandCatalogue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a console lists behind a question mark. */
class NextWordTest {
    @Test
    void valuesStandInAColumnWithinTheWidthOfTheTerminal() {
        var list = NextWord.list(
                List.of(
                        new NextWord("12", "#12 deploy → production running, and more of it than fits"),
                        new NextWord("7", "7")),
                40);
        assertThat(list).isEqualTo("  12  #12 deploy → production running,…\n  7");
    }

    @Test
    void whereAnythingMayBeTypedTheLabelSaysWhat() {
        assertThat(NextWord.list(List.of(new NextWord("", "<reason …>: shown to others")), 80))
                .isEqualTo("  <reason …>: shown to others");
        assertThat(NextWord.list(List.of(), 80)).isEqualTo("No suggestions.");
    }

    @Test
    void commandsAreGroupedByTheirFamilies() {
        var all = Stream.concat(
                        Stream.of(new NextWord("deploy", "Deploy the application")),
                        CommandCatalogue.fixed().stream().map(e -> new NextWord(e.name(), e.summary())))
                .toList();
        var list = NextWord.list(all, 60);
        assertThat(list)
                .startsWith("Operations\n  deploy       Deploy the application\n\nStart, retry and cancel runs\n")
                .containsSubsequence("Status, runs and logs\n", "  stats ", "Alerts and notifications\n", "  mute ");
        assertThat(list.lines()).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(60));
    }
}
