package dev.playcall.chat.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.SubscriptionTopic;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.ProposedRetry;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.store.Database;
import dev.playcall.testing.Faulty;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import dev.playcall.testing.ScriptedChat;
import dev.playcall.testing.ScriptedChat.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel sees of a run, whatever the platform does. */
class LiveMessagesTest {
    private static final Person ALICE = new Person("test:alice");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private ScriptedChat chat = new ScriptedChat(ScriptedChat.traits(45, Optional.empty()));
    private Database database;
    private RunJournal journal;
    private LiveMessages live;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("p.db"), clock);
        journal = new RunJournal(database.events(), clock);
        restart();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The gateway ends and begins again; the platform stays. */
    private void restart() {
        live = messages(database.chat());
        journal.follow(live);
    }

    private LiveMessages messages(ChatStore store) {
        return messages(store, database.chat());
    }

    private LiveMessages messages(ChatStore store, ChatStore people) {
        var cards = new RunCards(journal, people, clock, Rules.NOTHING_WAITS);
        return new LiveMessages(
                store,
                journal,
                cards,
                new FileLogs(folder),
                List.of(chat),
                List.of(new Channel("test", "general")),
                Runnable::run,
                new Random(1));
    }

    private void ticks(int n) {
        for (int i = 0; i < n; i++) {
            clock.go(Duration.ofSeconds(1));
            live.tick();
        }
    }

    private Run ask(String playbook) {
        return journal.create(new RunEvent.Requested(Runs.request(playbook), ALICE, Origin.of("test:ops")))
                .run();
    }

    private Run start(String playbook) {
        return journal.claim(playbook, 9, "n", (r, _) -> "log-" + r.id().value())
                .orElseThrow();
    }

    private void progress(Run run, int done, HostResult... hosts) {
        long failed = List.of(hosts).stream().filter(h -> h.outcome().isBad()).count();
        journal.progress(
                run,
                new Progress(done, 100, "Deploy", "Task " + done, 3, 0, 0, (int) failed, 0, 0),
                List.of(hosts),
                Intake.NONE);
    }

    private void finish(Run run, Outcome outcome) {
        journal.append(run.id(), new RunEvent.Finished(outcome));
    }

    private static HostResult bad(String host) {
        return new HostResult(
                host,
                HostOutcome.FAILED,
                new HostStats(1, 0, 0, 1, 0, 0, 0),
                Optional.of("Check health"),
                Optional.of("answered 503"),
                Duration.ofSeconds(1));
    }

    private Shown card() {
        assertThat(chat.shown("card")).hasSize(1);
        return chat.shown("card").getFirst();
    }

    @Test
    void aRunOrAnAnnouncementThatCannotBeHandledHoldsUpNoOther() throws InterruptedException {
        var store = Faulty.of(ChatStore.class, database.chat(), (method, values) -> {
            if (method.equals("subscribers")
                    && ((Run) values[0]).request().lock().equals("poison")) {
                throw new IllegalStateException("poison");
            }
        });
        live = messages(store);
        journal.follow(live);
        ask("poison");
        ask("deploy");
        database.chat().announce("@nobody", "k1", "to a person without a platform", clock.instant());
        database.chat().announce("test:ops", "k2", "to a channel", clock.instant());
        for (int n = 0; n < 20; n++) {
            clock.go(Duration.ofSeconds(2));
            live.loop().tick();
        }
        assertThat(card().text()).contains("#2", "queued");
        assertThat(chat.shown()).anySatisfy(s -> assertThat(s.text()).contains("to a channel"));
        assertThat(database.chat().pendingAnnouncements()).isEmpty();
        assertThat(live.loop().problem())
                .hasValueSatisfying(p -> assertThat(p).contains("skipped", "after 5 tries", "and 1 more"));
        assertThat(live.loop().health().failingSince()).isEmpty();
    }

    @Test
    void aCardThatCannotBeDrawnIsOneLineAfterSomeTriesAndReadinessSaysSo() throws InterruptedException {
        var poison = new Person("test:poison");
        var people = Faulty.of(ChatStore.class, database.chat(), (method, values) -> {
            if (method.equals("names") && ((java.util.Set<?>) values[0]).contains(poison)) {
                throw new IllegalStateException("this name cannot be drawn");
            }
        });
        live = messages(database.chat(), people);
        journal.follow(live);
        var run = journal.create(new RunEvent.Requested(Runs.request("deploy"), poison, Origin.of("test:ops")))
                .run();
        for (int n = 0; n < 60; n++) {
            clock.go(Duration.ofSeconds(2));
            live.loop().tick();
        }
        assertThat(card().text()).contains("#1 deploy", ": queued");
        assertThat(live.loop().problem())
                .hasValueSatisfying(p ->
                        assertThat(p).contains("skipped the card of #1 for test:ops", "this name cannot be drawn"));
        start("deploy");
        finish(run, new Outcome.Failed(2, "web-1 failed"));
        for (int n = 0; n < 60; n++) {
            clock.go(Duration.ofSeconds(2));
            live.loop().tick();
        }
        assertThat(card().text()).contains("#1 deploy", ": failed");
        assertThat(database.chat().openFeeds()).isEmpty();
    }

    @Test
    void aRunHasOneCardThatFollowsItToItsEnd() throws IOException {
        var run = ask("deploy");
        ticks(2);
        assertThat(card().text()).contains("queued");
        start("deploy");
        ticks(4);
        assertThat(card().text()).contains("running");
        Files.writeString(folder.resolve("log-" + run.id().value()), "the log\n");
        finish(run, new Outcome.Success());
        ticks(6);
        assertThat(card().text()).contains("succeeded");
        assertThat(chat.shown("log")).hasSize(1);
        assertThat(database.chat().openFeeds()).isEmpty();
    }

    @Test
    void ofManyChangesTheNewestIsShownAndNotEveryOne() {
        ask("deploy");
        ticks(2);
        var run = start("deploy");
        for (int i = 0; i < 60; i++) {
            progress(run, i);
            ticks(1);
        }
        assertThat(card().edits()).isLessThan(25);
        ticks(4);
        assertThat(card().text()).contains("Task 59");
    }

    @Test
    void whenTheAnswerToThePostIsLostThereIsNoSecondCard() {
        chat.fault("post", new Sent.Unknown("timeout"), true);
        ask("deploy");
        ticks(20);
        assertThat(card().text()).contains("queued");
        assertThat(chat.calls).contains("find");
    }

    @Test
    void whatIsNeverConfirmedIsSaidAgainWithLongerAndLongerPauses() {
        for (int i = 0; i < 1_000; i++) {
            chat.fault("post", new Sent.Unknown("timeout"), false);
        }
        ask("deploy");
        ticks(600);
        assertThat(chat.calls.stream().filter("post"::equals)).hasSizeBetween(5, 25);
    }

    @Test
    void whenThePostWasLostItIsSaidAgain() {
        chat.fault("post", new Sent.Unknown("timeout"), false);
        ask("deploy");
        ticks(20);
        assertThat(card().text()).contains("queued");
    }

    @Test
    void afterARestartTheSameCardGoesOn() {
        ask("deploy");
        ticks(2);
        var run = start("deploy");
        ticks(4);
        restart();
        finish(run, new Outcome.Success());
        ticks(6);
        assertThat(card().text()).contains("succeeded");
    }

    @Test
    void aCrashBetweenPostAndAnswerLeavesOneCard() {
        chat.fault("post", new Sent.Unknown("the gateway was killed here"), true);
        ask("deploy");
        ticks(1);
        restart();
        ticks(20);
        assertThat(chat.shown("card")).hasSize(1);
    }

    @Test
    void whatHappenedWhileTheGatewayWasAwayIsToldAtTheNextStart() {
        var elsewhere = new RunJournal(database.events(), clock);
        var run = elsewhere
                .create(new RunEvent.Requested(Runs.request("deploy"), ALICE, Origin.of("test:ops")))
                .run();
        elsewhere.claim("deploy", 9, "n", (_, _) -> "l");
        elsewhere.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        restart();
        ticks(6);
        assertThat(card().text()).contains("failed");
        assertThat(chat.shown("alert")).hasSize(1);
    }

    @Test
    void aFailureIsBroadcastOnceAndCanBeRetriedFromThere() {
        ask("deploy");
        ticks(1);
        var run = start("deploy");
        progress(run, 5, bad("web-1"));
        finish(run, new Outcome.Failed(2, "1 of 3 hosts failed: web-1"));
        ticks(10);
        assertThat(chat.shown("alert")).singleElement().satisfies(a -> {
            assertThat(a.broadcast()).isTrue();
            assertThat(a.text()).contains("web-1", "Check health", "answered 503", "retry 1");
        });
    }

    @Test
    void theThreadHearsOfPlaysAndFailuresAsTheyHappenAndOnlyOnce() {
        ask("deploy");
        ticks(1);
        var run = start("deploy");
        progress(run, 1);
        ticks(8);
        progress(run, 5, bad("web-1"));
        ticks(8);
        progress(run, 6, bad("web-1"), bad("web-2"));
        ticks(8);
        restart();
        ticks(8);
        assertThat(chat.shown("say")).hasSize(3);
        assertThat(chat.shown("say").get(0).text()).contains("Play: Deploy");
        assertThat(chat.shown("say").get(1).text()).contains("web-1").doesNotContain("web-2");
        assertThat(chat.shown("say").get(2).text()).contains("web-2").doesNotContain("web-1");
    }

    @Test
    void aRunThatFailsSlowlyOnManyHostsSaysTenThingsAndThenTheSummary() {
        ask("deploy");
        ticks(1);
        var run = start("deploy");
        var failed = new ArrayList<HostResult>();
        for (int i = 1; i <= 300; i++) {
            failed.add(bad("web-" + i));
            journal.progress(
                    run,
                    new Progress(i, 300, "Deploy " + i / 20, "Check health", 300, 0, 0, i, 0, 0),
                    List.of(failed.getLast()),
                    Intake.NONE);
            ticks(5);
        }
        assertThat(chat.shown("say")).hasSize(10);
        assertThat(chat.shown("say").getLast().text()).contains("More failures may follow", "summary");
        assertThat(chat.shown("say").subList(0, 9)).noneMatch(s -> s.text().contains("More failures may follow"));
        finish(run, new Outcome.Failed(2, "300 of 300 hosts failed"));
        ticks(10);
        assertThat(chat.shown("say")).hasSize(10);
        assertThat(chat.shown("account"))
                .singleElement()
                .satisfies(
                        s -> assertThat(s.text()).contains("300 hosts", "300 failed; 30 are shown, failed ones first"));
        assertThat(chat.shown("alert"))
                .singleElement()
                .satisfies(s -> assertThat(s.text()).contains("web-1", "295 more", "Check health"));
    }

    @Test
    void theEndIsShownAlthoughThePlatformAskedToWait() {
        ask("deploy");
        ticks(2);
        var run = start("deploy");
        chat.fault("edit", new Sent.Later(Duration.ofSeconds(30), "429"), false);
        ticks(5);
        finish(run, new Outcome.Success());
        ticks(20);
        assertThat(card().text()).doesNotContain("success");
        ticks(20);
        assertThat(card().text()).contains("succeeded");
    }

    @Test
    void anOutageLosesNothing() {
        chat.health(new Health.Connecting("away"));
        ask("deploy");
        var run = start("deploy");
        finish(run, new Outcome.Failed(2, "web-1 failed"));
        ticks(600);
        assertThat(chat.shown()).isEmpty();
        chat.health(new Health.Up(""));
        ticks(5);
        assertThat(card().text()).contains("failed");
        assertThat(chat.shown("alert")).hasSize(1);
    }

    @Test
    void aCardThatSomebodyDeletedIsSaidAgain() {
        var run = ask("deploy");
        ticks(2);
        chat.delete("card");
        start("deploy");
        finish(run, new Outcome.Success());
        ticks(20);
        assertThat(card().text()).contains("succeeded");
        assertThat(database.chat().openFeeds()).isEmpty();
    }

    @Test
    void whereItMayNotSpeakThePersonWhoAskedIsToldAlone() {
        chat.fault("post", new Sent.Refused("not_in_channel"), false);
        ask("deploy");
        ticks(5);
        assertThat(card().channel()).isEqualTo("test:DM-alice");
    }

    @Test
    void aPlatformThatIsSlowToNameAChannelDoesNotHoldTheTick() {
        var work = new ArrayDeque<Runnable>();
        live = new LiveMessages(
                database.chat(),
                journal,
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                new FileLogs(folder),
                List.of(chat),
                List.of(),
                work::add,
                new Random(1));
        database.chat().announce("@test:alice", "key", "your run has ended", clock.instant());
        chat.fault("post", new Sent.Refused("not_in_channel"), false);
        ask("deploy");
        for (int tick = 0; tick < 8; tick++) {
            int before = chat.directAsked.get();
            ticks(1);
            assertThat(chat.directAsked.get()).as("asked by a tick").isEqualTo(before);
            for (var done = work.poll(); done != null; done = work.poll()) {
                done.run();
            }
        }
        assertThat(chat.directAsked.get()).isPositive();
        assertThat(chat.shown()).anySatisfy(s -> assertThat(s.text()).contains("your run has ended"));
    }

    @Test
    void aRunNobodyAskedForInAChatIsShownInTheDefaultChannel() {
        journal.create(new RunEvent.Requested(Runs.request("deploy"), new Person("token:ci"), Origin.of("api")));
        ticks(2);
        assertThat(card().channel()).isEqualTo("test:general");
    }

    @Test
    void aChannelThatSubscribedToFailuresSeesNothingElse() {
        database.chat()
                .subscribe(
                        new Channel("test", "alarms"),
                        new SubscriptionTopic("production", "", true),
                        ALICE,
                        clock.instant());
        var good = ask("deploy");
        start("deploy");
        finish(good, new Outcome.Success());
        ticks(5);
        var bad = ask("deploy");
        start("deploy");
        finish(bad, new Outcome.Failed(2, "web-1 failed"));
        ticks(5);
        assertThat(chat.shown().stream().filter(s -> s.channel().equals("test:alarms")))
                .singleElement()
                .satisfies(s -> assertThat(s.text()).contains("#2").contains("failed"));
    }

    @Test
    void noMinuteHasMoreEditsThanThePlatformBears() {
        chat = new ScriptedChat(ScriptedChat.traits(10, Optional.empty()));
        restart();
        for (int i = 0; i < 8; i++) {
            ask("play" + i);
            start("play" + i);
        }
        ticks(10);
        var runs = database.events().running();
        int before = chat.calls.size();
        for (int i = 0; i < 60; i++) {
            for (var run : runs) {
                progress(run, i);
            }
            ticks(1);
        }
        var edits = chat.calls.subList(before, chat.calls.size()).stream()
                .filter("edit"::equals)
                .count();
        assertThat(edits).isBetween(5L, 10L);
        runs.forEach(r -> finish(r, new Outcome.Success()));
        ticks(90);
        assertThat(chat.shown("card"))
                .hasSize(8)
                .allSatisfy(c -> assertThat(c.text()).contains("succeeded"));
    }

    @Test
    void aCardThatIsTooOldToEditIsContinuedInANewOne() {
        chat = new ScriptedChat(ScriptedChat.traits(45, Optional.of(Duration.ofMinutes(50))));
        restart();
        ask("deploy");
        ticks(2);
        var run = start("deploy");
        ticks(3);
        clock.go(Duration.ofMinutes(51));
        ticks(3);
        assertThat(chat.shown("card")).hasSize(2);
        assertThat(chat.shown("card").getFirst().text()).contains("continues");
        finish(run, new Outcome.Success());
        ticks(8);
        assertThat(chat.shown("card")).hasSize(2);
        assertThat(chat.shown("card").getLast().text()).contains("succeeded");
    }

    @Test
    void aRevokedTokenKeepsWhatIsNotToldForLater() {
        chat.fault("post", new Sent.Stopped("token_revoked"), false);
        ask("deploy");
        ticks(5);
        assertThat(chat.shown()).isEmpty();
        assertThat(database.chat().openFeeds()).hasSize(1);
        restart();
        ticks(5);
        assertThat(card().text()).contains("queued");
    }

    @Test
    void aReportHasAButtonForEachRetryItProposes() {
        var proposed = new ProposedRetry(new RunId(7), "deploy staging");
        database.chat()
                .announce(
                        "test:ops",
                        "report-7",
                        "staging: 3 runs\nFailed: deploy: → retry 9 (x)\n" + proposed.line() + "\n",
                        clock.instant());
        ticks(3);
        assertThat(chat.shown())
                .singleElement()
                .satisfies(s -> assertThat(s.text())
                        .contains("Failed: deploy: → retry 9 (x)", "→ retry 7")
                        .doesNotContain(proposed.line()));
    }

    @Test
    void whatAChannelThatIsGoneWasToHearIsToldInTheDefaultChannel() {
        database.chat()
                .announce("test:ops", "report-1", "production: 3 runs\nStill failing: deploy\n", clock.instant());
        chat.fault("post", new Sent.Gone("channel_is_archived"), false);
        ticks(6);
        assertThat(chat.shown()).singleElement().satisfies(s -> {
            assertThat(s.channel()).isEqualTo("test:general");
            assertThat(s.text()).contains("production: 3 runs", "Still failing", "test:ops could not be notified");
        });
        assertThat(database.chat().pendingAnnouncements()).isEmpty();
    }
}
