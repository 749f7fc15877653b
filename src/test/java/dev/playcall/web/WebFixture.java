package dev.playcall.web;

import dev.playcall.agent.AgentReports;
import dev.playcall.boot.TestFacts;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.FileLogs;
import dev.playcall.chat.query.Queries.QuerySources;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.ContentCommand.VenvCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.TestBatches;
import dev.playcall.command.alert.AlertCommands;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPreview;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.config.Config;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.content.git.FetchResult;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.routing.Route;
import dev.playcall.schedule.MissedRun;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import dev.playcall.testing.WebAccessFixture;
import dev.playcall.venv.BuildStep;
import dev.playcall.venv.InstalledVenv;
import dev.playcall.venv.PlaybookSpecs;
import dev.playcall.venv.VenvLock;
import dev.playcall.venv.Venvs;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.notifications.PostHook;
import dev.playcall.web.server.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A started web server over a real database, desk and catalogue in a folder; runs move when the test says so. */
public final class WebFixture implements AutoCloseable {
    public static final String TOKEN = "a-token-for-tests-only";
    private static final int MANY = 1000;

    public final RunJournal journal;
    public final AuditLog audit;
    public WebServer server;
    public final Map<RunId, Timeline> timelines = new ConcurrentHashMap<>();
    private final dev.playcall.command.alert.ReceiverSettings receivers;
    public final NotificationEngine notificationEngine;
    public final AgentReports agents;
    private final Path home;
    private final RateLimitFilter commands;
    private final PlaybookFiles files;
    private final InventoryFiles inventories;
    private final EnvironmentFiles environments;
    private volatile Optional<String> elsewhere = Optional.empty();
    private final Alerts alerts;
    private final dev.playcall.command.run.StartPolicy rules;
    private final Rights rights;
    private final DiskCatalogs catalogs;
    public final WebAccess entrance;
    public final ManualClock clock = new ManualClock(Instant.now());
    public final HttpClient http = HttpClient.newHttpClient();
    private final Config config;
    public final KeptSettings settings;
    public final SecretService secrets;
    final Database database;
    private final Map<String, Supplier<ReadinessCheck.Problem>> ailments = new ConcurrentHashMap<>();

    public WebFixture(Path folder) throws IOException {
        this(folder, "");
    }

    /** @param settings the configuration */
    public WebFixture(Path folder, String settings) throws IOException {
        this(folder, settings, false);
    }

