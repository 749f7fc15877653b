package dev.playcall.security.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes guessing slow. Failures are counted for a name from an address, for the address and for the name; each count has
 * some for free, then every failure doubles the wait. The count of a name alone is generous, or anybody could lock
 * others out.
 */
final class LoginThrottle {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGET = Duration.ofHours(1);
    private static final int MOST_KEPT = 20_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Failures(int count, Instant last) {}

    private record Counted(String key, int free) {}

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    private static List<Counted> counted(String name, String address) {
        return List.of(
                new Counted("both " + name + " " + address, 5),
                new Counted("from " + address, 20),
                new Counted("name " + name, 60));
    }

    /**
     * Takes a try: how long this name from this address has to wait, zero when it may go on. A try counts as failed
     * until {@link #succeeded} is told, so that many at once are not all the first one.
     */
    synchronized Duration attempt(String name, String address) {
        var now = clock.instant();
        var wait = counted(name, address).stream()
                .map(c -> wait(c, now))
                .max(Duration::compareTo)
                .orElseThrow();
        if (wait.isZero()) {
            counted(name, address)
                    .forEach(c -> failures.merge(
                            c.key(),
                            new Failures(1, now),
                            (old, one) -> new Failures(fresh(old, now).count() + 1, now)));
        }
        return wait;
    }

    synchronized void succeeded(String name, String address) {
        counted(name, address)
                .forEach(c -> failures.computeIfPresent(
                        c.key(), (_, old) -> old.count() <= 1 ? null : new Failures(old.count() - 1, old.last())));
        failures.remove(counted(name, address).getFirst().key());
    }

    private static Failures fresh(Failures old, Instant now) {
        return old.last().plus(FORGET).isBefore(now) ? new Failures(0, now) : old;
    }

    private Duration wait(Counted counted, Instant now) {
        var known = failures.get(counted.key());
        if (known == null || fresh(known, now).count() < counted.free()) {
            return Duration.ZERO;
        }
        int over = Math.min(known.count() - counted.free(), 20);
        var pause = Duration.ofSeconds(1L << over);
        var until = known.last().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}
