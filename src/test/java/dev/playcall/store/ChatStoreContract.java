package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatStore;
import dev.playcall.chat.Feed;
import dev.playcall.chat.Slot;
import dev.playcall.chat.Topic;
import dev.playcall.chat.Wish;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the chat has to remember, on whatever database. */
abstract class ChatStoreContract extends StoreFixture {
    private static final Channel OPS = new Channel("slack", "C1");
    private static final Channel THREAD = new Channel("slack", "C1", Optional.of("17.5"));

    private ChatStore chat() {
        return database().chat();
    }

    private Feed feed(Channel channel) {
        var feed = new Feed(create(asked("deploy")).id(), channel, false);
        chat().open(List.of(feed), 1);
        return feed;
    }

    @Test
    void aFeedIsOpenUntilItIsClosedAlsoAfterARestart() {
        var feed = feed(THREAD);
        try (var later = again()) {
            assertThat(later.chat().openFeeds()).containsExactly(feed);
            assertThat(later.chat().isTold(feed.run(), "slack")).contains(false);
        }
        chat().close(feed);
        chat().open(List.of(feed), 2);
        assertThat(chat().openFeeds()).isEmpty();
        assertThat(chat().isTold(feed.run(), "slack")).contains(true);
        assertThat(chat().isTold(feed.run(), "sla")).isEmpty();
    }

    @Test
    void theCursorNeverGoesBack() {
        chat().open(List.of(), 7);
        chat().open(List.of(), 3);
        assertThat(chat().cursor()).isEqualTo(7);
    }

    @Test
    void aFeedOfARunThatIsForgottenIsLeftOut() {
        chat().open(List.of(new Feed(new RunId(99), OPS, false)), 1);
        assertThat(chat().openFeeds()).isEmpty();
    }

    @Test
    void aMessageIsKeptBeforeItIsSaidAndWithItsNameAfterwards() {
        var feed = feed(OPS);
        var before = new Slot("card", Optional.empty(), "queued:1", T);
        chat().tell(feed, before, Set.of("play:Deploy"));
        assertThat(chat().slots(feed)).containsExactly(before);
        var after = new Slot("card", Optional.of("17.1"), "running:2", T);
        chat().save(feed, after);
        chat().tell(
                        feed,
                        new Slot("say1", Optional.of("17.2"), "", T.plusSeconds(1)),
                        Set.of("play:Deploy", "host:web-1"));
        assertThat(chat().slots(feed)).extracting(Slot::name).containsExactly("card", "say1");
        assertThat(chat().slots(feed).getFirst()).isEqualTo(after);
        assertThat(chat().told(feed)).containsExactlyInAnyOrder("play:Deploy", "host:web-1");
        assertThat(chat().runOf(OPS, "17.1")).contains(feed.run());
        chat().forget(feed, "card");
        assertThat(chat().slots(feed)).extracting(Slot::name).containsExactly("say1");
    }

    @Test
    void aDeliveryIsTakenOnceForADay() {
        assertThat(chat().isFirst("slack:Ev1", T)).isTrue();
        assertThat(chat().isFirst("slack:Ev1", T.plusSeconds(60))).isFalse();
        assertThat(chat().isFirst("slack:Ev2", T)).isTrue();
        assertThat(chat().isFirst("slack:Ev1", T.plus(Duration.ofHours(25)))).isTrue();
    }

    @Test
    void ofManyWhoDeliverTheSameAtOnceOneIsFirst() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> deliver = () -> chat().isFirst("discord:1", T);
            var answers = threads.invokeAll(java.util.Collections.nCopies(40, deliver));
            long first = answers.stream().filter(ChatStoreContract::isTrue).count();
            assertThat(first).isEqualTo(1);
        }
    }

    private static boolean isTrue(Future<Boolean> answer) {
        return answer.resultNow();
    }

    @Test
    void aWishIsHandedOutOnce() {
        var wish =
                new Wish(ALICE, List.of("deploy", "production", "note=two \"words\""), Map.of("password", "once/7"), T);
        long number = chat().keep(wish);
        assertThat(chat().look(number)).contains(wish);
        assertThat(chat().take(number)).contains(wish);
        assertThat(chat().take(number)).isEmpty();
        assertThat(chat().look(number)).isEmpty();
    }

    @Test
    void peopleAreCalledAsTheyWereLastMet() {
        chat().met(ALICE, "Alice");
        chat().met(ALICE, "Alice L.");
        chat().met(BOB, " ");
        assertThat(chat().names(Set.of(ALICE, BOB))).isEqualTo(Map.of(ALICE, "Alice L."));
        assertThat(chat().names(Set.of())).isEmpty();
    }

    @Test
    void aChannelSeesWhatItSubscribedTo() {
        var all = new Topic("", "", false);
        var failures = new Topic("production", "deploy", true);
        assertThat(chat().subscribe(OPS, failures, ALICE, T)).isTrue();
        assertThat(chat().subscribe(OPS, failures, BOB, T)).isFalse();
        var run = create(asked("deploy"));
        var other = create(asked(request("deploy", "staging", "deploy", 0, false)));
        assertThat(chat().subscribers(run)).isEqualTo(Map.of(OPS, true));
        assertThat(chat().subscribers(other)).isEmpty();
        chat().subscribe(OPS, all, ALICE, T.plusSeconds(1));
        assertThat(chat().subscribers(run)).isEqualTo(Map.of(OPS, false));
        assertThat(chat().topics(OPS)).containsExactly(failures, all);
        assertThat(chat().unsubscribe(OPS, failures)).isTrue();
        assertThat(chat().unsubscribe(OPS, failures)).isFalse();
    }

    @Test
    void whatIsForgottenOfRunsIsForgottenOfTheirMessages() {
        var run = create(asked("deploy"));
        Run working = claim("deploy", 9).orElseThrow();
        finish(working, new dev.playcall.domain.Outcome.Success());
        var feed = new Feed(run.id(), OPS, false);
        chat().open(List.of(feed), 1);
        chat().tell(feed, new Slot("card", Optional.of("1"), "", T), Set.of("x"));
        store().history()
                .forget(
                        new dev.playcall.journal.History.Rule(
                                java.util.Set.of("production"),
                                java.util.Optional.of(T.plus(Duration.ofDays(1))),
                                java.util.OptionalInt.empty()),
                        100);
        assertThat(chat().openFeeds()).isEmpty();
        assertThat(chat().slots(feed)).isEmpty();
    }
}