    /** @param tells whether somebody is told of what comes in, who never takes it, and something can be done about it */
    public WebFixture(Path folder, String settings, boolean tells) throws IOException {
        this.home = folder;
        write(folder, "config/playcall.yml", settings);
        write(
                folder,
                "inventory/production/hosts.yml",
                "all: {children: {web: {hosts: {web-1: , web-2: }}, db: {hosts: {db-1: }}}}\n");
        write(folder, "inventory/staging/hosts.yml", "all: {hosts: {stage-1: }}\n");
        for (var name : List.of("ping", "provision", "deploy")) {
            write(folder, "playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
        }
        write(
                folder,
                "playbooks/deploy.meta.yml",
                "title: Deploy the application\n"
                        + "variables: {version: {type: version, required: true}, workers: {type: integer}}\n");
        config = ConfigFile.load(folder, Optional.empty(), Map.of());
        Files.createDirectories(config.paths().data());
        database = Database.open("jdbc:sqlite:" + config.paths().data().resolve("test.db"), Clock.systemUTC());
        journal = new RunJournal(database.events(), Clock.systemUTC());
        var catalogs = new DiskCatalogs(() -> config, database.hosts(), Clock.systemUTC(), _ -> {});
        secrets = MemorySecrets.vault(
                database.secrets(), config.paths().data().resolve("keys.json"), new Redactor(List.of()));
        entrance = WebAccessFixture.of(database, config.access(), Optional.of(TOKEN), clock);
        audit = Audits.of(database, config.paths().data());
        var links = new IdentityLinks(config.access().people(), database.links(), List::of, Clock.systemUTC());
        var rights = new Rights(entrance.authorizer(), links);
        rules = Rules.of(config, catalogs, database.locks(), links, secrets, Clock.systemUTC());
        receivers = dev.playcall.boot.settings.StoredReceivers.of(
                dev.playcall.boot.settings.Settings.of(config), database, secrets, new Redactor(List.of()), clock);
        var defaults = new ScheduleCommands.Defaults(ZoneOffset.UTC, MissedRun.RUN_ONCE);
        var router = new TestRouter(catalogs, journal, rights, rules, secrets);
        var requests = router.requests();
        files = new PlaybookFiles(
                folder.resolve("playbooks"), folder.resolve("data/playbooks"), WebFixture::tab, Clock.systemUTC());
        inventories = new InventoryFiles(
                files -> tab(files.getFirst(), "hosts.yml"), folder.resolve("data/inventory"), Clock.systemUTC());
        var told = told(tells);
        alerts = new Alerts(
                database.alerts(),
                database.notices(),
                () -> told,
                () -> Set.of("ops"),
                entrance.names()::in,
                List::of,
                Clock.systemUTC());
        this.settings = new KeptSettings(
                () -> ConfigFile.read(folder, Optional.empty(), Map.of("PLAYCALL_ANSIBLE_FORKS", "7")),
                database.settings(),
                Clock.systemUTC());
        environments = new EnvironmentFiles(folder.resolve("inventory"), _ -> Optional.empty(), () -> config);
        var edits = new ContentEdits(new ContentLock(), () -> elsewhere);
        var inventory = new InventoryCommands(catalogs, rights, secrets, journal.read(), edits, Clock.systemUTC());
        var schedules = new ScheduleCommands(requests, database.schedules(), () -> defaults, Clock.systemUTC());
        var content = new ContentCommands(catalogs, rights, journal);
        var alertCommands = new AlertCommands(catalogs, rights);
        router.batches(TestBatches.handler(journal, requests, rules))
                .queue(database.holds(), router.runs().queue(database.holds(), Clock.systemUTC()))
                .schedules(schedules.schedules(router.runs()::start))
                .reports(schedules.reports(_ -> Optional.empty(), () -> Set.of("ops")))
                .environments(inventory.environments(environments, database.environments(), database.schedules()))
                .hosts(inventory.hosts(inventories, database.hosts()))
                .playbooks(content.playbooks(files, secrets, edits))
                .sync((_, caller) -> rights.refusal(caller, Permission.SYNC, Target.EVERYTHING)
                        .<Reply>map(d -> d)
                        .orElseGet(() -> new Reply.Synced(List.of(fetchResult()), List.of("queue is empty"))))
                .galaxy((_, caller) -> rights.refusal(caller, Permission.SYNC, Target.EVERYTHING)
                        .<Reply>map(d -> d)
                        .orElseGet(() -> new Reply.Listed("1 role installed already", List.of(), List.of(), List.of())))
                .venvs(this::venv)
                .settings(content.settings(this.settings, () -> new Reply.Done("read anew")))
                .alerts(alertCommands.alerts(alerts, router.runs()::start, alertCommands.receivers(receivers)));
        var commands = new RateLimitFilter(
                new AuditFilter(router, audit, journal),
                audit,
                () -> new RateLimitFilter.Allowed(MANY, Duration.ofHours(1)),
                TestBatches.requested(requests, journal.read()),
                Clock.systemUTC());
        this.commands = commands;
        this.rights = rights;
        this.catalogs = catalogs;
        notificationEngine = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> told,
                () -> Map.of("ops", _ -> new Sink.Result.Refused("410 gone")),
                new NotificationEngine.Texts(secrets::redact, ""),
                new NotificationEngine.Timing(Clock.systemUTC(), System::nanoTime, new Random(1)));
        agents = new AgentReports(
                catalogs, database.agents(), () -> config.agents().silentAfter(), clock);
        catalogs.facts(TestFacts.of(database.events(), agents));
        server = serve(0);
    }

