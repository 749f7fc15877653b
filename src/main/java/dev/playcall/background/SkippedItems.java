package dev.playcall.background;

import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items of background work that cannot be handled: each is tried some times, then skipped, so that it does not hold up the
 * items behind it. What was skipped is shown for a day, or until the next start.
 */
public final class SkippedItems {
    /** How often in a row an item may fail. */
    public static final int TRIES = 5;
    /** After this time an item that is still there is tried again. */
    static final Duration PAUSE = Duration.ofMinutes(10);
    /** How long what was skipped is shown. */
    static final Duration SHOWN = Duration.ofHours(24);

    private static final Logger log = LoggerFactory.getLogger(SkippedItems.class);
    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Skipped> skipped = new LinkedHashMap<>();

    private record Skipped(String item, Instant at, String why) {
        boolean isWithin(Duration time, Instant now) {
            return now.isBefore(at.plus(time));
        }
    }

    public SkippedItems(InstantSource clock) {
        this.clock = clock;
    }

    /** The same for an item that is left as it is. */
    public void run(String item, Runnable work) {
        run(item, work, _ -> {});
    }

    /**
     * Does the work of one item. Its fault is thrown; at the last try it is kept here instead, and the item is not tried
     * again for some minutes. A fault that may pass by itself, such as a full disk, is not counted.
     *
     * @param item in words for people, the same each time: {@code entry 17 of the journal}
     * @param instead what is done when the item is skipped, with the reason
     */
    public void run(String item, Runnable work, Consumer<String> instead) {
        if (isSkipped(item)) {
            return;
        }
        try {
            work.run();
            done(item);
        } catch (RuntimeException | Error e) {
            if (Faults.isPassing(e) || !isLastTry(item)) {
                throw e;
            }
            log.error("Failed {} times and is skipped: {}", TRIES, item, e);
            instead.accept(Faults.reason(e));
            skip(item, Faults.reason(e));
        }
    }

    private synchronized boolean isSkipped(String item) {
        return Optional.ofNullable(skipped.get(item))
                .filter(s -> s.isWithin(PAUSE, clock.instant()))
                .isPresent();
    }

    private synchronized void done(String item) {
        failures.remove(item);
    }

    private synchronized boolean isLastTry(String item) {
        if (failures.size() > MOST) {
            failures.clear();
        }
        return failures.merge(item, 1, Integer::sum) >= TRIES;
    }

    private synchronized void skip(String item, String why) {
        failures.remove(item);
        skipped.put(item, new Skipped(item, clock.instant(), why));
        if (skipped.size() > MOST) {
            skipped.remove(skipped.keySet().iterator().next());
        }
    }

    /** What was skipped lately, in one line: the newest, and how many more. */
    public synchronized Optional<String> problem() {
        var now = clock.instant();
        skipped.values().removeIf(s -> !s.isWithin(SHOWN, now));
        return skipped.values().stream()
                .max(Comparator.comparing(Skipped::at))
                .map(s -> "skipped " + s.item() + " at " + TextFormat.second(s.at()) + " after " + TRIES
                        + " tries: " + s.why()
                        + (skipped.size() == 1 ? "" : "; and " + (skipped.size() - 1) + " more in the last 24 h"));
    }
}
