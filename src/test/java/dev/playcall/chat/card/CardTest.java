package dev.playcall.chat.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.QueuePosition;
import dev.playcall.journal.Repeats;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a run looks in every state. {@code -Dgolden.write=true} writes the files anew; look at the difference. */
class CardTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "chat");
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    private final Run queued = Run.of(new RunId(412), Runs.asked("deploy"), T);
    private final Run running = after(queued, new RunEvent.Started("n", "production/x.log"), 0)
            .with(new Progress(9, 18, "Deploy", "Write the configuration", 3, 1, 1, 0, 0, 0));

    private static Run after(Run run, RunEvent event, int seconds) {
        return run.after(event, T.plusSeconds(seconds)).orElseThrow();
    }

    private Run ended(Outcome outcome) {
        return after(running, new RunEvent.Finished(outcome), 47);
    }

    private static HostResult host(String name, HostOutcome outcome, String message) {
        boolean bad = outcome.isBad();
        return new HostResult(
                name,
                outcome,
                new HostStats(5, outcome == HostOutcome.CHANGED ? 2 : 0, 0, bad ? 1 : 0, 0, 0, 0),
                bad ? Optional.of("Check health") : Optional.empty(),
                bad ? Optional.of(message) : Optional.empty(),
                Duration.ofSeconds(12));
    }

    private static void looksLike(String name, RunCard runCard) throws IOException {
        var text = new TextRenderer(100, false).render(runCard.message());
        var file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    private static RunCard card(Run run, List<HostResult> hosts) {
        return new RunCard(
                run,
                hosts,
                RunOutlook.NONE,
                T.plusSeconds(20),
                Person::id,
                RunCard.View.DETAILS,
                RunDetails.UNKNOWN,
                Repeats.NONE);
    }

    /** What two people still have to look at. */
    private static Run awaiting(Plan plan, boolean preview) {
        var contentDigest = new ContentDigest(new TreeMap<>(Map.of("playbooks/deploy.yml", "0f")));
        var startTerms = new StartTerms(
                2,
                List.of("approver"),
                false,
                Optional.of(T.plusSeconds(3600)),
                preview,
                Optional.of(contentDigest),
                "",
                false);
        var asked = new RunEvent.Requested(Runs.request("deploy"), Runs.ALICE, Origin.of("console:main"), startTerms);
        var run = Run.of(new RunId(412), asked, T);
        return after(after(run, new RunEvent.Outlined(plan), 1), new RunEvent.Approved(Runs.BOB), 2);
    }

    private static Plan outline(Optional<RunId> check, String found) {
        return new Plan(
                List.of("web-1", "web-2"),
                List.of("Deploy (web)", "  Copy the release", "  Check health"),
                "",
                check,
                found);
    }

    @Test
    void whatHasToBeAgreed() throws IOException {
        looksLike("awaiting", card(awaiting(outline(Optional.empty(), ""), false), List.of()));
    }

    @Test
    void whatALookAheadFound() throws IOException {
        var found = "#413 in check mode: succeeded, 1 of 2 hosts would change (web-1 2 tasks)";
        looksLike(
                "awaiting-looked-ahead", card(awaiting(outline(Optional.of(new RunId(413)), found), true), List.of()));
    }

    @Test
    void waitingItSaysForWhom() throws IOException {
        var holder = after(Run.of(new RunId(411), Runs.asked("deploy"), T), new RunEvent.Started("n", "l"), 0);
        var waiting = Optional.of(new QueueWait(new QueuePosition(2, Optional.of(holder)), Optional.empty()));
        looksLike(
                "queued",
                new RunCard(
                        queued,
                        List.of(),
                        new RunOutlook(waiting, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                        T.plusSeconds(20),
                        Person::id,
                        RunCard.View.DETAILS,
                        RunDetails.UNKNOWN,
                        Repeats.NONE));
    }

    @Test
    void workingItCountsRealResultsAndSaysHowLong() throws IOException {
        looksLike(
                "running",
                new RunCard(
                        running,
                        List.of(),
                        new RunOutlook(
                                Optional.empty(),
                                Optional.of(new dev.playcall.journal.QueueForecast.Forecast.Estimate(
                                        Duration.ofSeconds(50), Optional.of(Duration.ofSeconds(65)), 10)),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        T.plusSeconds(20),
                        Person::id,
                        RunCard.View.DETAILS,
                        RunDetails.UNKNOWN,
                        Repeats.NONE));
    }

    @Test
    void withoutHistoryNothingIsGuessed() throws IOException {
        var run = running.with(new Progress(9, 0, "Deploy", "Write", 3, 1, 1, 0, 0, 0));
        looksLike("running-unknown", card(run, List.of()));
    }

    @Test
    void wellEnded() throws IOException {
        looksLike("success", card(ended(new Outcome.Success()), List.of(host("web-1", HostOutcome.CHANGED, ""))));
    }

    @Test
    void anAwaitedApprovalSaysWhoMayGiveIt() {
        var run = awaiting(outline(Optional.empty(), ""), false);
        assertThat(needs(run, List.of("Bob")))
                .contains("1 more approval of approver, not of alice; may approve: Bob; expires");
        assertThat(needs(run, List.of("Ann", "Bob", "group ops", "Carl", "Dora")))
                .contains("may approve: Ann, Bob, group ops and 2 more; expires");
        assertThat(needs(run, List.of())).doesNotContain("may approve");
    }

    private static String needs(Run run, List<String> approvers) {
        return new ApprovalBlocks(run, T, Person::id, approvers).needs();
    }

    @Test
    void itsHeaderCountsHostsInTheWordsOfTheirRows() {
        var hosts = List.of(
                host("web-1", HostOutcome.CHANGED, ""),
                host("web-2", HostOutcome.PENDING, ""),
                host("web-3", HostOutcome.INCOMPLETE, ""),
                host("web-4", HostOutcome.PENDING, ""));
        var progress = new Progress(9, 0, "Deploy", "Write", 4, 0, 1, 0, 0, 0);
        assertThat(RunCard.counts(progress, hosts, true)).isEqualTo("4 hosts, 1 changed, 1 incomplete, 2 not started");
        assertThat(RunCard.counts(progress, hosts.subList(0, 2), true)).isEqualTo("4 hosts, 1 changed, 3 not finished");
        assertThat(RunCard.counts(progress, List.of(), false)).isEqualTo("4 hosts, 1 changed, 3 pending");
    }

    @Test
    void hostsThatFailedInTheSameWayAreToldOnce() throws IOException {
        var hosts = List.of(
                host("web-1", HostOutcome.FAILED, "disk of web-1 is full: 3 kB left"),
                host("web-2", HostOutcome.FAILED, "disk of web-2 is full: 7 kB left"),
                host("db-1", HostOutcome.UNREACHABLE, "Connection refused"),
                host("web-3", HostOutcome.OK, ""));
        looksLike(
                "failed",
                card(ended(new Outcome.Failed(2, "3 of 4 hosts failed or unreachable: web-1, web-2, db-1")), hosts));
    }

    @Test
    void whoCancelledItIsCalledByName() {
        var cancelled = after(running, new RunEvent.CancelRequested(Runs.BOB), 20);
        var card = card(after(cancelled, new RunEvent.Finished(new Outcome.Cancelled(Runs.BOB)), 47), List.of());
        for (var message : List.of(card.message(), card.alert())) {
            assertThat(new TextRenderer(100, false).render(message))
                    .contains("cancelled by " + Runs.BOB.id())
                    .doesNotContain(Runs.BOB.value());
        }
    }

    @Test
    void aHostThatWasNotReachedOverSshSaysByWhat() {
        var reached = List.of(reached("web-1", "ssh"), reached("web-2", "local"), reached("sw-1", "network_cli"));
        var text = new TextRenderer(120, false)
                .render(card(ended(new Outcome.Success()), reached).message());
        assertThat(text)
                .containsPattern("web-2 .*on this machine")
                .containsPattern("sw-1 .*by network_cli")
                .doesNotContain("by ssh");
    }

    private static HostResult reached(String host, String connection) {
        return new HostResult(
                host,
                HostOutcome.OK,
                new HostStats(5, 0, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                HostResult.Versions.NONE,
                new HostResult.Connection(false, Optional.of(connection)));
    }

    @Test
    void byWhatHostsWereReachedIsSaidWhereThereIsNoTable() {
        var many = IntStream.rangeClosed(1, 40)
                .mapToObj(n -> reached("web-" + n, n <= 5 ? "local" : "ssh"))
                .toList();
        var line = "on this machine: web-1, web-2, web-3 and 2 more; by ssh: 35 hosts";
        var run = ended(new Outcome.Success());
        var channel = new RunCard(
                run,
                many,
                RunOutlook.NONE,
                T.plusSeconds(20),
                Person::id,
                RunCard.View.CHANNEL,
                RunDetails.UNKNOWN,
                Repeats.NONE);
        for (var message : List.of(card(run, many).message(), channel.message(), channel.account())) {
            assertThat(new TextRenderer(120, false).render(message)).containsOnlyOnce(line);
        }
        assertThat(new TextRenderer(120, false)
                        .render(card(run, List.of(reached("web-1", "ssh"))).message()))
                .doesNotContain("by ssh");
    }

    @Test
    void whoAsksIsToldWhatItWasGivenAndHowAnsibleWasSet() throws IOException {
        var known = new RunDetails(
                Optional.of("pipelining true (default), forks 5 (ansible.forks)\n"),
                Optional.of("1 (the playbook has serial)"));
        var given = Runs.asked(Runs.given(Map.of("version", "v1", "region", "eu")));
        looksLike(
                "details",
                new RunCard(
                        after(
                                after(Run.of(new RunId(412), given, T), new RunEvent.Started("n", "l"), 0),
                                new RunEvent.Finished(new Outcome.Success()),
                                47),
                        List.of(reached("web-1", "ssh")),
                        RunOutlook.NONE,
                        T.plusSeconds(20),
                        Person::id,
                        RunCard.View.DETAILS,
                        known,
                        Repeats.NONE));
    }

    @Test
    void whatFollowedIsNamedAndIsNoLongerWhatMostWillWant() {
        var retry = Run.of(
                new RunId(413),
                new RunEvent.Requested(
                        Runs.request("deploy").retry(new RunId(412), List.of("web-1")),
                        Runs.ALICE,
                        Origin.of("console:main"),
                        StartTerms.NONE),
                T);
        var failed = ended(new Outcome.Failed(2, "1 of 1 hosts failed"));
        var card = new RunCard(
                failed,
                List.of(),
                RunOutlook.NONE,
                T.plusSeconds(20),
                Person::id,
                RunCard.View.DETAILS,
                RunDetails.UNKNOWN,
                new Repeats(List.of(retry)));
        var message = card.message();
        assertThat(new TextRenderer(120, false).render(message)).contains("retried by #413 (queued)");
        assertThat(weights(message)).doesNotContain(Message.Weight.FIRST);
        assertThat(weights(card(failed, List.of()).message())).contains(Message.Weight.FIRST);
    }

    private static List<Message.Weight> weights(Message message) {
        return message.blocks().stream()
                .filter(Message.Block.Buttons.class::isInstance)
                .flatMap(b -> ((Message.Block.Buttons) b).buttons().stream())
                .map(Message.Button::weight)
                .toList();
    }

    @Test
    void cutShortItSaysWhatIsNotKnown() throws IOException {
        looksLike(
                "interrupted",
                card(
                        ended(new Outcome.Interrupted(
                                "the process that ran Ansible ended without a record; check the hosts before"
                                        + " you retry")),
                        List.of()));
        looksLike("timed-out", card(ended(new Outcome.TimedOut(Duration.ofMinutes(10), 0)), List.of()));
        looksLike("cancelled", card(ended(new Outcome.Cancelled(Runs.BOB)), List.of()));
    }

    @Test
    void whatAHostSaysCannotPaintTheTerminalOrTurnTheTextAround() {
        var evil = host("web-1", HostOutcome.FAILED, "\u001b[2J\u001b]0;owned\u0007a\u202eb\u0000c\rd");
        var text = new TextRenderer(100, false)
                .render(card(ended(new Outcome.Failed(2, "\u001b[31mred")), List.of(evil))
                        .message());
        assertThat(text)
                .doesNotContain("\u001b", "\u202e", "\u0000", "\r", "owned")
                .contains("abcd")
                .contains("red");
    }

    @Test
    void aCutNeverBreaksACharacter() {
        assertThat(UntrustedText.cut("ab👩‍🚀cd", 4)).isEqualTo("ab…");
        assertThat(UntrustedText.cut("abcd", 4)).isEqualTo("abcd");
    }
}
