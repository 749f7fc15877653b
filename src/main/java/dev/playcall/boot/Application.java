package dev.playcall.boot;

import dev.playcall.agent.AgentReports;
import dev.playcall.agent.SilentAgents;
import dev.playcall.ansible.IsolationCheck;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.boot.chat.ChatPlatforms;
import dev.playcall.boot.chat.ChatServices;
import dev.playcall.boot.cluster.ClusterServices;
import dev.playcall.boot.cluster.LabelFindings;
import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.GitKeys;
import dev.playcall.boot.settings.ReceiverFactory;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.ProjectHash;
import dev.playcall.catalog.ansiblecfg.RunTuning;
import dev.playcall.chat.query.ScheduledReports;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.OutputMirror;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.web.server.WebServer;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway: built in one straight line, closed in reverse. */
public final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final GatewayFile file;
    private final CoreServices core;
    private final List<Lifecycle> parts;
    private final WebServer web;
    private final SighupHandler sighupHandler;

    /** @param parts what works by itself, in the order of its start */
    private Application(
            GatewayFile file,
            CoreServices core,
            AutoCloseable apprise,
            List<Lifecycle> parts,
            WebServer web,
            SighupHandler sighupHandler) {
        this.file = file;
        this.core = core;
        this.parts = parts;
        this.web = web;
        this.sighupHandler = sighupHandler;
        opened.push(file);
        opened.push(core.database());
        opened.push(apprise);
    }

    /**
     * Builds the gateway of this configuration.
     *
     * @param anyPort listen on a free port of this machine instead of what is configured
     * @throws RefusedException when another process has the data folder
     */
    public static Application open(Config config, GatewayMode gatewayMode, boolean anyPort) {
        return open(Settings.of(config), gatewayMode, anyPort);
    }

    /** The same of one that may be read anew while it works. */
    public static Application open(Settings settings, GatewayMode gatewayMode, boolean anyPort) {
        var config = settings.config();
        if (gatewayMode == GatewayMode.WORKING) {
            FileModes.apply(config.paths(), config.ansible().isolation().runAs().isPresent());
        }
        var file = GatewayFile.take(config.paths().data())
                .orElseThrow(() -> new RefusedException("another Playcall process uses "
                        + config.paths().data() + "; use it with ./playcall console, or stop it first"));
        try {
            return wire(file, CoreServices.of(settings, Clock.systemUTC()), gatewayMode, anyPort);
        } catch (IllegalStateException | AuditLog.AuditException e) {
            file.close();
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Application wire(GatewayFile file, CoreServices core, GatewayMode gatewayMode, boolean anyPort) {
        boolean runners = gatewayMode == GatewayMode.WORKING;
        var ansible = AnsibleTools.of(core);
        var events = NotificationServices.of(core);
        var chatPlatforms = new ChatPlatforms();
        var commandServices = CommandServices.of(core, ansible, events.alerts(), chatPlatforms);
        var database = core.database();
        var scheduler = timekeeper(core, commandServices.all(), events);
        database.alarm().listen(scheduler::runDue);
        var working = RunnerServices.of(core, ansible, commandServices);
        var chatServices = new ChatServices(
                core.settings(),
                new RunServices(core.catalogs(), core.journal(), commandServices.all(), core.rights(), core.rules()),
                database,
                core.audit(),
                core.vault(),
                events.alerts(),
                commandServices.reach(),
                core.clock());
        chatPlatforms.are(chatServices.platforms());
        var gitSyncScheduler = core.content()
                .puller(
                        core.onRecord((_, _) -> commandServices.sync().get()),
                        core.journal(),
                        events.notifications(),
                        database,
                        core.clock());
        var loops = new ArrayList<>(working.loops());
        loops.addAll(chatServices.loops());
        var agents = new AgentReports(
                core.catalogs(),
                database.agents(),
                core.settings().each(c -> c.agents().silentAfter()),
                core.clock());
        core.catalogs().facts(new KnownFacts(core.journal().read(), agents));
        var silent = new SilentAgents(
                agents,
                core.catalogs(),
                database.alerts(),
                events.notifications().outbox(),
                core.settings().config().server().publicUrl(),
                core.clock());
        loops.addAll(List.of(events.notifications().loop(), gitSyncScheduler.loop(), agents.loop(), silent.loop()));
        var cluster = new ClusterServices(
                core.settings(),
                core.journal(),
                core.vault(),
                core.audit(),
                loops,
                new OutputMirror(
                        database.outputs(),
                        ansible.running(),
                        core.config().paths().data().resolve("output.cursor"),
                        core.clock()),
                new ProjectHash(core.catalogs(), AnsibleTools.libraries(core.config()), core.content()::wanted),
                core.clock());
        loops.addAll(cluster.loops());
        core.journal().beforeRequest(cluster::publishContent);
        cluster.onContentElsewhere(gitSyncScheduler::changedElsewhere);
        if (cluster.isEnabled()) {
            agents.shared();
            database.workQueue().share();
            working.runner().share(cluster::catchUp, database.outputs());
        }
        var checks = runners
                ? ReadinessChecks.of(core, working.runner(), chatServices.platforms(), scheduler.health(), loops)
                : ReadinessChecks.of(database, core.audit());
        var web = WebFactory.of(core, ansible, commandServices, chatServices, events, agents, checks, anyPort);
        follow(
                core,
                events,
                new ReceiverFactory.Dependencies(chatServices.platforms(), events.apprise(), core.clock()));
        var parts = new ArrayList<Lifecycle>();
        if (runners) {
            WebFactory.listen(web, core, events, chatServices, gitSyncScheduler);
            parts.add(new Lifecycle(() -> cleanUp(core), () -> {}));
            parts.add(new Lifecycle(cluster::start, cluster));
            parts.addAll(working.parts());
            parts.add(new Lifecycle(chatServices::start, chatServices));
            core.journal().follow(RunJournal.Follower.ofOwn(events.notifications()::happened));
            parts.add(new Lifecycle(events.notifications()::start, events.notifications()));
            parts.add(new Lifecycle(agents::start, agents));
            parts.add(new Lifecycle(silent::start, silent));
            parts.add(new Lifecycle(gitSyncScheduler::start, gitSyncScheduler));
        }
        parts.add(new Lifecycle(web::start, web));
        parts.add(new Lifecycle(() -> {}, database::endSoon));
        var sighupHandler =
                new SighupHandler(core.onRecord((_, _) -> core.settings().reload()));
        return new Application(file, core, events.apprise(), parts, web, sighupHandler);
    }

    /** What a gateway before this one left half done, before anything is made of it. */
    private static void cleanUp(CoreServices core) {
        new GitKeys(core.vault(), GitKeys.place(core.config())).sweep();
        core.content().recover();
    }

    private static Scheduler timekeeper(CoreServices core, CommandHandler commands, NotificationServices events) {
        var database = core.database();
        var reports = new ScheduledReports(
                ScheduleCommands.starter(commands),
                core.catalogs(),
                core.rights(),
                core.journal().read(),
                database.schedules(),
                database.chat(),
                events.reports(core.settings()),
                core.clock());
        return new Scheduler(
                database.schedules(),
                ScheduleCommands.owned(reports, core.rights().people()),
                (channel, key, text) -> database.chat()
                        .announce(channel, key, text, core.clock().instant()),
                core.clock());
    }

    /** What has to be done when the configuration is another one. */
    private static void follow(CoreServices core, NotificationServices events, ReceiverFactory.Dependencies means) {
        var settings = core.settings();
        settings.connect(c -> ReceiverFactory.sinks(c.notifications(), means));
        settings.guard(c -> {
            core.secrets().redactor().learn(c.secrets());
            return AccessServices.wouldOpen(c, core.webAccess(), core.database());
        });
        var programs = new ProgramPaths(System.getenv().getOrDefault("PATH", ""));
        settings.warnings(c -> Stream.of(
                        new IsolationCheck(c, programs).unusableUser().stream(),
                        RunTuning.unknownEnvironments(
                                c.ansible().tuning(),
                                core.catalogs().current().environments().keySet().stream()
                                        .map(Object::toString)
                                        .toList())
                                .stream(),
                        LabelFindings.of(
                                core.catalogs().current(), core.journal().read().nodes())
                                .stream())
                .flatMap(Function.identity())
                .toList());
        settings.onChange(() -> {
            core.catalogs().afterChange();
            events.notifications().reconfigured();
        });
    }

    /**
     * Creates the admin account that the environment names, as long as there is no account. To be called before the start,
     * which other addresses than the loopback have to wait for.
     *
     * @throws IllegalStateException with one line for the operator when it cannot be created
     */
    public void createAdmin(Map<String, String> environment) {
        if (!core.webAccess().identity().accounts().areUsed()) {
            FirstAdmin.of(environment).ifPresent(admin -> {
                core.secrets().redactor().learn(List.of(admin.password().reveal()));
                admin.create(core.webAccess().identity().accounts(), core.audit());
            });
        }
    }

    /** @throws IllegalStateException with one line that says what a person has to mend first */
    public void start() {
        try {
            for (var lifecycle : parts) {
                lifecycle.start().run();
                opened.push(lifecycle.running());
            }
        } catch (AuditLog.AuditException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        file.announce(found());
    }

    public RunJournal journal() {
        return core.journal();
    }

    public Settings settings() {
        return core.settings();
    }

    /** From now on SIGHUP has the configuration read anew. */
    public void reloadOnSighup() {
        sighupHandler.listen();
    }

    /** How commands reach it. */
    public GatewayFile.Found found() {
        return new GatewayFile.Found(web.address(), core.webAccess().console());
    }

    /** The line with the link that makes the first account, as long as there is none. */
    public Optional<String> invitation() {
        var configured = core.config().server().publicUrl();
        return AccessServices.invitation(
                core.webAccess().identity(),
                configured.isBlank() ? web.address().toString() : configured);
    }

    public URI address() {
        return web.address();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.error("Shutdown incomplete", e);
            }
        }
    }
}
