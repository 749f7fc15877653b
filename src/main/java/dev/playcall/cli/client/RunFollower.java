package dev.playcall.cli.client;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Shows what the channel sees of one run until it ends: redrawn in place on a terminal, line by line elsewhere. */
public final class RunFollower {
    private static final Set<String> WORKING = Set.of("awaiting_approval", "queued", "running");
    private static final Duration MOST = Duration.ofSeconds(20);
    /** So long it may take until somebody who does not want to look any longer is heard. */
    private static final Duration MOST_WHERE_LEFT = Duration.ofSeconds(1);
    /** For a gateway that answers at once though nothing has changed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Source source;
    private final PrintWriter out;
    private final Terminal terminal;

    /** Where the messages of a run are looked up, as {@link HttpGateway#card} does it. */
    public interface Source {
        HttpGateway.Card card(long run, Terminal terminal, Optional<HttpGateway.Card> seen, Duration most);
    }

    public RunFollower(Source source, PrintWriter out, Terminal terminal) {
        this.source = source;
        this.out = out;
        this.terminal = terminal;
    }

    /** Returns the status the run ended with. */
    public String follow(long run) {
        return follow(run, MOST, () -> false);
    }

    /** The same until the person does not want to look any longer; then the status is what it is now. */
    public String follow(long run, BooleanSupplier left) {
        return follow(run, MOST_WHERE_LEFT, left);
    }

    private String follow(long run, Duration most, BooleanSupplier left) {
        var drawn = List.<HttpGateway.Part>of();
        Optional<HttpGateway.Card> seen = Optional.empty();
        while (true) {
            long asked = System.nanoTime();
            var card = source.card(run, terminal, seen, most);
            if (terminal.live()) {
                redraw(drawn, card.parts());
            } else {
                add(drawn, card);
            }
            drawn = card.parts();
            out.flush();
            if (card.last() || left.getAsBoolean()) {
                return card.status();
            }
            if (seen.filter(card::equals).isPresent()) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() - (System.nanoTime() - asked));
            }
            seen = Optional.of(card);
        }
    }

    /** From the first message that changed on, everything is drawn anew; what stands above stays. */
    private void redraw(List<HttpGateway.Part> before, List<HttpGateway.Part> now) {
        int same = 0;
        while (same < before.size() && same < now.size() && before.get(same).equals(now.get(same))) {
            same++;
        }
        long up = before.stream().skip(same).mapToLong(p -> lines(p.text())).sum();
        if (up > 0) {
            out.print("\u001b[" + up + "F\u001b[J");
        }
        now.stream().skip(same).forEach(p -> out.println(p.text().stripTrailing()));
    }

    private static long lines(String text) {
        return text.stripTrailing().lines().count();
    }

    /**
     * Without a cursor: a line when the first line changes, the whole when nothing will change any more, and when people have to
     * agree first, who and until when.
     */
    private void add(List<HttpGateway.Part> before, HttpGateway.Card card) {
        boolean waits = card.status().equals("awaiting_approval") && before.isEmpty();
        if (card.last() || waits) {
            card.parts().forEach(p -> out.println(p.text().stripTrailing()));
        } else if (WORKING.contains(card.status()) && !headline(card.parts()).equals(headline(before))) {
            out.println(headline(card.parts()));
        }
    }

    private static String headline(List<HttpGateway.Part> parts) {
        return parts.isEmpty()
                ? ""
                : parts.getFirst().text().lines().findFirst().orElse("");
    }
}
