package dev.playcall.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Action.Kind;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are answered, whichever platform they use. */
class ConversationTest {
    private static final Caller ALICE = caller("slack:alice");
    private static final Caller BOB = caller("slack:bob");

    @TempDir
    Path home;

    private Database database;
    private RunJournal journal;
    private final Redactor redactor = new Redactor(List.of());
    private DiskCatalogs catalogs;
    private ChatService chatService;
    private SecretService secrets;

    private static Caller caller(String person) {
        return new Caller(new Person(person), Origin.of("slack:C1"));
    }

    @BeforeEach
    void open() throws IOException {
        write("inventory/production/hosts.yml", "all:\n  children:\n    web:\n      hosts: {web-1: , web-2: }\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/wipe.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/wipe.meta.yml", "title: Wipe the disks\ndanger: high\n");
        write("playbooks/migrate.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/migrate.meta.yml", """
            title: Migrate
            variables:
              target: { type: choice, choices: [blue, green], required: true }
              note: { type: text, default: none }
            """);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        catalogs = new DiskCatalogs(config, clock);
        secrets = MemorySecrets.vault(database.secrets(), home.resolve("keys.json"), redactor);
        var audit = Audits.of(database, home.resolve("data"));
        chatService = new ChatService(
                new QuerySources(
                        catalogs,
                        journal,
                        new FileLogs(home),
                        database.schedules(),
                        dev.playcall.testing.NoAlerts.of(database)),
                new AuditFilter(
                        new TestRouter(
                                catalogs,
                                journal,
                                OpenAccess.of(database),
                                Rules.of(config, catalogs, database.locks(), Set::of, secrets, clock),
                                secrets),
                        audit,
                        journal),
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                database.chat(),
                OpenAccess.of(database),
                audit,
                secrets,
                (_, hosts, _) -> hosts);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private static String text(Answer answer) {
        return new TextRenderer(120, false).render(answer.message());
    }

    private static Action button(Answer answer, Kind kind) {
        return answer.message().blocks().stream()
                .flatMap(b -> b instanceof Block.Buttons(var buttons) ? buttons.stream() : java.util.stream.Stream.of())
                .map(Message.Button::action)
                .filter(a -> a.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private RunId failed() {
        var run = chatService.answerText(ALICE, "deploy production").run().orElseThrow();
        journal.claim("deploy", 9, "n", (_, _) -> "production/x.log");
        journal.append(run, new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        return run;
    }

    @Test
    void aTemplateThatIsNotThereIsNamedBeforeAnythingIsAskedFor() {
        var refused = chatService.answerText(ALICE, "play migrate production --template nosuch");
        assertThat(refused.refused()).isTrue();
        assertThat(text(refused)).contains("there is no template").contains("nosuch");
        assertThat(refused.form()).isEmpty();
        assertThat(chatService.lacksSomething(List.of("play", "migrate", "production", "--template", "nosuch")))
                .isFalse();
    }

    @Test
    void aMissingVariableIsAskedForAndThenItIsDone() {
        var asked = chatService.answerText(ALICE, "play migrate production");
        assertThat(asked.refused()).isTrue();
        assertThat(text(asked)).contains("migrate needs target");
        var form = asked.form().orElseThrow();
        assertThat(form.fields()).extracting(Form.Field::name).containsExactly("target", "note");
        assertThat(form.fields().getFirst().choices()).containsExactly("blue", "green");
        assertThat(journal.read().queue()).isEmpty();

        var done = chatService.submit(ALICE, form.request(), Map.of("target", "blue", "note", "a {{ b }} 'c'"));
        var run = journal.read().find(done.run().orElseThrow()).orElseThrow();
        assertThat(run.request().variables()).containsEntry("target", new Value.Text("blue"));
        assertThat(run.request().variables()).containsEntry("note", new Value.Text("a {{ b }} 'c'"));
    }

    @Test
    void aVariableThatThereIsNotIsRefusedBeforeAnotherIsAskedFor() {
        assertThat(text(chatService.answerText(ALICE, "play migrate production traget=blue")))
                .contains("did you mean target?")
                .doesNotContain("traget=blue");
        assertThat(text(chatService.answerText(ALICE, "play migrate"))).contains("which environment?");
        assertThat(CommandCatalogue.play(catalogs.current(), "migrate"))
                .contains("play migrate production target=blue");
    }

    @Test
    void aWrongValueInAFormIsRefusedInOneLine() {
        var form =
                chatService.answerText(ALICE, "play migrate production").form().orElseThrow();
        var answer = chatService.submit(ALICE, form.request(), Map.of("target", "red"));
        assertThat(answer.refused()).isTrue();
        assertThat(text(answer)).contains("red").contains("blue");
        assertThat(journal.read().queue()).isEmpty();
    }

    @Test
    void aCommandThatIsMissingBecauseOfAMistakeSaysSo() throws IOException {
        write("playbooks/update.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/update.meta.yml", "title: Update\ndagner: high\n");
        for (var line : List.of("help", "help update", "update production")) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(text(chatService.answerText(ALICE, line)))
                            .contains("playbooks/update.meta.yml", "dagner"));
        }
    }

    @Test
    void aReasonThatIsNeededIsAskedForInAForm() {
        chatService.answerText(ALICE, "deploy production");
        for (var line : List.of("pin 1", "lock production --for 2h")) {
            var form = chatService.answerText(ALICE, line).form().orElseThrow(() -> new AssertionError(line));
            assertThat(form.fields()).extracting(f -> f.name()).containsExactly("reason");
            var answer = chatService.submit(ALICE, form.request(), Map.of("reason", "evidence for the report"));
            assertThat(answer.refused()).as(text(answer)).isFalse();
            assertThat(text(chatService.submit(ALICE, form.request(), Map.of("reason", "again"))))
                    .contains("expired");
        }
        assertThat(chatService.answerText(ALICE, "pin 1 " + "x".repeat(2_000)).form())
                .isEmpty();
    }

    @Test
    void anEnvironmentInPlaceOfARunMayMeanAnotherCommand() {
        assertThat(text(chatService.answerText(ALICE, "pin production")))
                .contains("which run?", "did you mean ping production?");
        assertThat(text(chatService.answerText(ALICE, "pin x"))).doesNotContain("did you mean");
    }

    private RunId migrated(String target, Outcome outcome) {
        var run = chatService
                .answerText(ALICE, "play migrate production target=" + target)
                .run()
                .orElseThrow();
        journal.claim("migrate", 9, "n", (_, _) -> "production/x.log");
        journal.append(run, new RunEvent.Finished(outcome));
        return run;
    }

    @Test
    void whatWouldUndoANewerRunIsDoneAgainOnlyWhenItIsMeant() {
        var old = migrated("blue", new Outcome.Failed(2, "web-1 failed")).value();
        migrated("green", new Outcome.Success());
        for (var answer : List.of(
                chatService.answerText(BOB, "retry " + old), chatService.press(BOB, new Action(Kind.RETRY, old)))) {
            assertThat(text(answer))
                    .contains("has target=green instead of blue. Start it anyway?")
                    .contains("retry " + old + " --yes");
            assertThat(journal.read().queue()).isEmpty();
        }
        var asked = chatService.press(BOB, new Action(Kind.RERUN, old));
        assertThat(text(asked)).contains("rerun " + old + " --yes");
        var done = chatService.press(BOB, button(asked, Kind.YES));
        assertThat(journal.read()
                        .find(done.run().orElseThrow())
                        .orElseThrow()
                        .request()
                        .variables())
                .containsEntry("target", new Value.Text("blue"));
        assertThat(chatService.answerText(BOB, "retry " + old + " --yes").run()).isPresent();
    }

    @Test
    void aRolloutThatLacksAVariableIsRefusedAndNobodyIsAskedToStartIt() {
        assertThat(text(chatService.answerText(ALICE, "rollout play migrate production")))
                .doesNotContain("Start it?");
        assertThat(text(chatService.answerText(ALICE, "rollout play migrate production target=blue")))
                .contains("Start it?");
    }

    @Test
    void whatCanDoHarmIsDoneOnlyWhenItIsMeant() {
        var asked = chatService.answerText(ALICE, "play wipe production");
        assertThat(text(asked)).contains("Start it?").contains("play wipe production --yes");
        assertThat(journal.read().queue()).isEmpty();

        assertThat(text(chatService.press(BOB, button(asked, Kind.YES)))).contains("only alice can answer");
        assertThat(chatService.press(ALICE, button(asked, Kind.YES)).run()).isPresent();
        assertThat(chatService.press(ALICE, button(asked, Kind.YES)).refused()).isTrue();
        assertThat(journal.read().queue()).hasSize(1);
    }

    @Test
    void aCheckDoesNoHarmAndYesNeedsNoQuestion() {
        assertThat(chatService.answerText(ALICE, "play wipe production --check").run())
                .isPresent();
        assertThat(chatService.answerText(ALICE, "play wipe production --yes").run())
                .isPresent();
    }

    @Test
    void noMeansThatNothingIsDone() {
        var asked = chatService.answerText(ALICE, "play wipe production");
        assertThat(text(chatService.press(ALICE, button(asked, Kind.NO)))).contains("nothing was started");
        assertThat(chatService.press(ALICE, button(asked, Kind.YES)).refused()).isTrue();
        assertThat(journal.read().queue()).isEmpty();
    }

    @Test
    void ofTwoWhoPressRetryOneIsFirstAndTheOtherIsToldSo() {
        database.chat().saveName(ALICE.person(), "Alice");
        var run = failed();
        var first = chatService.press(ALICE, new Action(Kind.RETRY, run.value()));
        var second = chatService.press(BOB, new Action(Kind.RETRY, run.value()));
        assertThat(first.refused()).isFalse();
        assertThat(text(second)).contains("Alice was faster").contains("#2");
        assertThat(journal.read().queue()).hasSize(1);
        assertThat(text(chatService.answerText(BOB, "retry " + run.value()))).contains("was faster");
    }

    @Test
    void whatARetryHasDoneIsRetriedOnlyWhenItIsMeant() {
        var run = failed();
        var retry = chatService.answerText(ALICE, "retry " + run.value()).run().orElseThrow();
        journal.claim("deploy", 9, "n", (_, _) -> "production/x.log");
        journal.append(retry, new RunEvent.Finished(new Outcome.Success()));
        assertThat(text(chatService.answerText(BOB, "show " + run.value())))
                .contains("retried by #2")
                .doesNotContain("retry 1");
        assertThat(text(chatService.answerText(BOB, "retry " + run.value())))
                .contains("#2 has retried #1 already, and succeeded. Start it anyway?");
        assertThat(chatService
                        .answerText(BOB, "retry " + run.value() + " --yes")
                        .run())
                .isPresent();
    }

    @Test
    void ofTwoWhoPressReRunOneIsFirstUntilThatRunHasEnded() {
        var run = failed();
        var again = new Action(Kind.RERUN, run.value());
        var second = chatService.press(ALICE, again).run().orElseThrow();
        assertThat(text(chatService.press(BOB, again))).contains("alice was faster");
        journal.append(second, new RunEvent.CancelRequested(ALICE.person()));
        assertThat(chatService.press(BOB, again).run()).isPresent().isNotEqualTo(Optional.of(second));
    }

    @Test
    void ofTwoWhoPressCancelTheSecondIsToldWhoWasFirst() {
        var run = chatService.answerText(ALICE, "deploy production").run().orElseThrow();
        var cancel = new Action(Kind.CANCEL, run.value());
        chatService.press(ALICE, cancel);
        assertThat(text(chatService.press(BOB, cancel)))
                .contains("alice was faster")
                .contains("#1 is cancelled");
        assertThat(journal.read().find(run).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void whatIsOfferedWhileTypingIsWhatThereIs() {
        failed();
        assertThat(chatService.complete(ALICE, "deploy", "env", Map.of(), "prod"))
                .extracting(Choice::value)
                .containsExactly("production");
        assertThat(chatService.complete(ALICE, "deploy", "limit", Map.of("env", "production"), "web-1,w"))
                .extracting(Choice::value)
                .containsExactly("web-1,web", "web-1,web-1", "web-1,web-2");
        assertThat(chatService.complete(ALICE, "deploy", "limit", Map.of("env", "production"), "tag:web&!st"))
                .extracting(Choice::value)
                .containsExactly(
                        "tag:web&!status:ok",
                        "tag:web&!status:failed",
                        "tag:web&!status:unreachable",
                        "tag:web&!status:never");
        assertThat(chatService.complete(ALICE, "retry", "run", Map.of(), ""))
                .extracting(Choice::label)
                .containsExactly("#1 deploy → production failed");
        assertThat(chatService.complete(ALICE, "play", "playbook", Map.of(), "wip"))
                .extracting(Choice::value)
                .containsExactly("wipe");
        assertThat(chatService.complete(ALICE, "deploy", "nothing", Map.of(), ""))
                .isEmpty();
    }

    @Test
    void typedOptionsSayTheSameAsALine() {
        var entry = chatService.commands().stream()
                .filter(e -> e.name().equals("play"))
                .findFirst()
                .orElseThrow();
        var words = entry.words(Map.of(
                "playbook",
                "migrate",
                "env",
                "production",
                "limit",
                "web-1",
                "check",
                "true",
                "vars",
                "target=blue note='two words'"));
        var run = chatService
                .answerText(ALICE, words)
                .run()
                .flatMap(journal.read()::find)
                .orElseThrow();
        assertThat(run.request().limit()).isEqualTo("web-1");
        assertThat(run.request().check()).isTrue();
        assertThat(run.request().variables()).containsEntry("note", new Value.Text("two words"));
    }

    @Test
    void aChannelSubscribesInItsOwnWords() {
        assertThat(text(chatService.answerText(ALICE, "subscribe production failures")))
                .contains("every failed run in production");
        assertThat(text(chatService.answerText(ALICE, "subscribe prodction"))).contains("did you mean production?");
        assertThat(text(chatService.answerText(ALICE, "subscribe"))).contains("unsubscribe production failures");
        assertThat(chatService.answerText(ALICE, "unsubscribe production").refused())
                .isTrue();
        assertThat(chatService
                        .answerText(ALICE, "unsubscribe production failures")
                        .refused())
                .isFalse();
        assertThat(text(chatService.answerText(ALICE, "subscribe"))).contains("shows the runs requested in it");
    }

    @Test
    void aPageOfOnesOwnShowsWhatIsWhereAndWhatOneDid() {
        failed();
        var home = new TextRenderer(120, false).render(chatService.home(ALICE));
        assertThat(home).contains("Live", "2, state unknown", "Your last runs", "#1", "deploy → production");
        assertThat(new TextRenderer(120, false).render(chatService.home(BOB)))
                .contains("You have not started any runs yet");
    }

    @Test
    void whoDidWhatIsAnswered() {
        assertThat(text(chatService.answerText(ALICE, "audit"))).contains("No audit entries yet");
        var run = chatService.answerText(ALICE, "deploy production").run().orElseThrow();
        chatService.answerText(BOB, "cancel 99");
        assertThat(text(chatService.answerText(ALICE, "audit")))
                .contains("alice", "deploy production", "run " + run, "bob", "refused", "there is no run #99");
        assertThat(text(chatService.answerText(ALICE, "audit bob since 1h")))
                .contains("#99")
                .doesNotContain("alice");
        assertThat(text(chatService.answerText(ALICE, "audit refused")))
                .contains("#99")
                .doesNotContain("alice");
        assertThat(text(chatService.answerText(ALICE, "audit " + run)))
                .contains("alice")
                .doesNotContain("bob");
        assertThat(text(chatService.answerText(ALICE, "audit production 2020-01-01")))
                .contains("alice")
                .doesNotContain("bob");
        assertThat(text(chatService.answerText(ALICE, "audit slack:carol")))
                .contains("No audit entries for slack:carol");
    }

    @Test
    void everyCommandOfTheCatalogueIsUnderstoodAsItsExampleIsWritten() {
        for (var entry : chatService.commands()) {
            for (var example : entry.examples()) {
                var answer = chatService.answerText(ALICE, example);
                assertThat(text(answer)).as(example).doesNotContain("there is no command", "is unexpected");
            }
            assertThat(entry.name()).matches("[a-z0-9-]{1,32}");
            assertThat(entry.help()).hasSizeBetween(1, 100);
            assertThat(entry.options()).extracting(CommandOption::name).doesNotHaveDuplicates();
            assertThat(entry.options()).allSatisfy(o -> assertThat(o.help()).hasSizeBetween(1, 100));
        }
        assertThat(List.copyOf(chatService.commands()))
                .extracting(CommandEntry::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void theButtonsOfACardThatWaitsApproveAndReject() {
        var asked = new RunEvent.Requested(Runs.request("deploy"), ALICE.person(), ALICE.origin(), Runs.oneApproval());
        var first = journal.create(asked).run();
        assertThat(chatService
                        .press(ALICE, new Action(Kind.APPROVE, first.id().value()))
                        .refused())
                .isTrue();
        var answer = chatService.press(BOB, new Action(Kind.APPROVE, first.id().value()));
        assertThat(answer.refused()).isFalse();
        assertThat(answer.message().headline()).contains("queued");
        var late = chatService.press(
                caller("slack:carol"), new Action(Kind.REJECT, first.id().value()));
        assertThat(late.message().headline()).contains("bob was faster");
        var second = journal.create(asked).run();
        var form = chatService
                .press(BOB, new Action(Kind.REJECT, second.id().value()))
                .form()
                .orElseThrow();
        assertThat(form.fields()).extracting(f -> f.name()).containsExactly("reason");
        assertThat(chatService
                        .submit(BOB, form.request(), Map.of("reason", "not before the backup"))
                        .refused())
                .isFalse();
        assertThat(journal.read().find(second.id()).orElseThrow().reason())
                .isEqualTo("rejected by slack:bob: not before the backup");
    }

    @Test
    void aLockIsTakenSaidAndGivenBackInTheChat() {
        assertThat(chatService
                        .answerText(ALICE, "lock production restore of the database --for 2h")
                        .refused())
                .isFalse();
        database.chat().saveName(ALICE.person(), "Alice L.");
        var refused = chatService.answerText(BOB, "deploy production");
        assertThat(refused.refused()).isTrue();
        assertThat(refused.message().headline()).contains("locked by Alice L.", "restore of the database", " left)");
        assertThat(chatService
                        .answerText(BOB, "deploy production --override \"site is down\"")
                        .refused())
                .isFalse();
        assertThat(chatService
                        .answerText(ALICE, "lock production --for soon")
                        .message()
                        .headline())
                .contains("not a duration");
        assertThat(chatService.answerText(ALICE, "unlock production").refused()).isFalse();
        assertThat(chatService.answerText(BOB, "deploy production").refused()).isFalse();
    }
}
