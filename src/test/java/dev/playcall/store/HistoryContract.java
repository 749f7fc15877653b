package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.EventStore.RunCompletion;
import dev.playcall.journal.History;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.QueueForecast;
import dev.playcall.journal.QueueForecast.Forecast;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.Stats;
import dev.playcall.testing.Runs;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures, costs, the words of a log, what is kept and what is forgotten. */
abstract class HistoryContract extends StoreFixture {
    private static final LocalDate DAY = LocalDate.ofInstant(T, ZoneOffset.UTC);

    private History history() {
        return store().history();
    }

    private Stats stats(String... environments) {
        var within = environments.length == 0 ? Optional.<Set<String>>empty() : Optional.of(Set.of(environments));
        return history().stats(new Stats.Question(DAY, DAY, within));
    }

    private Run ends(RunCompletion after) {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        store().end(run.id(), new RunEvent.Finished(new Outcome.Success()), after, T.plusSeconds(5));
        return run;
    }

    private List<Long> text(String words) {
        var query = RunQuery.newest(50).text(Optional.of(words));
        return store().list(query).runs().stream().map(r -> r.id().value()).toList();
    }

    @Test
    void whatARunCostIsKnownOnceItHasEnded() {
        var run = ends(new RunCompletion(
                Optional.of(Duration.ofMillis(2500)), Optional.of(64L << 20), List.of(), Optional.empty()));
        var runCost = history().costs(List.of(run.id())).get(run.id());
        assertThat(runCost)
                .isEqualTo(new RunCost(Optional.of(Duration.ofMillis(2500)), Optional.of(64L << 20), Optional.empty()));
        assertThat(stats().spent().measured()).isEqualTo(1);
        assertThat(stats().spent().cpu()).isEqualTo(Duration.ofMillis(2500));
        assertThat(history().costs(List.of(new RunId(99)))).isEmpty();
    }

    @Test
    void theLinesOfALogThatMatterFindTheRun() {
        ends(new RunCompletion(
                Optional.empty(),
                Optional.empty(),
                List.of("fatal: [web-1]: Connection refused by bastion"),
                Optional.empty()));
        ends(RunCompletion.NONE);
        assertThat(text("bastion")).containsExactly(1L);
        assertThat(text("refus bast")).containsExactly(1L);
        assertThat(text("\"connection refused\"")).containsExactly(1L);
        assertThat(text("\"refused connection\"")).isEmpty();
        assertThat(text("deploy")).containsExactly(2L, 1L);
        assertThat(text("deploy NOT bastion")).isEmpty();
        assertThat(text("words: * ^ ( \" unclosed")).isEmpty();
        assertThat(text("--")).isEmpty();
    }