    private static dev.playcall.notify.routing.NotificationRules told(boolean tells) {
        if (!tells) {
            return dev.playcall.notify.routing.NotificationRules.of(Optional.empty());
        }
        var atOnce = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        var route = new Route("route", List.of(), List.of("ops"), false, List.of(), atOnce, List.of());
        var ping = new RouteOptions.Suggestion(
                "ping it", "ping", Optional.empty(), "production", "", new TreeMap<>(), Duration.ZERO);
        return new dev.playcall.notify.routing.NotificationRules(
                Optional.of(route),
                List.of(),
                new TreeMap<>(Map.of("api", List.of(ping), "ops", List.of(ping))),
                new TreeMap<>());
    }

    /** Making one takes a Python, so what comes of that is made up. */
    private Reply venv(VenvCommand command, Caller caller) {
        var venvs = venvs();
        var galaxy = new Galaxy(() -> config, System.getenv(), DeployKeys.none(), Clock.systemUTC());
        var onHosts = new ContentCommands.VenvsOnHosts(
                (_, c) -> new Reply.Done("asked by " + c.person()),
                () -> new ContentCommands.VenvLimits(Duration.ofMinutes(10), Duration.ofDays(30)),
                Clock.systemUTC());
        var reply = new ContentCommands(catalogs, rights, journal)
                .venvs(venvs, galaxy, (_, _) -> differing(), onHosts)
                .handle(command, caller);
        if (!(command instanceof VenvCommand.DeployVenv deploy && deploy.force())) {
            return reply;
        }
        var analyzed = venv(new VenvCommand.AnalyzePlaybook(deploy.playbook(), false, false), caller);
        return analyzed instanceof Reply.Specified(var spec)
                ? new Reply.Deployed(new Venvs.Deployed(
                        spec,
                        new InstalledVenv(
                                List.of(spec.name()),
                                "00aa",
                                Path.of("/venvs/00aa"),
                                "3.11",
                                new VenvLock(List.of("jinja2==3.1.2"), List.of()),
                                Instant.EPOCH,
                                Instant.EPOCH,
                                0),
                        List.of(new BuildStep("pip", Duration.ofSeconds(4)))))
                : reply;
    }

    private static Reply differing() {
        var row = List.of("web-1 in production", "none", "deploy_a1b2c3d4", "web-1", "production");
        return new Reply.Listed("installed_venvs of 1 host differs", List.of(), List.of(row), List.of());
    }

    /** No Python is found here, so that none is made. */
    private Venvs venvs() {
        Supplier<RolesPath> libraries = () -> RolesPath.of(config.paths(), Map.of());
        var specs =
                new PlaybookSpecs(() -> config, libraries, PlaybookCheck.NONE, Map.of("PATH", ""), Clock.systemUTC());
        return new Venvs(() -> config, libraries, Optional::empty, specs, Map.of(), Clock.systemUTC());
    }

    /** There is no git and no Galaxy here, so what they bring is made up. */
    private static FetchResult fetchResult() {
        var commit = new FetchResult.Commit("77aa", "Bea", Instant.parse("2026-03-01T11:00:00Z"), "Restart with care");
        return new FetchResult(
                Path.of("playbooks"),
                "origin/main",
                "66aa",
                "77aa",
                List.of(commit),
                1,
                List.of("restart.yml"),
                new TreeSet<>(Set.of("restart")),
                new TreeSet<>(),
                List.of());
    }

