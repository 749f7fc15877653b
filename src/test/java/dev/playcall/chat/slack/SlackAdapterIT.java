package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.rehearsal.slack.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conversation with people in Slack, against a server that is as strict as Slack. */
class SlackAdapterIT {
    private static final String OPS = SlackChannel.OPS;
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private SlackChannel room;

    @BeforeEach
    void open() {
        room = new SlackChannel(home);
    }

    @AfterEach
    void close() {
        assertThat(room.server.sights().warnings()).isEmpty();
        room.close();
    }

    private static HostResult failed(String name, String message) {
        return new HostResult(
                name,
                HostOutcome.FAILED,
                new HostStats(1, 0, 0, 1, 0, 0, 0),
                Optional.of("Check health"),
                Optional.of(message),
                Duration.ofSeconds(2));
    }

    private RunId run() {
        return await().atMost(LONG)
                .until(() -> journalRuns(), r -> !r.isEmpty())
                .getFirst();
    }

    private List<RunId> journalRuns() {
        return room.journal.read().queue().stream().map(r -> r.id()).toList();
    }

    private void claimed() {
        await().atMost(LONG)
                .until(() -> room.journal
                        .claim("deploy", 9, "n", (_, _) -> "production/x.log")
                        .isPresent());
    }

    @Test
    void aDeployIsOneCardFromTheCommandToItsEnd() {
        room.write("logs/production/x.log", "PLAY [all]\nfatal: no <!channel> space\n");
        room.start();
        var ack = room.server.command("UALICE", OPS, "/deploy", "production version=v1.2.3");
        assertThat(ack.acked()).isTrue();
        assertThat(ack.problems()).isEmpty();
        assertThat(ack.payload().path("response_type").asText()).isEqualTo("ephemeral");
        assertThat(ack.payload().toString()).contains("#1 deploy v1.2.3 → production");

        var card = room.only(OPS);
        assertThat(card.plain()).contains("by alice");
        assertThat(card.hasButton("v1:cancel:1")).isTrue();
        claimed();
        var run = new RunId(1);
        await().atMost(LONG).until(() -> room.only(OPS).plain().contains("running"));
        var running = room.journal.read().find(run).orElseThrow();
        room.journal.progress(
                running,
                new Progress(9, 18, "Roll out", "Check health", 3, 2, 0, 1, 0, 0),
                List.of(failed("web-1", "no <!channel> space *left*")),
                Intake.NONE);
        room.journal.append(run, new RunEvent.Finished(new Outcome.Failed(2, "1 of 3 hosts failed: web-1")));

        await().atMost(LONG).until(() -> room.server.sights().messages(OPS).size() == 2);
        var shown = room.server.sights().messages(OPS);
        assertThat(shown.getFirst().plain()).contains("failed");
        assertThat(shown.getFirst().hasButton("v1:retry:1")).isTrue();
        assertThat(shown.getLast().broadcast()).isTrue();
        await().atMost(LONG).until(() -> !room.server.sights().files(OPS).isEmpty());
        assertThat(room.server.sights().transcript(OPS)).contains("no <!channel> space *left*");
    }

    @Test
    void whatIsMissingIsAskedForInAWindow() {
        room.quiet();
        var ack = room.server.command("UALICE", OPS, "/playcall", "play migrate production");
        assertThat(ack.acked()).isTrue();
        var view = room.view("UALICE", "migrate needs target");
        var refused = room.server.submit(
                "UALICE", view.path("id").asText(), Map.of("field.target", "blue", "field.note", "x"));
        assertThat(refused.acked()).isTrue();
        assertThat(refused.problems()).isEmpty();
        run();
        assertThat(room.whispered("UALICE").plain()).contains("#1 play migrate → production");
        assertThat(room.server.sights().view("UALICE")).isEmpty();
    }

    @Test
    void whatCanDoHarmIsAskedOnceMoreAndDoneByTheButton() {
        room.quiet();
        var ack = room.server.command("UALICE", OPS, "/rollback", "production");
        assertThat(ack.payload().toString()).contains("Start it?");
        assertThat(journalRuns()).isEmpty();
        var question = room.whispered("UALICE");
        assertThat(room.server.press("UALICE", OPS, question.ts(), "v1:yes:1").acked())
                .isTrue();
        run();
        await().atMost(LONG).until(() -> room.whispered("UALICE").plain().contains("#1 rollback"));
    }

