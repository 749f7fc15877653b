package dev.playcall.command.router;

import dev.playcall.command.Allowances;
import dev.playcall.command.router.RateLimitFilter.Allowed;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.AllowanceStore;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** What one person may still take of the runs that are allowed. */
sealed interface RunTokens {

    /** Takes so many, or none; how long to wait until so many are there, zero when they were taken. */
    Duration take(int runs);

    void giveBack(int runs);

    Allowances.Left left();

    /** Whether nothing of it is known that has to be kept. */
    boolean isFull();

    /** Counted in this gateway. */
    record Here(Allowed allowed, Bucket bucket) implements RunTokens {
        static Here of(Allowed allowed, TimeMeter time) {
            return new Here(
                    allowed,
                    Bucket.builder()
                            .addLimit(l -> l.capacity(allowed.runs()).refillGreedy(allowed.runs(), allowed.per()))
                            .withCustomTimePrecision(time)
                            .build());
        }

        @Override
        public Duration take(int runs) {
            var probe = bucket.tryConsumeAndReturnRemaining(runs);
            return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
        }

        @Override
        public void giveBack(int runs) {
            bucket.addTokens(runs);
        }

        @Override
        public Allowances.Left left() {
            long left = bucket.getAvailableTokens();
            long wait = left >= allowed.runs()
                    ? 0
                    : bucket.estimateAbilityToConsume(left + 1).getNanosToWaitForRefill();
            return new Allowances.Left(allowed.runs(), left, Duration.ofNanos(wait));
        }

        @Override
        public boolean isFull() {
            return bucket.getAvailableTokens() == allowed.runs();
        }
    }

    /** Counted for all gateways on the database. */
    record Everywhere(Allowed allowed, Person person, AllowanceStore store) implements RunTokens {
        private Duration each() {
            return allowed.per().dividedBy(allowed.runs());
        }

        @Override
        public Duration take(int runs) {
            return store.take(person, runs, each(), allowed.per());
        }

        @Override
        public void giveBack(int runs) {
            store.giveBack(person, runs, each());
        }

        @Override
        public Allowances.Left left() {
            long each = Math.max(1, each().toMillis());
            long taken = store.taken(person).toMillis();
            long used = (taken + each - 1) / each;
            return new Allowances.Left(
                    allowed.runs(),
                    Math.max(0, allowed.runs() - used),
                    Duration.ofMillis(used == 0 ? 0 : taken - (used - 1) * each));
        }

        @Override
        public boolean isFull() {
            return true;
        }
    }
}