    @Test
    void figuresCountEachRunOnceOnTheDayItEnded() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        run(request("deploy"), new Outcome.Failed(2, "no"), host("web-1", HostOutcome.FAILED));
        run(request("deploy"), host("web-1", HostOutcome.OK));
        run(
                request("ping", "staging", "ping", 0, false),
                new Outcome.Failed(4, "no"),
                host("s", HostOutcome.UNREACHABLE));
        create(asked("deploy"));
        var all = stats();
        assertThat(all.runs()).isEqualTo(4);
        assertThat(all.states()).containsEntry(RunState.SUCCESS, 2).containsEntry(RunState.FAILED, 2);
        assertThat(all.successRate()).contains(50.0);
        assertThat(all.took().orElseThrow().median().toMillis()).isBetween(3900L, 4100L);
        assertThat(all.flaky()).containsExactly(new Stats.FlakyHost("production", "web-1", 3, 1, 2));
        assertThat(all.failures()).hasSize(2);
        assertThat(all.people()).containsExactly(new Stats.Asked(Runs.ALICE, 4, 2));
        assertThat(all.trend()).containsExactly(new Stats.Day(DAY, 4, 2, 2));
        assertThat(stats("staging").runs()).isEqualTo(1);
        assertThat(stats("staging").failures().getFirst().last()).isEqualTo(new RunId(4));
        assertThat(history()
                        .stats(new Stats.Question(DAY.plusDays(1), DAY.plusDays(2), Optional.empty()))
                        .runs())
                .isZero();
    }

    @Test
    void ofHostsThatChangeEquallyOftenTheOneThatFailsMoreComesFirst() {
        var moods = List.of(
                List.of(HostOutcome.OK, HostOutcome.OK, HostOutcome.OK),
                List.of(HostOutcome.FAILED, HostOutcome.FAILED, HostOutcome.OK),
                List.of(HostOutcome.OK, HostOutcome.FAILED, HostOutcome.OK),
                List.of(HostOutcome.OK, HostOutcome.OK, HostOutcome.OK));
        for (var mood : moods) {
            run(
                    request("deploy"),
                    host("a-once", mood.get(0)),
                    host("b-twice", mood.get(1)),
                    host("c-never", mood.get(2)));
        }
        assertThat(stats().flaky())
                .containsExactly(
                        new Stats.FlakyHost("production", "b-twice", 4, 2, 2),
                        new Stats.FlakyHost("production", "a-once", 4, 1, 2));
        assertThat(history()
                        .stats(new Stats.Question(java.time.LocalDate.EPOCH, DAY.plusDays(1), Optional.empty()))
                        .flaky())
                .isEqualTo(stats().flaky());
    }

    private record Ended(LocalDate day, String environment, RunState state) {}

    private Ended endsOnAnyDay(Random random) {
        var environment = random.nextBoolean() ? "production" : "staging";
        boolean bad = random.nextInt(3) == 0;
        create(asked(request("deploy", environment, "deploy", 0, false)));
        var run = claim("deploy", 9).orElseThrow();
        var hosts = random.ints(random.nextInt(4), 0, 30)
                .distinct()
                .mapToObj(n -> host("web-" + n, random.nextInt(3) == 0 ? HostOutcome.FAILED : HostOutcome.OK))
                .toList();
        store().progress(run.id(), Progress.NONE, hosts, Intake.NONE);
        var day = DAY.plusDays(1L + random.nextInt(20));
        var at = day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(86_400));
        store().append(run.id(), new RunEvent.Finished(bad ? new Outcome.Failed(2, "no") : new Outcome.Success()), at);
        return new Ended(day, environment, bad ? RunState.FAILED : RunState.SUCCESS);
    }

    private static Map<RunState, Integer> counted(List<Ended> all, Stats.Question question) {
        return all.stream()
                .filter(e -> !e.day().isBefore(question.from())
                        && !e.day().isAfter(question.to())
                        && question.environments()
                                .map(some -> some.contains(e.environment()))
                                .orElse(true))
                .collect(Collectors.toMap(Ended::state, _ -> 1, Integer::sum));
    }

    /** What is kept of days that are over is read anew when a run ends on one of them, and when one is forgotten. */
    @Test
    void figuresOfAPeriodAreThoseOfAFreshCountWhateverDayRunsEndOn() {
        var random = new Random(11);
        var questions = IntStream.range(0, 6)
                .mapToObj(i -> new Stats.Question(
                        DAY.plusDays(i),
                        DAY.plusDays(8L + 3L * i),
                        i % 2 == 0 ? Optional.empty() : Optional.of(Set.of(i == 1 ? "staging" : "production"))))
                .toList();
        var all = new ArrayList<Ended>();
        for (int i = 1; i <= 60; i++) {
            all.add(endsOnAnyDay(random));
            if (i % 25 == 0) {
                var kept = DAY.plusDays(i / 10);
                history().deleteFigures(kept.atStartOfDay(ZoneOffset.UTC).toInstant());
                all.removeIf(e -> e.day().isBefore(kept));
            }
            for (var question : questions) {
                assertThat(history().stats(question).states()).isEqualTo(counted(all, question));
            }
            if (i % 20 == 0) {
                try (var fresh = again()) {
                    for (var question : questions) {
                        assertThat(history().stats(question))
                                .isEqualTo(fresh.events().history().stats(question));
                    }
                }
            }
        }
    }

    /** Figures that an older version wrote say nothing of how many runs ended on their day. */
    @Test
    void forgottenFiguresOfAnOlderVersionAreNoLongerCounted() {
        run(request("deploy"));
        sql("delete from tally where kind = 'ended'");
        var question = new Stats.Question(DAY.minusDays(3), DAY.plusDays(3), Optional.empty());
        assertThat(history().stats(question).runs()).isEqualTo(1);
        history().deleteFigures(T.plus(Duration.ofDays(1)));
        assertThat(history().stats(question).runs()).isZero();
    }

    @Test
    void hostsThatFailInTheSameWayAreOneFailure() {
        run(
                request("deploy"),
                new Outcome.Failed(2, "no"),
                host("web-1", HostOutcome.FAILED),
                host("web-2", HostOutcome.FAILED));
        run(request("deploy"), new Outcome.Failed(2, "no"), host("web-9", HostOutcome.FAILED));
        assertThat(stats().failures()).singleElement().satisfies(f -> {
            assertThat(f.runs()).isEqualTo(2);
            assertThat(f.hosts()).isEqualTo(3);
            assertThat(f.task()).isEqualTo("Health check");
        });
    }

    @Test
    void aPinnedRunStaysAndIsNotCountedAgainstTheOthers() {
        for (int i = 0; i < 4; i++) {
            run(request("deploy"));
        }
        assertThat(history().pin(new RunId(1), new Pin(Runs.ALICE, "evidence", T)))
                .isTrue();
        assertThat(history().pin(new RunId(77), new Pin(Runs.ALICE, "evidence", T)))
                .isFalse();
        var rule = new History.Rule(Set.of("production"), Optional.of(T.plusSeconds(60)), OptionalInt.empty());
        assertThat(history().delete(new History.Rule(Set.of("production"), Optional.empty(), OptionalInt.of(2)), 10))
                .extracting(f -> f.run().value())
                .containsExactly(2L);
        assertThat(history().delete(rule, 1)).hasSize(1);
        assertThat(history().delete(rule, 10)).hasSize(1);
        assertThat(history().delete(rule, 10)).isEmpty();
        assertThat(store().find(new RunId(1))).isPresent();
        assertThat(history().pin(new RunId(1))).map(Pin::reason).contains("evidence");
        assertThat(history().unpin(new RunId(1))).isTrue();
        assertThat(history().unpin(new RunId(1))).isFalse();
        assertThat(history().delete(rule, 10)).hasSize(1);
    }

    @Test
    void whatIsForgottenIsGoneEverywhereButInTheFigures() {
        run(request("deploy"), new Outcome.Failed(2, "no"), host("web-1", HostOutcome.FAILED));
        var rule = new History.Rule(Set.of("production"), Optional.of(T.plusSeconds(60)), OptionalInt.empty());
        assertThat(history().delete(rule, 10).getFirst().log()).isEqualTo("production/1.log");
        assertThat(text("answered")).isEmpty();
        assertThat(store().hosts(new RunId(1))).isEmpty();
        assertThat(store().entries(new RunId(1))).isEmpty();
        assertThat(history().unknown(List.of(new RunId(1)))).containsExactly(new RunId(1));
        assertThat(history().environments()).isEmpty();
        assertThat(stats().runs()).isEqualTo(1);
        assertThat(create(asked("deploy")).id().value()).isEqualTo(2);
        history().deleteFigures(T.plus(Duration.ofDays(1)));
        assertThat(stats().runs()).isZero();
    }

    @Test
    void aRunOfAnEnvironmentWithItsOwnRuleIsLeftAlone() {
        run(request("deploy"));
        run(request("ping", "staging", "ping", 0, false));
        var rule = new History.Rule(Set.of("staging"), Optional.of(T.plusSeconds(60)), OptionalInt.of(0));
        assertThat(history().delete(rule, 10)).extracting(f -> f.run().value()).containsExactly(2L);
        assertThat(history().environments()).containsExactly("production");
    }

    @Test
    void anEstimateNeedsLikeRunsAndSaysMoreWithMoreOfThem() {
        var forecast = new Forecast(store());
        assertThat(forecast.of(create(asked("deploy")))).isEmpty();
        claim("deploy", 9).ifPresent(r -> finish(r, new Outcome.Success()));
        for (int i = 0; i < 4; i++) {
            run(request("deploy"));
        }
        var waiting = create(asked("deploy"));
        var estimate = forecast.of(waiting).orElseThrow();
        assertThat(estimate.median()).isEqualTo(Duration.ofSeconds(4));
        assertThat(estimate.p90()).contains(Duration.ofSeconds(4));
        assertThat(estimate.runs()).isEqualTo(5);
        var second = create(asked("deploy"));
        var queue = new QueueForecast(store(), T);
        assertThat(queue.place(second).orElseThrow().startsIn()).contains(Duration.ofSeconds(4));
        assertThat(queue.place(waiting).orElseThrow().startsIn()).contains(Duration.ZERO);
    }

    @Test
    void positionsInTheQueueAreCountedForEachLockAlsoWhereOthersAreNotSeen() {
        run(request("deploy"));
        var first = create(asked("deploy"));
        var other = create(asked("ping"));
        var second = create(asked("deploy"));
        var queue = new QueueForecast(store(), T);
        assertThat(queue.places(r -> !r.id().equals(first.id()), 10))
                .extracting(p -> p.run().id(), p -> p.position().orElseThrow().number())
                .containsExactly(tuple(other.id(), 1), tuple(second.id(), 2));
        assertThat(queue.places(_ -> true, 2)).extracting(p -> p.run().id()).containsExactly(first.id(), other.id());
    }
}
