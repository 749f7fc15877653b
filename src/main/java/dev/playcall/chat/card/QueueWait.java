package dev.playcall.chat.card;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.QueuePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * For what a queued run waits.
 *
 * @param because what keeps it beside the runs before it: a lock, a freeze, a paused queue
 * @param startsIn empty when that cannot be estimated
 */
record QueueWait(QueuePosition position, Optional<String> because, Optional<Duration> startsIn) {
    QueueWait(QueuePosition position, Optional<String> because) {
        this(position, because, Optional.empty());
    }

    String label() {
        return position.label(because.isPresent());
    }

    /** The run before it, what else keeps it, and when it will start; begins with a separator. */
    String reasons(Instant now, Function<Person, String> names) {
        var holder = position.holder().map(h -> waitingFor(h, now, names)).orElse("");
        return holder + because.map(b -> "; " + UntrustedText.line(b, 300)).orElseGet(this::starts);
    }

    private static String waitingFor(Run holder, Instant now, Function<Person, String> names) {
        return ", waiting for " + holder.id() + " of " + names.apply(holder.requestedBy()) + " ("
                + holder.request().lock() + ", running for "
                + TextFormat.duration(holder.duration(now).orElse(Duration.ZERO)) + ")";
    }

    /** Nobody knows how long a lock or a freeze will hold. */
    private String starts() {
        return startsIn.map(d -> d.isZero() ? "; starts now" : "; starts in about " + TextFormat.duration(d))
                .orElse("; no estimate");
    }
}
