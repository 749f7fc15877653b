package dev.playcall.journal;

import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the runs of some days add up to. A day is one in UTC, and a run counts on the day it ended.
 *
 * @param states how many ended in which way
 * @param took empty when no run came to an end by itself
 * @param flaky hosts that are now well and now not, the worst first
 * @param tasks tasks that failed in most runs
 * @param failures the ways to fail, the most frequent first
 * @param people who asked for most
 * @param trend every day with a run, oldest first
 */
public record Stats(
        LocalDate from,
        LocalDate to,
        Map<RunState, Integer> states,
        Optional<Took> took,
        List<FlakyHost> flaky,
        List<FailingTask> tasks,
        List<Failure> failures,
        List<Asked> people,
        List<Day> trend,
        Spent spent)
        implements OutcomeCounts {
    public Stats {
        states = Map.copyOf(states);
        flaky = List.copyOf(flaky);
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
        people = List.copyOf(people);
        trend = List.copyOf(trend);
    }

    /** Which days, and of which environments; empty for all. */
    public record Question(LocalDate from, LocalDate to, Optional<java.util.Set<String>> environments) {
        /** So many days, {@code today} among them. */
        public static Question last(Duration period, LocalDate today, Optional<java.util.Set<String>> environments) {
            long days = Math.clamp((period.toHours() + 23) / 24, 1, 36_500);
            return new Question(today.minusDays(days - 1), today, environments);
        }
    }

    /** Half of the runs took at most {@code median}, 95 of 100 at most {@code p95}; both within two percent. */
    public record Took(int runs, Duration median, Duration p95) {}

    /** {@code flips} counts how often it was the other way than in the run before. */
    public record FlakyHost(String environment, String host, int runs, int bad, int flips) {}

    public record FailingTask(String playbook, String task, int runs, int hosts) {}

    /** One way to fail; {@code message} is that of {@code last}, the latest run that failed so. */
    public record Failure(String playbook, String task, String message, int runs, int hosts, RunId last) {}

    public record Asked(Person person, int runs, int bad) {}

    public record Day(LocalDate day, int runs, int good, int bad) {}

    /** What they cost together; {@code measured} is how many of them were measured. */
    public record Spent(int measured, Duration cpu, Duration hostTime, long peakBytes) {}
}
