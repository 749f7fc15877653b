package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.History;
import dev.playcall.journal.RunQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every database has to find. */
abstract class RunListContract extends StoreFixture {
    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 5; i++) {
            create(asked("deploy"));
        }
        var first = store().list(RunQuery.newest(2));
        assertThat(first.runs()).extracting(r -> r.id().value()).containsExactly(5L, 4L);
        var query = RunQuery.newest(10).before(first.next().orElseThrow());
        var second = store().list(query);
        assertThat(second.runs()).extracting(r -> r.id().value()).containsExactly(3L, 2L, 1L);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void textSearchTakesEveryCharacterAsItIs() {
        run(request("deploy"), host("web-1", HostOutcome.FAILED));
        assertThat(search("answered 5")).hasSize(1);
        assertThat(search("%")).isEmpty();
        assertThat(search("' or 1=1 --")).isEmpty();
    }

    private List<Run> search(String text) {
        var query = RunQuery.of("production", 10)
                .states(Set.of(RunState.SUCCESS))
                .host(Optional.of("web-1"))
                .text(Optional.of(text));
        return store().list(query).runs();
    }

    @Test
    void likeRunsAreThoseThatTellHowLongThisOneWillTake() {
        run(request("deploy"));
        var other = create(asked("deploy"));
        assertThat(store().like(other, 5)).containsExactly(new EventStore.Past(Duration.ofSeconds(4), 0));
    }

    @Test
    void onlyLikeRunsTellHowLongOneWillTake() {
        run(request("deploy", "staging", "deploy", 0, false));
        run(request("deploy", "production", "deploy", 0, true));
        run(request("other"));
        run(request("deploy"), new Outcome.Failed(2, "no"));
        run(request("deploy").retry(new RunId(1), List.of("web-1")));
        assertThat(store().like(create(asked("deploy")), 5)).isEmpty();
    }

    @Test
    void everyFilterNarrowsTheList() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        run(request("ping", "staging", "ping", 0, false), host("web-2", HostOutcome.OK));
        create(asked("provision"));
        assertThat(found(Map.of("operation", "ping"))).containsExactly(2L);
        assertThat(found(Map.of("playbook", "deploy"))).containsExactly(1L);
        assertThat(found(Map.of("environment", "production"))).containsExactly(3L, 1L);
        assertThat(found(Map.of("environment", "production", "playbook", "provision")))
                .containsExactly(3L);
        assertThat(found(Map.of("host", "web-2"))).containsExactly(2L);
        assertThat(found(Map.of("by", "console:alice"))).containsExactly(3L, 2L, 1L);
        assertThat(found(Map.of("by", "console:nobody"))).isEmpty();
        assertThat(found(Map.of("text", "STAG"))).containsExactly(2L);
        assertThat(within(T, T.plusMillis(1))).hasSize(3);
        assertThat(within(T.plusMillis(1), T.plusSeconds(9))).isEmpty();
        assertThat(within(T.minusSeconds(9), T)).isEmpty();
    }

    private List<Long> found(Map<String, String> wanted) {
        return ids(RunQuery.newest(50)
                .states(Set.of(RunState.SUCCESS, RunState.QUEUED))
                .operation(Optional.ofNullable(wanted.get("operation")))
                .playbook(Optional.ofNullable(wanted.get("playbook")))
                .environment(Optional.ofNullable(wanted.get("environment")))
                .host(Optional.ofNullable(wanted.get("host")))
                .requestedBy(Optional.ofNullable(wanted.get("by")))
                .text(Optional.ofNullable(wanted.get("text"))));
    }

    private List<Long> within(Instant from, Instant to) {
        return ids(RunQuery.newest(50).between(Optional.of(from), Optional.of(to)));
    }

    private List<Long> ids(RunQuery query) {
        return store().list(query).runs().stream().map(r -> r.id().value()).toList();
    }

    @Test
    void aRunThatCannotBeReadIsLeftOutAndDoesNotEndThePages() {
        for (int i = 0; i < 4; i++) {
            create(asked("deploy"));
        }
        sql("update run set state = 'melted' where id in (3, 4)");
        var first = store().list(RunQuery.newest(2));
        assertThat(first.runs()).isEmpty();
        assertThat(first.next()).contains(3L);
        assertThat(ids(RunQuery.newest(10))).containsExactly(2L, 1L);
    }

    private List<Long> forget(Instant before, int keep) {
        var rule = new History.Rule(Set.of("production"), Optional.of(before), OptionalInt.of(keep));
        return store().history().delete(rule, 100).stream()
                .map(f -> f.run().value())
                .toList();
    }

    @Test
    void oldRunsAndTooManyRunsAreForgottenButNoneThatWorksOrWaits() {
        run(request("deploy"));
        run(request("deploy"));
        run(request("deploy"));
        var waiting = create(asked("deploy"));
        assertThat(forget(Instant.EPOCH, 2)).containsExactly(1L, 2L);
        assertThat(forget(T.plusSeconds(3600), 100)).containsExactly(3L);
        assertThat(store().list(RunQuery.newest(10)).runs()).containsExactly(waiting);
        assertThat(store().hosts(new RunId(1))).isEmpty();
        assertThat(create(asked("deploy")).id().value()).isEqualTo(5);
    }
}
