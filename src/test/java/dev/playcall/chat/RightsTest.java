package dev.playcall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people with different rights are told and shown in a conversation. */
class RightsTest {
    private static final Caller ADA = in("slack:UADA", "slack:C1");
    private static final Caller OTTO = in("slack:UOTTO", "slack:C1");
    private static final Caller STAGER =
            new Caller(new Person("discord:7"), Origin.of("discord:900/901"), Set.of("discord:200"));
    private static final Caller EVE = in("slack:UEVE", "slack:C1");

    @TempDir
    private Path home;

    private Database database;
    private Rights rights;
    private RunJournal journal;
    private ChatService chatService;
    private IdentityLinks people;

    private static Caller in(String person, String channel) {
        return new Caller(new Person(person), Origin.of(channel));
    }

    @BeforeEach
    void open() throws IOException {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        write("inventory/staging/hosts.yml", "all: { hosts: { stage-1: } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/migrate.yml", "- hosts: all\n  tasks: []\n");
        write("playbooks/migrate.meta.yml", "variables: { target: { type: text, required: true } }\n");
        write("config/playcall.yml", """
            access:
              roles:
                stager: { includes: [operator], environments: [staging] }
              bindings:
                - { role: admin, people: [slack:UADA] }
                - { role: operator, people: [slack:UOTTO], environments: [production] }
                - { role: stager, groups: [discord:200] }
              people:
                - [web:ada, slack:UADA]
            """);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var clock = Clock.systemUTC();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        database.chat().saveName(ADA.person(), "Ada");
        database.chat().saveName(OTTO.person(), "Otto");
        people = new IdentityLinks(config.access().people(), database.links(), List::of, clock);
        rights = new Rights(new Authorizer(config.access(), false, List::of), people);
        var catalogs = new DiskCatalogs(config, clock);
        chatService = new ChatService(
                new QuerySources(
                        catalogs,
                        journal,
                        new FileLogs(home),
                        database.schedules(),
                        dev.playcall.testing.NoAlerts.of(database)),
                new TestRouter(catalogs, journal, rights, MemorySecrets.emptyVault()),
                new RunCards(journal, database.chat(), clock, Rules.NOTHING_WAITS),
                database.chat(),
                rights,
                Audits.of(database, home.resolve("data")),
                MemorySecrets.emptyVault(),
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

    @Test
    void whoMayApproveARunIsEverybodyWhoMayButItsRequester() {
        assertThat(rights.approvers(awaiting(OTTO))).containsExactly("slack:UADA");
        assertThat(rights.approvers(awaiting(in("web:ada", "web:page")))).isEmpty();
    }

    @Test
    void whoHasApprovedIsNotNamedAgain() {
        var awaiting = awaiting(OTTO);
        var ada = new Person("slack:UADA");
        var approved = awaiting.after(new RunEvent.Approved(ada), Instant.now()).orElseThrow();
        assertThat(rights.approvers(approved)).isEmpty();
    }

    private static Run awaiting(Caller caller) {
        var asked =
                new RunEvent.Requested(Runs.request("deploy"), caller.person(), caller.origin(), Runs.oneApproval());
        return Run.of(new RunId(1), asked, Instant.now());
    }

    @Test
    void aLinkShowsARunOnlyToThoseWhoMaySeeIt() {
        told(ADA, "deploy staging");
        var channel = new Channel("slack", "C1");
        assertThat(chatService.preview(ADA, channel, false, new RunId(1))).isPresent();
        assertThat(chatService.preview(OTTO, channel, false, new RunId(1))).isEmpty();
        assertThat(chatService.preview(EVE, channel, false, new RunId(1))).isEmpty();
    }

    private static String text(Answer answer) {
        return new TextRenderer(160, false).render(answer.message());
    }

    private String refused(Caller caller, String line) {
        var answer = chatService.answerText(caller, line);
        assertThat(answer.refused()).as(line).isTrue();
        return text(answer);
    }

    private String told(Caller caller, String line) {
        var answer = chatService.answerText(caller, line);
        assertThat(answer.refused()).as(line + ": " + text(answer)).isFalse();
        return text(answer);
    }

    private Run run(Caller caller, String line) {
        var id = chatService.answerText(caller, line).run().orElseThrow();
        return journal.read().find(id).orElseThrow();
    }

    @Test
    void aRefusalSaysWhatIsRefusedAndWhoCould() {
        assertThat(refused(STAGER, "deploy production"))
                .contains("you may not start deploy in production; Ada, Otto could");
        assertThat(refused(OTTO, "deploy staging"))
                .contains("you may not start deploy in staging; Ada, group discord:200 could");
        assertThat(journal.read().queue()).isEmpty();
    }

    @Test
    void whoMayDoNothingLearnsNothingAboutWhatThereIs() {
        run(OTTO, "deploy production");
        for (var line : List.of(
                "deploy production",
                "deploy nowhere",
                "deploy production --limit web-9",
                "cancel 1",
                "cancel 99",
                "retry 1",
                "status",
                "status production",
                "hosts nowhere",
                "queue",
                "runs",
                "show 1",
                "show 99",
                "logs 1",
                "playbooks",
                "audit",
                "subscribe production",
                "subscribe",
                "link slack:UADA")) {
            assertThat(refused(EVE, line))
                    .as(line)
                    .contains("you may not")
                    .doesNotContain("web-1")
                    .doesNotContain("staging")
                    .doesNotContain("there is no run");
        }
        assertThat(text(new Answer(
                        chatService.home(EVE), false, true, Optional.empty(), Optional.empty(), Optional.empty())))
                .contains("you may not")
                .doesNotContain("web-1");
        assertThat(chatService.complete(EVE, "deploy", "env", Map.of(), "")).isEmpty();
        assertThat(chatService.complete(EVE, "cancel", "run", Map.of(), "")).isEmpty();
        assertThat(chatService.complete(EVE, "deploy", "limit", Map.of(), "")).isEmpty();
        assertThat(chatService.complete(EVE, "play", "playbook", Map.of(), "")).isEmpty();
    }

    @Test
    void aFormIsOnlyShownToThoseWhoMayDoWhatItIsFor() {
        assertThat(chatService.answerText(OTTO, "play migrate production").form())
                .isPresent();
        var answer = chatService.answerText(STAGER, "play migrate production");
        assertThat(answer.form()).isEmpty();
        assertThat(text(answer)).contains("you may not start play migrate in production");
    }

    @Test
    void buttonsAreDecidedLikeTypedCommandsForWhoPressesThem() {
        var run = run(OTTO, "deploy production");
        for (var kind : List.of(
                Action.Kind.CANCEL,
                Action.Kind.RETRY,
                Action.Kind.RERUN,
                Action.Kind.LOG,
                Action.Kind.FULL_LOG,
                Action.Kind.DETAILS)) {
            for (var stranger : List.of(STAGER, EVE)) {
                var answer =
                        chatService.press(stranger, new Action(kind, run.id().value()));
                assertThat(answer.refused()).as(kind + " " + stranger).isTrue();
                assertThat(text(answer)).contains("you may not");
            }
        }
        assertThat(journal.read().queue()).hasSize(1);
        assertThat(chatService
                        .press(OTTO, new Action(Action.Kind.CANCEL, run.id().value()))
                        .refused())
                .isFalse();
        assertThat(journal.read().queue()).isEmpty();
    }

    @Test
    void aRetryNeedsTheRightToStartWhatItRepeats() {
        var run = run(OTTO, "deploy production");
        journal.claim("deploy", 9, "test", (_, _) -> "production/1.log");
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")));
        assertThat(refused(STAGER, "retry 1")).contains("you may not start deploy in production");
        assertThat(refused(STAGER, "rerun 1")).contains("you may not start deploy in production");
        assertThat(told(OTTO, "retry 1")).contains("#2");
    }

    @Test
    void everybodySeesTheirOwnEnvironmentsOnly() {
        run(ADA, "deploy production");
        run(ADA, "deploy staging");
        assertThat(told(STAGER, "status")).contains("stage-1").doesNotContain("web-1");
        assertThat(told(STAGER, "runs")).contains("staging").doesNotContain("production");
        assertThat(told(STAGER, "queue")).contains("1 queued").doesNotContain("production");
        assertThat(told(ADA, "queue")).contains("2 queued");
        assertThat(refused(STAGER, "audit")).contains("you may not read the audit log; Ada could");
        assertThat(told(ADA, "audit")).isNotEmpty();
        assertThat(refused(STAGER, "status production")).contains("you may not view production; Ada, Otto could");
        assertThat(refused(STAGER, "show 1")).contains("you may not view production");
        assertThat(told(STAGER, "show 2")).contains("staging");
    }

    @Test
    void aChannelSubscribesOnlyToWhatItsAuthorMaySee() {
        assertThat(refused(OTTO, "subscribe staging")).contains("you may not view staging");
        assertThat(refused(OTTO, "subscribe all")).contains("you may not");
        assertThat(told(OTTO, "subscribe production failures")).contains("production");
        assertThat(told(ADA, "subscribe all")).contains("every run");
    }

    @Test
    void completionOffersWhatSomebodyMaySee() {
        run(ADA, "deploy production");
        assertThat(chatService.complete(STAGER, "deploy", "env", Map.of(), ""))
                .extracting(Choice::value)
                .containsExactly("staging");
        assertThat(chatService.complete(STAGER, "deploy", "limit", Map.of("env", "production"), ""))
                .isEmpty();
        assertThat(chatService.complete(STAGER, "cancel", "run", Map.of(), "")).isEmpty();
        assertThat(chatService.complete(ADA, "cancel", "run", Map.of(), "")).hasSize(1);
    }

    @Test
    void whoamiSaysWhatSomebodyMayDoAndWhy() {
        assertThat(told(STAGER, "whoami"))
                .contains("You are discord:7 in discord:900")
                .contains("view, start, cancel, lock")
                .contains("in staging")
                .contains("role stager of group discord:200");
        assertThat(told(ADA, "whoami"))
                .contains("Linked identities: web:ada")
                .contains("everything")
                .contains("role admin of slack:UADA");
        assertThat(told(EVE, "whoami")).contains("You have no permissions here").contains("slack:UADA");
    }

    @Test
    void twoIdentitiesAreOneHumanOnceBothSayIt() {
        var discord = STAGER.person();
        assertThat(told(OTTO, "link discord:7")).contains("link slack:UOTTO");
        assertThat(people.same(OTTO.person(), discord)).isFalse();
        assertThat(told(OTTO, "link discord:7")).contains("link slack:UOTTO");
        assertThat(people.same(OTTO.person(), discord)).isFalse();
        assertThat(told(STAGER, "link slack:UOTTO")).contains("identities linked: discord:7, slack:UOTTO");
        assertThat(people.same(OTTO.person(), discord)).isTrue();
        assertThat(told(STAGER, "link slack:UOTTO")).contains("already");
        assertThat(told(OTTO, "whoami")).contains("Linked identities: discord:7");
    }

    @Test
    void aLinkGivesNoRightsAndOnlyAnAdminTakesItAway() {
        told(OTTO, "link discord:7");
        told(STAGER, "link slack:UOTTO");
        assertThat(refused(STAGER, "deploy production")).contains("you may not");
        assertThat(refused(STAGER, "unlink slack:UOTTO")).contains("you may not link identities");
        assertThat(told(ADA, "unlink discord:7")).contains("no longer linked");
        assertThat(people.same(OTTO.person(), STAGER.person())).isFalse();
        assertThat(refused(ADA, "unlink web:ada")).contains("linked");
        assertThat(people.same(ADA.person(), new Person("web:ada"))).isTrue();
    }

    @Test
    void aWrongLinkIsExplained() {
        assertThat(refused(OTTO, "link")).contains("link <person>").contains("link discord:42");
        assertThat(refused(OTTO, "link bob")).contains("\"bob\" is not an identity");
        assertThat(refused(OTTO, "link slack:*")).contains("is not an identity");
        assertThat(refused(OTTO, "link slack:UOTTO")).contains("your identity here");
    }
}
