package dev.playcall.boot;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Shows the card of one run until it ends: redrawn in place on a terminal, line by line elsewhere. */
final class Follower {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final HttpGateway gateway;
    private final PrintWriter out;
    private final Screen screen;

    Follower(HttpGateway gateway, PrintWriter out, Screen screen) {
        this.gateway = gateway;
        this.out = out;
        this.screen = screen;
    }

    /** Returns the status the run ended with. */
    String follow(long run) {
        var shown = "";
        while (true) {
            var card = gateway.card(run, screen);
            if (screen.live()) {
                redraw(shown, card.text());
            } else if (card.last() || !headline(card.text()).equals(headline(shown))) {
                out.println(card.last() ? card.text().stripTrailing() : headline(card.text()));
            }
            shown = card.text();
            if (card.last()) {
                out.flush();
                return card.status();
            }
            out.flush();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void redraw(String before, String now) {
        if (before.equals(now)) {
            return;
        }
        long up = before.isEmpty() ? 0 : before.stripTrailing().lines().count();
        if (up > 0) {
            out.print("\u001b[" + up + "F\u001b[J");
        }
        out.println(now.stripTrailing());
    }

    private static String headline(String card) {
        return card.lines().findFirst().orElse("");
    }
}
