package dev.playcall.command.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.Command;
import dev.playcall.command.CommandFixture;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.HostCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.testing.GitFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may sync, what stands in the way of it, what is told besides, and what comes by itself. */
class SyncCommandTest {
    private static final String ACCESS = """
          bindings:
            - { role: admin, people: [slack:ada] }
            - { role: operator, people: [slack:otto] }
            - { role: puller, people: [slack:pia] }
          roles: { puller: { permissions: [sync] } }
          policies: [{ environments: [staging], approvals: 1 }]
        """;

    @TempDir
    Path base;

    private GitFixture git;
    private CommandFixture fixture;
    private CommandHandler commands;
    private SyncCommandHandler sync;
    private Checkouts checkouts;
    private Optional<String> elsewhere = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        git = new GitFixture(base);
        fixture = new CommandFixture(git.home, ACCESS);
        git.write(".git/info/exclude", "*\n");
        var config = fixture.config();
        var rights = new Rights(
                new Authorizer(config.access(), false, List::of),
                new IdentityLinks(config.access().people(), fixture.database.links(), List::of, fixture.clock));
        var contentLock = new ContentLock();
        checkouts = new Checkouts(() -> config, contentLock, System.getenv(), DeployKeys.none());
        var catalogs = new DiskCatalogs(config, fixture.clock);
        var files = new InventoryFiles(_ -> Optional.empty(), base.resolve("kept"), fixture.clock);
        var inventory = new InventoryCommands(
                catalogs,
                rights,
                fixture.secrets,
                fixture.journal.read(),
                new ContentEdits(contentLock, () -> elsewhere),
                fixture.clock);
        sync = new SyncCommandHandler(rights, catalogs, fixture.journal, checkouts, fixture.rules);
        commands = fixture.commands.sync(sync).hosts(inventory.hosts(files, fixture.database.hosts()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(String person, Command command) {
        return commands.handle(command, fixture.caller(person));
    }

    private void push(String tasks) throws IOException {
        git.push("Change deploy", "playbooks/deploy.yml", "- hosts: all\n  tasks: [" + tasks + "]\n");
    }

    @Test
    void syncIsARightOfItsOwn() throws Exception {
        push("");
        assertThat(say("slack:otto", new ContentCommand.Sync(false))).isInstanceOfSatisfying(Reply.Denied.class, d -> {
            assertThat(d.line()).contains("sync").contains("pia");
        });
        assertThat(say("slack:pia", new ContentCommand.Sync(false))).isInstanceOfSatisfying(Reply.Synced.class, s -> {
            assertThat(s.message()).contains("origin/main", "1 commit newer", "playbooks deploy");
            assertThat(s.rows()).singleElement().asString().contains("Change deploy");
            assertThat(s.lines()).containsExactly("changed: playbooks/deploy.yml");
        });
        assertThat(say("slack:ada", new ContentCommand.Sync(false)))
                .isInstanceOfSatisfying(
                        Reply.Synced.class, s -> assertThat(s.message()).contains("Change deploy", "no changes"));
    }

    @Test
    void whatRunsWorkFromIsReplacedOnlyOnDemand() throws Exception {
        var run = fixture.asked("slack:ada", CommandFixture.start("deploy", "production"));
        assertThat(fixture.claim("deploy")).isPresent();
        push("");
        var before = git.head();
        assertThat(say("slack:ada", new ContentCommand.Sync(false)))
                .isInstanceOfSatisfying(
                        Reply.Conflict.class,
                        t -> assertThat(t.message()).contains(run.id().toString(), "is running", "sync now"));
        assertThat(git.head()).isEqualTo(before);
        assertThat(say("slack:ada", new ContentCommand.Sync(true))).isInstanceOf(Reply.Synced.class);
        assertThat(git.head()).isNotEqualTo(before);
    }

    @Test
    void whatComesOfItIsTold() throws Exception {
        var run = fixture.asked("slack:ada", CommandFixture.start("deploy", "staging"));
        git.push("Two things", "playbooks/deploy.yml", "- hosts: all\n", "playbooks/new.yml", "- hosts: all\n");
        git.push("A mistake", "playbooks/new.meta.yml", "tilte: x\n");
        assertThat(say("slack:ada", new ContentCommand.Sync(false)))
                .isInstanceOfSatisfying(
                        Reply.Synced.class,
                        s -> assertThat(s.lines())
                                .anySatisfy(l -> assertThat(l)
                                        .contains("no longer in the catalogue", "new.meta.yml:1", "did you mean title"))
                                .anySatisfy(
                                        l -> assertThat(l).contains("approval of " + run.id() + " is invalidated")));
    }

    @Test
    void whoeverWantsItKeepsAllChangesInGit() {
        elsewhere = Optional.of("change it in git");
        var add = new HostCommand.EditHosts("production", new HostCommand.HostChange.Add("web-9", "web", Map.of()));
        assertThat(say("slack:ada", add))
                .isInstanceOf(Reply.Invalid.class)
                .asString()
                .contains("change it in git");
        assertThat(say("slack:otto", add)).isInstanceOf(Reply.Denied.class);
        elsewhere = Optional.empty();
        assertThat(say("slack:ada", add)).isInstanceOf(Reply.Done.class);
    }

    private final List<String> news = new ArrayList<>();
    private Optional<Duration> interval = Optional.of(Duration.ofMinutes(5));

    private GitSyncScheduler puller() {
        return new GitSyncScheduler(
                checkouts,
                (command, caller) -> {
                    news.add(caller.person() + " asks");
                    return sync.pull(false);
                },
                fixture.journal,
                () -> interval,
                new GitSyncScheduler.Listener() {
                    @Override
                    public void pulled(Reply.Synced synced) {
                        news.add("pulled " + synced.pulled().getFirst().count());
                    }

                    @Override
                    public void waits() {
                        news.add("waits");
                    }

                    @Override
                    public void failed(String why) {
                        news.add("failed");
                    }

                    @Override
                    public void well() {
                        news.add("well");
                    }
                },
                fixture.clock);
    }

    private void after5(GitSyncScheduler gitSyncScheduler) {
        fixture.clock.go(Duration.ofMinutes(5));
        gitSyncScheduler.tick();
    }

    @Test
    void theIntervalTellsOnlyWhatIsNews() throws Exception {
        try (var gitSyncScheduler = puller()) {
            after5(gitSyncScheduler);
            assertThat(news).isEmpty();
            push("");
            gitSyncScheduler.tick();
            assertThat(news).isEmpty();
            after5(gitSyncScheduler);
            assertThat(news).containsExactly("git:interval asks", "pulled 1");
            news.clear();
            git.git("remote", "rename", "origin", "away");
            after5(gitSyncScheduler);
            after5(gitSyncScheduler);
            assertThat(news).containsExactly("failed");
            git.git("remote", "rename", "away", "origin");
            after5(gitSyncScheduler);
            after5(gitSyncScheduler);
            assertThat(news).containsExactly("failed", "well");
            interval = Optional.empty();
            push("{ debug: }");
            after5(gitSyncScheduler);
            assertThat(news).hasSize(2);
        }
    }

    @Test
    void aPushIsLookedAtAtOnceAndTakenWhenTheLastRunHasEnded() throws Exception {
        interval = Optional.empty();
        var run = fixture.asked("slack:ada", CommandFixture.start("deploy", "production"));
        assertThat(fixture.claim("deploy")).isPresent();
        push("");
        try (var gitSyncScheduler = puller()) {
            gitSyncScheduler.pushed();
            gitSyncScheduler.tick();
            gitSyncScheduler.pushed();
            gitSyncScheduler.tick();
            gitSyncScheduler.tick();
            assertThat(news).containsExactly("git:push asks", "waits", "git:push asks");
            fixture.journal.append(run.id(), new RunEvent.Finished(new Outcome.Success()));
            gitSyncScheduler.tick();
            assertThat(news).last().isEqualTo("pulled 1");
            gitSyncScheduler.tick();
            assertThat(news).hasSize(5);
        }
    }
}
