package dev.playcall.journal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a run whose node says nothing. */
class LostContactTest {
    private static final Instant T = Instant.parse("2026-11-30T12:00:00Z");

    private static Node node(String name, int silence, int lostAfter, boolean stopped) {
        return new Node(
                name,
                "1.0",
                "of-" + name,
                T,
                T.minusSeconds(silence),
                Duration.ofSeconds(silence),
                Duration.ofSeconds(lostAfter),
                "",
                List.of(),
                1,
                stopped,
                false);
    }

    private static Run running(String node) {
        var queued = Run.of(new RunId(7), Runs.asked("deploy"), T);
        return queued.after(new RunEvent.Started(node, "l"), T).orElseThrow();
    }

    @Test
    void ofANodeThatWorksThereIsNothingToSay() {
        var nodes = List.of(node("a", 3, 300, false), node("b", 29, 300, false));
        assertThat(LostContact.of(nodes).of(running("b"))).isEmpty();
    }

    @Test
    void whoIsNotHeardOfMayStillWork() {
        var nodes = List.of(node("a", 3, 60, false), node("b", 40, 300, false));
        assertThat(LostContact.of(nodes).of(running("b")).orElseThrow().line())
                .isEqualTo("no contact with node b since 2026-11-30 11:59:20 UTC; the run may continue there,"
                        + " and is interrupted at 2026-11-30 12:04:20 UTC unless the node responds");
        assertThat(LostContact.of(nodes).of(running("a"))).isEmpty();
    }

    @Test
    void whoWasStoppedIsSaidToBeSoAtOnce() {
        var nodes = List.of(node("a", 3, 90, false), node("b", 1, 60, true));
        assertThat(LostContact.of(nodes).of(running("b")).orElseThrow().line())
                .isEqualTo("node b was stopped at 2026-11-30 11:59:59 UTC; the run may continue there,"
                        + " and is interrupted at 2026-11-30 12:01:29 UTC unless the node is started again");
    }
}
