package dev.playcall.security.identity;

import dev.playcall.config.IpNetwork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes guessing slow, and lets nobody lock somebody else out.
 *
 * <p>Failures are counted for a name from an address; some are free, then every failure doubles the wait. They are also counted
 * for the address, which slows whoever tries many names, and for the name. Of the last anybody can have as many as they like,
 * so it stops nobody: it only makes each new place, be it the right person's or not, wait for a moment before its own tries. A
 * browser or an address from which this name has logged in before is counted by itself alone.
 */
final class LoginThrottle {
    static final Duration FIRST_WAIT = Duration.ofSeconds(30);

    private static final int FREE = 5;
    private static final int FREE_OF_ADDRESS = 20;
    private static final int FREE_OF_NAME = 20;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGET = Duration.ofHours(1);
    private static final int MOST_KEPT = 20_000;
    /** Whoever has an IPv6 address mostly has all of its network. */
    private static final int IPV6_NETWORK = 64;

    private final Clock clock;
    private final Map<Key, Failures> failures = new Kept<>();
    private final Map<Key, Boolean> known = new Kept<>();

    private sealed interface Key {
        /** @param place an address, or a browser that has shown who it is */
        record Own(String name, String place) implements Key {}

        record Address(String address) implements Key {}

        record Name(String name) implements Key {}
    }

    private record Failures(int count, Instant last) {}

    /** Forgets first what was not asked for longest. */
    private static final class Kept<V> extends LinkedHashMap<Key, V> {
        private static final long serialVersionUID = 1;

        Kept() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
            return size() > MOST_KEPT;
        }
    }

    /**
     * Where somebody tries to log in.
     *
     * @param browser names the browser if this account has logged in with it before
     */
    record Place(String address, Optional<String> browser) {
        private Key.Own own(String name) {
            return new Key.Own(name, browser.map(b -> "browser " + b).orElseGet(this::network));
        }

        private String network() {
            return IpNetwork.address(address)
                    .filter(a -> a.getAddress().length > 4)
                    .map(a -> IpNetwork.around(a, IPV6_NETWORK).toString())
                    .orElse(address);
        }
    }

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a try: how long this name from this place has to wait, zero when it may go on. A try counts as failed
     * until {@link #succeeded} is told, so that many at once are not all the first one.
     */
    synchronized Duration attempt(String anyName, Place place) {
        var now = clock.instant();
        var name = bounded(anyName);
        var own = place.own(name);
        var wait = isKnown(own, place) ? wait(own, FREE, now) : waitOfNew(own, place, now);
        if (wait.isZero()) {
            count(own, now);
            if (!isKnown(own, place)) {
                count(new Key.Address(place.network()), now);
                count(new Key.Name(name), now);
            }
        }
        return wait;
    }

    synchronized void succeeded(String anyName, Place place) {
        var name = bounded(anyName);
        var own = place.own(name);
        if (!isKnown(own, place)) {
            takeBack(new Key.Address(place.network()));
            takeBack(new Key.Name(name));
        }
        failures.remove(own);
        known.put(new Key.Own(name, place.network()), true);
    }

    private boolean isKnown(Key.Own own, Place place) {
        return place.browser().isPresent() || known.get(own) != null;
    }

    /** What can be no name is one name to us, however many of them are tried. */
    private static String bounded(String name) {
        return Account.isName(name) ? name : "";
    }

    private Duration waitOfNew(Key.Own own, Place place, Instant now) {
        var wait = wait(new Key.Address(place.network()), FREE_OF_ADDRESS, now);
        if (!wait.isZero()) {
            return wait;
        }
        boolean tried = failures(new Key.Name(own.name()), now)
                .filter(f -> f.count() >= FREE_OF_NAME)
                .isPresent();
        if (!tried) {
            return wait(own, FREE, now);
        }
        // The wait of a place runs from when it asked first, so no number of others can make it longer.
        if (failures(own, now).isEmpty()) {
            failures.put(own, new Failures(0, now));
        }
        return failures(own, now)
                .map(f -> rest(f, FIRST_WAIT.multipliedBy(1L << Math.min(f.count(), 10)), now))
                .orElse(FIRST_WAIT);
    }

    private Duration wait(Key key, int free, Instant now) {
        return failures(key, now)
                .filter(f -> f.count() >= free)
                .map(f -> rest(f, Duration.ofSeconds(1L << Math.min(f.count() - free, 20)), now))
                .orElse(Duration.ZERO);
    }

    private static Duration rest(Failures failures, Duration pause, Instant now) {
        var until = failures.last().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    private Optional<Failures> failures(Key key, Instant now) {
        return Optional.ofNullable(failures.get(key))
                .filter(f -> !f.last().plus(FORGET).isBefore(now));
    }

    private void count(Key key, Instant now) {
        int before = failures(key, now).map(Failures::count).orElse(0);
        failures.put(key, new Failures(before + 1, now));
    }

    private void takeBack(Key key) {
        failures.computeIfPresent(key, (_, old) -> old.count() <= 1 ? null : new Failures(old.count() - 1, old.last()));
    }
}