    private Optional<PostHook> source(String name) {
        return Optional.ofNullable(config.notifications().sources().get(name))
                .map(s -> new InboundHook(name, s, notificationEngine.outbox(), Clock.systemUTC()))
                .map(inboundHook -> (headers, body) -> {
                    var reply = inboundHook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), "application/json", reply.body());
                });
    }

    private WebServer serve(int port) {
        var fresh = new WebServer(
                ConfigFile.load(home, Optional.empty(), Map.of("PLAYCALL_SERVER_PORT", Integer.toString(port))),
                false,
                new RunServices(catalogs, journal, commands, rights, rules),
                secrets,
                audit,
                List.of(
                        ReadinessCheck.needed("database", this::databaseProblem),
                        new ReadinessCheck("runner", () -> ailment("runner")),
                        new ReadinessCheck("slack", () -> ailment("slack"))),
                entrance,
                Clock.systemUTC());
        fresh.showRuns(run -> timelines.getOrDefault(run, Timeline.NONE));
        fresh.show(new Echo(), rules.closures(), () -> config.server().publicStatus(), environments);
        fresh.show(environments, () -> elsewhere);
        fresh.receive(
                "/slack/events",
                (headers, body) -> new PostHook.Reply(
                        headers.containsKey("X-Signature") ? 200 : 401,
                        "text/plain",
                        "heard " + new String(body, StandardCharsets.UTF_8)));
        fresh.receive(this::source);
        fresh.show(commands);
        fresh.show(notificationEngine, alerts, receivers);
        fresh.show(database.schedules(), () -> Set.of("ops"));
        var contentLock = new dev.playcall.content.ContentLock();
        fresh.show(
                settings,
                new Checkouts(() -> config, contentLock, System.getenv(), DeployKeys.none()),
                new Galaxy(() -> config, System.getenv(), DeployKeys.none(), Clock.systemUTC()),
                venvs());
        fresh.show(
                new StartPreview(Rules.requests(catalogs, rights, secrets, Duration.ofHours(1)), rules, journal),
                (_, hosts, _) -> hosts);
        fresh.show(files, () -> elsewhere);
        fresh.show(inventories, () -> elsewhere);
        fresh.show(agents);
        fresh.start();
        return fresh;
    }

    /** The gateway goes away and comes back at the same address. */
    void restart() {
        int port = server.address().getPort();
        server.close();
        server = serve(port);
    }

    /** In place of Ansible: like it, it finds the line with a tab. */
    private static Optional<String> tab(Path file, String shown) {
        try {
            var lines = Files.readAllLines(file);
            return java.util.stream.IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains("\t"))
                    .mapToObj(i -> shown + ":" + (i + 1) + ": a tab cannot start a token")
                    .findFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Says back what it heard. */
    private record Echo() implements TextConsole {
        @Override
        public Result run(Caller caller, String text, int width, boolean colour) {
            return new Result(caller.person() + " said " + text, text.isBlank(), Optional.empty(), false);
        }

        @Override
        public Result run(Caller caller, List<String> words, int width, boolean colour) {
            return run(caller, String.join(" ", words), width, colour);
        }

        @Override
        public String record(Caller caller, List<String> words) {
            return "/api/v1/" + words.getFirst();
        }

        @Override
        public List<Suggestion> suggest(Caller caller, String line) {
            return List.of(new Suggestion(line + "production", line));
        }

        @Override
        public Optional<Shown> card(RunId run, int width, boolean colour) {
            return Optional.of(new Shown(List.of(new Part("card", "card of " + run)), true));
        }
    }

    private Optional<String> databaseProblem() {
        return database.isHealthy() ? Optional.empty() : Optional.of("is not responding");
    }

    private Optional<ReadinessCheck.Problem> ailment(String part) {
        return Optional.ofNullable(ailments.get(part)).map(Supplier::get);
    }

    Catalog catalog() {
        return new DiskCatalogs(config, Clock.systemUTC()).current();
    }

    /** Somebody changes where the audit log is said to end. */
    public void forgeAudit() throws IOException {
        Files.writeString(config.paths().data().resolve("audit.head"), "1 " + "0".repeat(64) + " " + "0".repeat(64));
    }

    /** From now on files are changed in Git and not here. */
    public void gitOnly(String why) {
        elsewhere = Optional.of(why);
    }

    /** From now on this is wrong with a part. */
    public void ails(String part, ReadinessCheck.Problem problem) {
        ailments.put(part, () -> problem);
    }

    /** From now on this part cannot even be asked. */
    public void breaks(String part) {
        ailments.put(part, () -> {
            throw new IllegalStateException("private words");
        });
    }

    public URI at(String path) {
        return URI.create(server.address() + path);
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(json));
        request.header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Something is open from now on. */
    public void alert(String title, String severity, String labels) throws IOException, InterruptedException {
        var answer = post(
                "/api/v1/notifications",
                "{\"title\":\"" + title + "\",\"status\":\"open\",\"severity\":\"" + severity + "\",\"key\":\"" + title
                        + "\",\"labels\":" + labels + "}");
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.body());
        }
    }

    /** Asks as the holder of the admin's token, or as a user of this machine. */
    public HttpResponse<String> ask(String person, String method, String path, String body)
            throws IOException, InterruptedException {
        var who = person.equals("admin")
                ? new String[] {"Authorization", "Bearer " + TOKEN}
                : new String[] {"Authorization", "Bearer console-secret-for-tests-only", "Playcall-User", person};
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .headers(who));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The first answer to these bytes, as text. */
    public String raw(String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Everything that is written in the files of the database. */
    public String databaseText() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(config.paths().data())) {
            for (var file : files.filter(f -> f.toString().contains("test.db")).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** What would come of this command. */
    Reply handle(Command command, Caller caller) {
        return commands.handle(command, caller);
    }

    /** The conversation of a chat over the same gateway. */
    ChatService chat(Path folder) {
        return new ChatService(
                new QuerySources(catalogs, journal, new FileLogs(folder.resolve("logs")), database.schedules(), alerts),
                commands,
                new RunCards(journal, database.chat(), Clock.systemUTC(), rules),
                database.chat(),
                rights,
                audit,
                secrets,
                (_, hosts, _) -> hosts);
    }

    /** Asks for a deployment of production. */
    public RunId deploy(String version) throws IOException, InterruptedException {
        var answer = post(
                "/api/v1/runs",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"" + version
                        + "\"}}");
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
        return new RunId(Long.parseLong(
                answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "")));
    }

    /** The next run of this lock begins. */
    public Run begin(String lock) {
        return journal.claim(
                        lock,
                        10,
                        "test",
                        (run, at) ->
                                run.request().environment() + "/" + run.id().value() + ".log")
                .orElseThrow();
    }

    public void log(Run run, String text) throws IOException {
        var file = config.paths().logs().resolve(run.log());
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }

    public void progress(Run run, String task, int results, int expected, List<HostResult> hosts) {
        journal.progress(run, counted(task, results, expected, hosts), hosts, Intake.NONE);
    }

    private static Progress counted(String task, int results, int expected, List<HostResult> hosts) {
        return new Progress(
                results,
                expected,
                "Deploy",
                task,
                hosts.size(),
                count(hosts, HostOutcome.OK),
                count(hosts, HostOutcome.CHANGED),
                count(hosts, HostOutcome.FAILED),
                count(hosts, HostOutcome.UNREACHABLE),
                count(hosts, HostOutcome.SKIPPED));
    }

    private static int count(List<HostResult> hosts, HostOutcome outcome) {
        return (int) hosts.stream().filter(h -> h.outcome() == outcome).count();
    }

    public static HostResult host(String name, HostOutcome outcome, String task, String message) {
        var stats = new HostStats(
                6,
                outcome == HostOutcome.CHANGED ? 3 : 0,
                outcome == HostOutcome.UNREACHABLE ? 1 : 0,
                outcome == HostOutcome.FAILED ? 1 : 0,
                1,
                0,
                0);
        return new HostResult(
                name,
                outcome,
                stats,
                Optional.of(task).filter(t -> !t.isEmpty()),
                Optional.of(message).filter(m -> !m.isEmpty()),
                Duration.ofMillis(4200));
    }

    /** A receiver is told of this run and does not take it. */
    public void tellInVain(Run run, String receiver, String title, String why) {
        var labels =
                new java.util.TreeMap<>(Map.of("run", Long.toString(run.id().value())));
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT,
                Severity.ERROR,
                "run.failed",
                title,
                "",
                "",
                clock.instant(),
                labels,
                Optional.empty());
        var content = new Notification.Content(false, Severity.ERROR, 0, 0, 1, labels, List.of(item));
        long id = database.notices().enqueue(receiver, "test", content, clock.instant());
        var now = clock.instant();
        var attempt = new Delivery.Attempt(1, now, 12, false, why);
        database.notices()
                .exchange(
                        List.of(new Delivery.Outcome(id, attempt, Delivery.State.DEAD, Optional.empty(), why, "")),
                        new NotifyStore.Claim(receiver, now, now, 0));
    }

    public void end(Run run, Outcome outcome) {
        journal.append(run.id(), new RunEvent.Finished(outcome));
    }

    @Override
    public void close() {
        http.close();
        server.close();
        notificationEngine.close();
        database.close();
    }
}
