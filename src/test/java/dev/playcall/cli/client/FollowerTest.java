package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.cli.client.HttpGateway.Card;
import dev.playcall.cli.client.HttpGateway.Part;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands on a terminal after a run was followed. */
class FollowerTest {
    private static final Part ALERT = new Part("r1.alert", "✗ #1 failed – web-2\n  → retry 1\n");

    private static Card card(String status, boolean last, Part... parts) {
        return new Card(List.of(parts), status, last, "\"tag\"");
    }

    private static Part card(String... lines) {
        return new Part("r1.card", String.join("\n", lines) + "\n");
    }

    private static String follow(boolean live, Card... looks) {
        Deque<Card> left = new ArrayDeque<>(Arrays.asList(looks));
        var written = new StringWriter();
        var out = new PrintWriter(written);
        out.println("> deploy production");
        var status = new RunFollower((_, _, _, _) -> left.removeFirst(), out, new Terminal(80, false, live)).follow(1);
        assertThat(status).isEqualTo(looks[looks.length - 1].status());
        return written.toString();
    }

    /** A terminal that knows what Follower uses: lines, cursor up, erase to the end. */
    private static String screen(String written) {
        var lines = new ArrayList<String>();
        var step =
                Pattern.compile("\u001b\\[(\\d+)F\u001b\\[J|([^\n\u001b]*)\n").matcher(written);
        int at = 0;
        while (step.find()) {
            assertThat(step.start()).isEqualTo(at);
            at = step.end();
            if (step.group(1) == null) {
                lines.add(step.group(2));
            } else {
                int up = Integer.parseInt(step.group(1));
                lines.subList(lines.size() - up, lines.size()).clear();
            }
        }
        assertThat(at).isEqualTo(written.length());
        return String.join("\n", lines);
    }

    @Test
    void onATerminalTheCardIsRedrawnInItsPlaceAndTheAlertStandsBelowIt() {
        var written = follow(
                true,
                card("queued", false),
                card("queued", false, card("⧗ #1 queued", "  number 2 in the queue")),
                card("running", false, card("▶ #1 running", "  1 of 9", "  now: Copy", "  4s so far")),
                card("failed", false, card("✗ #1 failed", "  3 hosts")),
                card("failed", true, card("✗ #1 failed", "  3 hosts"), ALERT));
        assertThat(screen(written))
                .isEqualTo("> deploy production\n✗ #1 failed\n  3 hosts\n✗ #1 failed – web-2\n  → retry 1");
    }

    @Test
    void whatDidNotChangeIsNotDrawnAgain() {
        var same = card("▶ #1 running", "  1 of 9");
        var written =
                follow(true, card("running", false, same), card("running", false, same), card("success", true, same));
        assertThat(written).doesNotContain("\u001b");
    }

    @Test
    void inAPipeItIsSaidAtOnceWhoHasToAgreeAndHow() {
        var waits = card("⧗ #1 awaiting approval", "  needs 1 approval of lead; expires in 4 h", "  → approve 1");
        var written = follow(
                false,
                card("awaiting_approval", false),
                card("awaiting_approval", false, waits),
                card("awaiting_approval", false, waits),
                card("queued", false, card("⧗ #1 queued", "  next")),
                card("success", true, card("✓ #1 succeeded")));
        assertThat(written)
                .isEqualTo("> deploy production\n⧗ #1 awaiting approval\n  needs 1 approval of lead; expires in 4 h\n"
                        + "  → approve 1\n⧗ #1 queued\n✓ #1 succeeded\n");
    }

    @Test
    void inAPipeNothingIsTakenBackAndNothingSaidTwice() {
        var written = follow(
                false,
                card("queued", false, card("⧗ #1 queued")),
                card("running", false, card("▶ #1 running", "  1 of 9")),
                card("running", false, card("▶ #1 running", "  2 of 9")),
                card("failed", false, card("✗ #1 failed", "  3 hosts")),
                card("failed", true, card("✗ #1 failed", "  3 hosts"), ALERT));
        assertThat(written)
                .isEqualTo("> deploy production\n⧗ #1 queued\n▶ #1 running\n✗ #1 failed\n  3 hosts\n"
                        + "✗ #1 failed – web-2\n  → retry 1\n");
    }
}
