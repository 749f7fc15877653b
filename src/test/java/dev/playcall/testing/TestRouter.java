package dev.playcall.testing;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.fetched.InventoryRefresh.InventoryFetcher;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.Rights;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.command.access.AccessCommands;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.command.router.CommandRouter;
import dev.playcall.command.router.CommandRouter.CommandHandlers;
import dev.playcall.command.run.RunCommands;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.content.ContentLock;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.secret.SecretService;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The real router and the real handlers of runs, locks, secrets and identities; a test sets the other families it is about,
 * and those it does not set answer that they are unavailable.
 */
public final class TestRouter implements CommandHandler {
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Rights rights;
    private final SecretService secrets;
    private final RunCommands runs;
    private HoldStore holds = Rules.NO_HOLDS;
    private FamilyHandler<BatchCommand> batches = TestRouter::unavailable;
    private FamilyHandler<QueueCommand> queue = TestRouter::unavailable;
    private FamilyHandler<ScheduleCommand> schedules = TestRouter::unavailable;
    private FamilyHandler<ReportCommand> reports = TestRouter::unavailable;
    private FamilyHandler<AlertCommand> alerts = TestRouter::unavailable;
    private FamilyHandler<EnvironmentCommand> environments = TestRouter::unavailable;
    private FamilyHandler<HostCommand> hosts = TestRouter::unavailable;
    private FamilyHandler<PlaybookCommand> playbooks = TestRouter::unavailable;
    private FamilyHandler<ContentCommand.Sync> sync = TestRouter::unavailable;
    private FamilyHandler<ContentCommand.InstallGalaxy> galaxy = TestRouter::unavailable;
    private FamilyHandler<VenvCommand> venvs = TestRouter::unavailable;
    private FamilyHandler<SettingsCommand> settings = TestRouter::unavailable;

    public TestRouter(Catalogs catalogs, RunJournal journal, Rights rights, StartPolicy policy, SecretService secrets) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.rights = rights;
        this.secrets = secrets;
        this.runs = new RunCommands(journal, requests(), policy);
    }

    /** Where nothing needs approval and nothing is locked. */
    public TestRouter(Catalogs catalogs, RunJournal journal, Rights rights, SecretService secrets) {
        this(catalogs, journal, rights, Rules.none(catalogs, secrets), secrets);
    }

    /** What is executed to get hosts is never executed here. */
    private InventoryRefresh refresh() {
        return new InventoryRefresh(
                catalogs, (_, _) -> new InventoryFetcher.Answer.Failed("nothing is executed here"), Clock.systemUTC());
    }

    private static Reply unavailable(Command command, Caller caller) {
        return new Reply.Unavailable(command + " of " + caller.person() + " is not part of this test");
    }

    public RunRequestFactory requests() {
        return Rules.requests(catalogs, rights, secrets, Duration.ofHours(1));
    }

    public RunCommands runs() {
        return runs;
    }

    public TestRouter batches(FamilyHandler<BatchCommand> handler) {
        batches = handler;
        return this;
    }

    public TestRouter queue(HoldStore store, FamilyHandler<QueueCommand> handler) {
        holds = store;
        queue = handler;
        return this;
    }

    public TestRouter schedules(FamilyHandler<ScheduleCommand> handler) {
        schedules = handler;
        return this;
    }

    public TestRouter reports(FamilyHandler<ReportCommand> handler) {
        reports = handler;
        return this;
    }

    public TestRouter alerts(FamilyHandler<AlertCommand> handler) {
        alerts = handler;
        return this;
    }

    public TestRouter environments(FamilyHandler<EnvironmentCommand> handler) {
        environments = handler;
        return this;
    }

    public TestRouter hosts(FamilyHandler<HostCommand> handler) {
        hosts = handler;
        return this;
    }

    public TestRouter playbooks(FamilyHandler<PlaybookCommand> handler) {
        playbooks = handler;
        return this;
    }

    public TestRouter sync(FamilyHandler<ContentCommand.Sync> handler) {
        sync = handler;
        return this;
    }

    public TestRouter galaxy(FamilyHandler<ContentCommand.InstallGalaxy> handler) {
        galaxy = handler;
        return this;
    }

    public TestRouter venvs(FamilyHandler<VenvCommand> handler) {
        venvs = handler;
        return this;
    }

    public TestRouter settings(FamilyHandler<SettingsCommand> handler) {
        settings = handler;
        return this;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        var access = new AccessCommands(catalogs, rights, secrets);
        var edits = new ContentEdits(new ContentLock(), Optional::empty);
        var inventories = new InventoryCommands(catalogs, rights, secrets, journal.read(), edits, Clock.systemUTC());
        var handlers = new CommandHandlers(
                runs::start,
                runs::handle,
                batches,
                queue,
                schedules,
                reports,
                runs.locks(),
                alerts,
                environments,
                hosts,
                playbooks,
                sync,
                galaxy,
                venvs,
                inventories.refresh(refresh()),
                settings,
                access.secrets((rotate, by) ->
                        runs.start(StartCommand.of("ping", rotate.ref().scope()), by)),
                access.identities());
        return new CommandRouter(holds, journal, rights, handlers).handle(command, caller);
    }
}
