package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.MessageRef;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.chat.message.ChatStore.SubscriptionTopic;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
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

    private RunSubscription feed(Channel channel) {
        var runSubscription = new RunSubscription(create(asked("deploy")).id(), channel, false);
        chat().open(List.of(runSubscription), 1);
        return runSubscription;
    }

    @Test
    void aFeedIsOpenUntilItIsClosedAlsoAfterARestart() {
        var runSubscription = feed(THREAD);
        try (var later = again()) {
            assertThat(later.chat().openFeeds()).containsExactly(runSubscription);
            assertThat(later.chat().isComplete(runSubscription.run(), "slack")).contains(false);
        }
        chat().close(runSubscription);
        chat().open(List.of(runSubscription), 2);
        assertThat(chat().openFeeds()).isEmpty();
        assertThat(chat().isComplete(runSubscription.run(), "slack")).contains(true);
        assertThat(chat().isComplete(runSubscription.run(), "sla")).isEmpty();
    }

    @Test
    void aScheduleThatIsGoneIsCalledByItsNumber() {
        var schedule = new Person("schedule:7");
        assertThat(chat().names(Set.of(schedule))).containsEntry(schedule, "schedule 7");
    }

    @Test
    void theCursorNeverGoesBack() {
        chat().open(List.of(), 7);
        chat().open(List.of(), 3);
        assertThat(chat().cursor()).isEqualTo(7);
    }

    @Test
    void aFeedOfARunThatIsForgottenIsLeftOut() {
        chat().open(List.of(new RunSubscription(new RunId(99), OPS, false)), 1);
        assertThat(chat().openFeeds()).isEmpty();
    }

    @Test
    void aMessageIsKeptBeforeItIsSaidAndWithItsNameAfterwards() {
        var runSubscription = feed(OPS);
        var before = new MessageRef("card", Optional.empty(), "queued:1", T);
        chat().savePosted(runSubscription, before, Set.of("play:Deploy"));
        assertThat(chat().slots(runSubscription)).containsExactly(before);
        var after = new MessageRef("card", Optional.of("17.1"), "running:2", T);
        chat().save(runSubscription, after);
        chat().savePosted(
                        runSubscription,
                        new MessageRef("say1", Optional.of("17.2"), "", T.plusSeconds(1)),
                        Set.of("play:Deploy", "host:web-1"));
        assertThat(chat().slots(runSubscription)).extracting(MessageRef::name).containsExactly("card", "say1");
        assertThat(chat().slots(runSubscription).getFirst()).isEqualTo(after);
        assertThat(chat().postedFacts(runSubscription)).containsExactlyInAnyOrder("play:Deploy", "host:web-1");
        chat().delete(runSubscription, "card");
        assertThat(chat().slots(runSubscription)).extracting(MessageRef::name).containsExactly("say1");
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
        var request = new PendingRequest(
                ALICE, List.of("deploy", "production", "note=two \"words\""), Map.of("password", "once/7"), T);
        long number = chat().keep(request);
        assertThat(chat().find(number)).contains(request);
        assertThat(chat().take(number)).contains(request);
        assertThat(chat().take(number)).isEmpty();
        assertThat(chat().find(number)).isEmpty();
    }

    @Test
    void peopleAreCalledAsTheyWereLastMet() {
        chat().saveName(ALICE, "Alice");
        chat().saveName(ALICE, "Alice L.");
        chat().saveName(BOB, " ");
        assertThat(chat().names(Set.of(ALICE, BOB))).isEqualTo(Map.of(ALICE, "Alice L."));
        assertThat(chat().names(Set.of())).isEmpty();
    }

    @Test
    void aChannelSeesWhatItSubscribedTo() {
        var all = new SubscriptionTopic("", "", false);
        var failures = new SubscriptionTopic("production", "deploy", true);
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
        var runSubscription = new RunSubscription(run.id(), OPS, false);
        chat().open(List.of(runSubscription), 1);
        chat().savePosted(runSubscription, new MessageRef("card", Optional.of("1"), "", T), Set.of("x"));
        store().history()
                .delete(
                        new dev.playcall.journal.History.Rule(
                                java.util.Set.of("production"),
                                java.util.Optional.of(T.plus(Duration.ofDays(1))),
                                java.util.OptionalInt.empty()),
                        100);
        assertThat(chat().openFeeds()).isEmpty();
        assertThat(chat().slots(runSubscription)).isEmpty();
    }
}