    @Test
    void theLogAndTheDetailsOpenInAWindowAndTheWholeLogComesInPerson() {
        room.write("logs/production/x.log", "one\ntwo\n");
        room.start();
        room.server.command("UALICE", OPS, "/deploy", "production");
        claimed();
        room.journal.append(new RunId(1), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        await().atMost(LONG)
                .until(() -> room.server.sights().messages(OPS).getFirst().hasButton("v1:details:1"));
        var ts = room.server.sights().messages(OPS).getFirst().ts();
        assertThat(room.server.press("UBOB", OPS, ts, "v1:details:1").acked()).isTrue();
        room.view("UBOB", "web-1 failed");
        assertThat(room.server.press("UBOB", OPS, ts, "v1:full_log:1").acked()).isTrue();
        room.view("UBOB", "in your direct messages");
        assertThat(room.server.calls().stream().filter(c -> c.method().equals("files.completeUploadExternal")))
                .isNotEmpty();
        assertThat(room.server.sights().ephemerals("UBOB")).isEmpty();
    }

    @Test
    void ofTwoWhoPressOneIsFirst() {
        room.start();
        room.server.command("UALICE", OPS, "/deploy", "production");
        claimed();
        room.journal.append(new RunId(1), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        await().atMost(LONG)
                .until(() -> room.server.sights().messages(OPS).getFirst().hasButton("v1:retry:1"));
        var ts = room.server.sights().messages(OPS).getFirst().ts();
        room.server.press("UALICE", OPS, ts, "v1:retry:1");
        run();
        room.server.press("UBOB", OPS, ts, "v1:retry:1");
        assertThat(room.whispered("UBOB").plain()).contains("alice was faster");
        assertThat(journalRuns()).hasSize(1);
    }

    @Test
    void aMentionInAThreadIsAnsweredThereAndItsCardStaysThere() {
        room.start();
        room.server.mention("UALICE", OPS, "status", Optional.empty());
        assertThat(room.whispered("UALICE").plain()).contains("production");
        var root = room.server.sights().messages(OPS).getFirst().ts();
        room.server.mention("UALICE", OPS, "deploy staging version=v2", Optional.of(root));
        await().atMost(LONG)
                .until(() -> room.server.sights().thread(OPS, root).stream().anyMatch(m -> m.hasButton("v1:cancel:1")));
    }

    @Test
    void aSubscriptionIsToldToTheChannel() {
        room.quiet();
        var ack = room.server.command("UALICE", OPS, "/playcall", "subscribe production failures");
        assertThat(ack.payload().path("response_type").asText()).isEqualTo("in_channel");
        assertThat(room.only(OPS).plain()).contains("This channel is now subscribed to every failed run in production");
        room.server.mention("UBOB", OPS, "unsubscribe production failures", Optional.empty());
        await().atMost(LONG)
                .until(() -> room.server.sights().messages(OPS).stream()
                        .anyMatch(m -> m.plain().contains("no longer subscribed to every failed run in production")));
        assertThat(room.server.sights().ephemerals("UBOB")).isEmpty();
    }

    @Test
    void aDirectMessageIsAnsweredInTheSameConversation() {
        room.quiet();
        room.server.directMessage("UALICE", "queue");
        await().atMost(LONG)
                .until(() -> room.server.sights().direct("UALICE").stream()
                        .anyMatch(m -> m.plain().contains("Queue is empty.")));
    }

    @Test
    void theHomeTabShowsWhatIsWhere() {
        room.quiet();
        room.server.openHome("UALICE");
        var home = await().atMost(LONG).until(() -> room.server.sights().home("UALICE"), Optional::isPresent);
        assertThat(home.orElseThrow().toString()).contains("production").contains("You have not started any runs yet");
    }

    @Test
    void botsGuestsAndPeopleOfOtherWorkspacesAreRefusedInOneLine() {
        room.quiet();
        assertThat(room.server
                        .command("UGUEST", OPS, "/deploy", "production")
                        .payload()
                        .toString())
                .contains("guests");
        assertThat(room.server
                        .command("UFOREIGN", OPS, "/deploy", "production")
                        .payload()
                        .toString())
                .contains("own workspace");
        room.server.mention("UBOT", OPS, "deploy production", Optional.empty());
        assertThat(room.whispered("UBOT").plain()).contains("from bots");
        assertThat(journalRuns()).isEmpty();
    }

    @Test
    void anEventThatComesTwiceIsOneWish() {
        room.quiet();
        room.server.mention("UALICE", OPS, "deploy staging", Optional.empty());
        run();
        assertThat(room.server.faults().redeliverLast().acked()).isTrue();
        room.server.mention("UALICE", OPS, "queue", Optional.empty());
        await().atMost(LONG).until(() -> room.whispered("UALICE").plain().contains("queued"));
        assertThat(journalRuns()).hasSize(1);
        assertThat(room.server.sights().ephemerals("UALICE")).hasSize(2);
    }

    @Test
    void whatIsDeliveredOnBothConnectionsIsAnsweredOnBothAlike() {
        room.quiet();
        room.server.faults().next("users.info", Fault.hang(Duration.ofMillis(700)), Fault.hang(Duration.ofMillis(10)));
        var first = CompletableFuture.supplyAsync(
                () -> room.server.command("UALICE", OPS, "/playcall", "queue"), Thread::startVirtualThread);
        var second = await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> room.server.faults().redeliverLast(), a -> true);
        assertThat(second.acked()).isTrue();
        assertThat(second.payload().toString()).contains("who you are");
        assertThat(first.join().payload()).isEqualTo(second.payload());
    }

    @Test
    void aCardWhoseAnswerIsLostIsKnownByItsButtons() {
        room.server.hideMetadata();
        room.start();
        room.server.faults().next("chat.postMessage", Fault.status(503).after());
        room.server.command("UALICE", OPS, "/deploy", "production");
        await().atMost(LONG)
                .until(() -> room.server.calls().stream()
                        .anyMatch(c -> c.method().equals("conversations.history") && c.ok()));
        assertThat(room.only(OPS).buttons())
                .anySatisfy(b -> assertThat(b.value()).startsWith("v1:cancel:1:r1.card."));
        claimed();
        await().atMost(LONG).until(() -> room.only(OPS).plain().contains("running"));
        assertThat(room.server.sights().messages(OPS)).hasSize(1);
        var ts = room.only(OPS).ts();
        assertThat(room.server.press("UBOB", OPS, ts, "v1:log:1").acked()).isTrue();
    }

    @Test
    void cutSocketsAndAnOutageAreOverSoonAfterwards() {
        room.quiet();
        room.server.faults().refuse(true);
        room.server.faults().dropSockets();
        await().atMost(LONG).until(() -> room.adapter.health() instanceof Health.Connecting);
        room.server.faults().refuse(false);
        room.connected();
        assertThat(room.server.command("UALICE", OPS, "/playcall", "queue").acked())
                .isTrue();
    }

    @Test
    void aRefreshLosesNothing() {
        room.quiet();
        room.server.faults().refreshSockets(Duration.ofMillis(500));
        for (int i = 0; i < 10; i++) {
            assertThat(room.server.command("UALICE", OPS, "/playcall", "queue").acked())
                    .isTrue();
        }
        room.connected();
    }

    @Test
    void aConnectionOnWhichNothingIsHeardIsMadeAnew() {
        room.quiet();
        room.server.faults().deaf(true);
        await().atMost(LONG).until(() -> room.adapter.health() instanceof Health.Connecting);
        room.server.faults().deaf(false);
        room.connected();
        assertThat(room.server.command("UALICE", OPS, "/playcall", "queue").acked())
                .isTrue();
    }

    @Test
    void aRevokedTokenStopsSlackAndSaysWhatToDo() {
        room.quiet();
        room.server.faults().revoke();
        await().atMost(LONG).until(() -> room.adapter.health() instanceof Health.Stopped);
        assertThat(((Health.Stopped) room.adapter.health()).why()).contains("restart Playcall");
    }

    @Test
    void aLostAnswerIsLookedForAndNotSaidTwice() {
        room.start();
        room.server.faults().next("chat.postMessage", Fault.status(503).after());
        room.server.command("UALICE", OPS, "/deploy", "production");
        await().atMost(LONG)
                .until(() -> room.server.calls().stream()
                        .anyMatch(c -> c.method().equals("conversations.history") && c.ok()));
        claimed();
        await().atMost(LONG).until(() -> room.only(OPS).plain().contains("running"));
        assertThat(room.server.sights().messages(OPS)).hasSize(1);
    }

    @Test
    void whateverSlackAnswersTheCardIsSaidOnce() {
        room.start();
        room.server
                .faults()
                .next(
                        "chat.postMessage",
                        Fault.rateLimited(Optional.of(1)),
                        Fault.html(),
                        Fault.cut().after());
        room.server
                .faults()
                .next("chat.update", Fault.empty(), Fault.status(502).after(), Fault.rateLimited(Optional.of(1)));
        room.server.command("UALICE", OPS, "/deploy", "production");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> room.server.sights().messages(OPS).size() == 1);
        claimed();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> room.only(OPS).plain().contains("running"));
    }

    @Test
    void theDoctorFindsWhatIsMissing() {
        var well = room.adapter.check();
        assertThat(well).noneMatch(f -> f.level() == PlatformFinding.Level.ERROR);
        room.server.removeBot(OPS);
        assertThat(room.adapter.check())
                .anyMatch(f ->
                        f.level() == PlatformFinding.Level.ERROR && f.text().contains("/invite"));
        room.server.faults().revoke();
        assertThat(room.adapter.check()).anyMatch(f -> f.text().contains("install the app again"));
    }

    @Test
    void overHttpTheAnswerComesWithTheReceipt() {
        try (var adapter = new SlackAdapter(room.slack("http"), java.time.Clock.systemUTC(), () -> false, "")) {
            adapter.start(room.chatInbox);
            await().atMost(LONG).until(() -> adapter.health() instanceof Health.Up);
            var body = "command=%2Fplaycall&text=queue&user_id=UALICE&channel_id=C0OPS&trigger_id=1.2.3";
            var bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var now = Long.toString(java.time.Instant.now().getEpochSecond());
            var signature = new SlackSignatures(room.slack("http").signingSecret(), java.time.Clock.systemUTC())
                    .signature(now, bytes);
            var reply = adapter.webhook()
                    .orElseThrow()
                    .handle(Map.of("X-Slack-Signature", signature, "X-Slack-Request-Timestamp", now), bytes);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains("Queue is empty.");
        }
    }

    @Test
    void anAnswerThatTakesTooLongFollowsItsReceipt() {
        room.quiet();
        room.server
                .faults()
                .next("users.info", Fault.hang(Duration.ofMillis(2_500)), Fault.hang(Duration.ofMillis(10)));
        var ack = room.server.command("UALICE", OPS, "/playcall", "queue");
        assertThat(ack.acked()).isTrue();
        assertThat(ack.payload()).isEmpty();
        assertThat(room.whispered("UALICE").plain()).contains("could not confirm who you are");
        assertThat(room.server
                        .command("UALICE", OPS, "/playcall", "queue")
                        .payload()
                        .toString())
                .contains("who you are");
        assertThat(room.server
                        .command("UALICE", OPS, "/playcall", "queue")
                        .payload()
                        .toString())
                .contains("Queue is empty");
    }

    @Test
    void aFormThatIsSentWhileOthersAreWorkedOnStaysOpenUntilItIsDone() {
        room.quiet();
        room.server.command("UALICE", OPS, "/playcall", "play migrate production");
        var view = room.view("UALICE", "migrate needs target").path("id").asText();
        var hold = new java.util.concurrent.CountDownLatch(1);
        for (int i = 0; i < 64; i++) {
            assertThat(room.chatInbox.take(() -> waitFor(hold))).isTrue();
        }
        var ack = room.server.submit("UALICE", view, Map.of("field.target", "blue"));
        assertThat(ack.acked()).isTrue();
        assertThat(ack.payload().path("response_action").asText()).isEqualTo("update");
        hold.countDown();
        run();
    }

    @Test
    void withTooMuchToDoItSaysSoInTimeAndDoesNotWaitForAny() {
        room.quiet();
        var hold = new java.util.concurrent.CountDownLatch(1);
        while (room.chatInbox.take(() -> waitFor(hold))) {
            // as long as there is room
        }
        var ack = room.server.command("UALICE", OPS, "/deploy", "production");
        assertThat(ack.payload().toString()).contains("Playcall is overloaded");
        assertThat(ack.acked()).isTrue();
        room.server.mention("UALICE", OPS, "deploy production", Optional.empty());
        await().atMost(LONG)
                .until(() -> room.server.sights().ephemerals("UALICE").size() == 2);
        hold.countDown();
        await().atMost(LONG)
                .until(() -> room.server
                        .command("UALICE", OPS, "/playcall", "queue")
                        .payload()
                        .toString()
                        .contains("Queue is empty"));
        assertThat(journalRuns()).isEmpty();
    }

    private static void waitFor(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatSlackWouldNotTakeIsSaidMorePlainly() {
        room.quiet();
        room.server.faults().next("chat.postMessage", Fault.error("invalid_blocks"));
        var said = room.adapter.post(new ChatAdapter.Post(
                new Channel("slack", OPS),
                Optional.empty(),
                false,
                Message.line(Message.Tone.BAD, "<!channel>"),
                "k1"));
        assertThat(said).isInstanceOf(Sent.Done.class);
        assertThat(room.only(OPS).plain()).contains("<!channel>");
    }

    @Test
    void everyRefusalOfSlackHasItsMeaning() {
        room.quiet();
        var channel = new Channel("slack", OPS);
        var message = Message.line(Message.Tone.PLAIN, "hello");
        var post = new ChatAdapter.Post(channel, Optional.empty(), false, message, "k2");
        room.server
                .faults()
                .next(
                        "chat.postMessage",
                        Fault.error("not_in_channel"),
                        Fault.error("internal_error"),
                        Fault.hang(Duration.ofMillis(50)),
                        Fault.rateLimited(Optional.empty()));
        assertThat(room.adapter.post(post))
                .isInstanceOfSatisfying(
                        Sent.Refused.class, r -> assertThat(r.why()).contains("/invite"));
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Unknown.class);
        assertThat(room.adapter.find(post)).isInstanceOf(Sent.Gone.class);
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Unknown.class);
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Later.class);
        assertThat(room.adapter.edit(channel, "1.0", message)).isInstanceOf(Sent.Gone.class);
        room.server.archive(OPS);
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Refused.class);
        assertThat(room.adapter.direct(SlackUsers.person("UALICE"))).isPresent();
        room.server.faults().next("chat.postMessage", Fault.error("token_revoked"));
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Stopped.class);
        assertThat(room.adapter.health()).isInstanceOf(Health.Stopped.class);
    }

    @Test
    void whateverIsSaidSlackTakesIt() {
        room.quiet();
        var hostile = "<!channel> ```x``` *b* \u001b[31m" + "👩‍🚀".repeat(3_000);
        var blocks = new java.util.ArrayList<Block>();
        blocks.add(new Block.Title(Message.Tone.BAD, hostile));
        for (int i = 0; i < 40; i++) {
            blocks.add(new Block.Failure(hostile, List.of("h" + i), hostile));
            blocks.add(new Block.Next(List.of(hostile)));
        }
        blocks.add(new Block.Code("log\n".repeat(5_000)));
        var post = new ChatAdapter.Post(new Channel("slack", OPS), Optional.empty(), false, new Message(blocks), "k3");
        assertThat(room.adapter.post(post)).isInstanceOf(Sent.Done.class);
        assertThat(room.server.calls().stream().filter(c -> c.method().equals("chat.postMessage")))
                .hasSize(1);
        assertThat(room.adapter.find(post)).isInstanceOf(Sent.Done.class);
        assertThat(room.adapter.edit(new Channel("slack", OPS), room.only(OPS).ts(), new Message(blocks)))
                .isInstanceOf(Sent.Done.class);
    }
}
