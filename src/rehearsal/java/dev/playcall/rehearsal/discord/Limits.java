package dev.playcall.rehearsal.discord;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Buckets of calls per route and channel, and one for everything. */
final class Limits {
    private static final int GENEROUS = 1000;
    private static final int EVERYTHING = 50;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private boolean strict;

    synchronized void strict(boolean on) {
        strict = on;
        buckets.clear();
    }

    /** Takes one call out of its bucket; the headers of the answer say what is left. */
    synchronized Verdict take(Route route, Map<String, String> path) {
        var messages = route.template().startsWith("/channels/{channel}/messages");
        var most = !strict ? GENEROUS : messages ? 5 : EVERYTHING;
        var window = messages ? Duration.ofSeconds(5) : Duration.ofSeconds(1);
        var major = path.getOrDefault("channel", path.getOrDefault("guild", path.getOrDefault("token", "")));
        var exempt = route.template().startsWith("/interactions/");
        if (strict && !exempt) {
            var all = bucket("global", EVERYTHING, Duration.ofSeconds(1));
            if (all.left == 0) {
                return new Verdict(Map.of(), Optional.of(Fault.tooManyGlobally(all.rest())));
            }
            all.left--;
        }
        var bucket = bucket(route.name() + major, most, window);
        if (bucket.left == 0) {
            return new Verdict(headers(route, bucket, most), Optional.of(Fault.tooMany(bucket.rest())));
        }
        bucket.left--;
        return new Verdict(headers(route, bucket, most), Optional.empty());
    }

    private Bucket bucket(String key, int most, Duration window) {
        var bucket = buckets.get(key);
        if (bucket == null || System.nanoTime() - bucket.until >= 0) {
            bucket = new Bucket(most, System.nanoTime() + window.toNanos());
            buckets.put(key, bucket);
        }
        return bucket;
    }

    private static Map<String, String> headers(Route route, Bucket bucket, int most) {
        var rest = bucket.rest().toMillis() / 1000.0;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Integer.toString(most));
        headers.put("X-RateLimit-Remaining", Integer.toString(bucket.left));
        headers.put("X-RateLimit-Reset", Double.toString(System.currentTimeMillis() / 1000.0 + rest));
        headers.put("X-RateLimit-Reset-After", Double.toString(rest));
        headers.put("X-RateLimit-Bucket", Integer.toHexString(route.name().hashCode()));
        return headers;
    }

    record Verdict(Map<String, String> headers, Optional<Fault> refusal) {}

    private static final class Bucket {
        private final long until;
        private int left;

        Bucket(int left, long until) {
            this.left = left;
            this.until = until;
        }

        Duration rest() {
            return Duration.ofMillis(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
    }
}
