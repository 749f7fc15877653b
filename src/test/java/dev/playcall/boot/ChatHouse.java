package dev.playcall.boot;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.ScheduledReports;
import dev.playcall.command.AlertDesk;
import dev.playcall.command.AuditedDesk;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Drafts;
import dev.playcall.command.GalaxyDesk;
import dev.playcall.command.Outlook;
import dev.playcall.command.RegisterDesk;
import dev.playcall.command.Rights;
import dev.playcall.command.ScheduledStarts;
import dev.playcall.command.SettingsDesk;
import dev.playcall.command.SyncDesk;
import dev.playcall.config.Config;
import dev.playcall.config.ConfigFile;
import dev.playcall.config.Reading;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Person;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Timeline;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.library.Keys;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.Severity;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Timekeeper;
import dev.playcall.security.Authorizer;
import dev.playcall.security.PersonLinks;
import dev.playcall.security.Redactor;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.Doors;
import dev.playcall.testing.GitHouse;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Everything of a gateway but the part that runs programs: database, catalogue, desk, chats and web server are the real
 * ones, and runs move when a test says so.
 */
final class ChatHouse implements AutoCloseable {
    private final Path home;
    private final Map<String, String> settings;
    private Database database;
    private RunJournal journal;
    private Chats chats;
    private WebServer web;
    private Timekeeper keeper;
    private Duration ahead = Duration.ZERO;
    private Notifications notifications;

    /** @param settings as environment variables have them: {@code PLAYCALL_CHAT_SLACK_API_BASE} */
    ChatHouse(Path home, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        project();
        open();
    }

    private void project() {
        file("inventory/production/hosts.yml", """
                all:
                  children:
                    web: { hosts: { web-1: , web-2: , web-3: } }
                    db: { hosts: { db-1: } }
                """);
        file("inventory/staging/hosts.yml", "all: { hosts: { stage-1: } }\n");
        for (var name : List.of("ping", "provision", "deploy", "rollback", "update", "wipe", "migrate")) {
            file("playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
        }
        file("playbooks/deploy.meta.yml", "title: Deploy the shop\nvariables: { version: { type: version } }\n");
        file("playbooks/wipe.meta.yml", "title: Wipe the disks\ndanger: high\n");
        file("playbooks/migrate.meta.yml", """
                title: Migrate the database
                variables:
                  target: { type: choice, choices: [blue, green], required: true }
                  note: { type: text }
                """);
    }

    /** What is there now is in git from now on, and a colleague can push. */
    GitHouse inGit() {
        try {
            return GitHouse.around(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        try {
            return Files.readString(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void file(String name, String text) {
        try {
            var file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() {
        var clock = Clock.offset(Clock.systemUTC(), ahead);
        var config = config();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(() -> config, database.hosts(), clock, _ -> {});
        var vault = MemorySecrets.vault(
                database.secrets(), home.resolve("data/keys/secrets.json"), new Redactor(config.secrets()));
        var audit = Audits.of(database, config.paths().data());
        var rights = rights(config, database, clock);
        var drafts = new Drafts(catalogs, rights, vault, Duration.ofHours(1));
        var rules = Rules.of(config, catalogs, database.locks(), rights.people(), vault, database.holds(), clock);
        var handler = new CommandHandler(catalogs, journal, rights, rules, vault, Duration.ofHours(1));
        var settings = new Settings(this::reading);
        settings.adjust(database.settings(), clock);
        var alerts = Notices.alerts(settings, database, List::of, clock);
        var platforms = new Platforms();
        var hosts = new RegisterDesk(
                Desks.scheduling(handler, journal, drafts, rules, settings, database, platforms, clock),
                catalogs,
                rights,
                database.hosts(),
                vault,
                clock);
        var shelf = Shelf.of(settings::config, Keys.none(), clock);
        var sync = new SyncDesk(
                hosts, rights, catalogs, journal, shelf.checkouts(), shelf.gate(), rules, shelf::elsewhere);
        var library = new SettingsDesk(new GalaxyDesk(sync, rights, shelf.galaxy()), rights, settings);
        var office = new AlertDesk(library, alerts, rights, catalogs);
        var desk = new AuditedDesk(office, audit, journal);
        chats = new Chats(settings, catalogs, journal, desk, rights, database, audit, rules, vault, alerts, clock);
        platforms.are(chats.platforms());
        keeper = new Timekeeper(
                database.schedules(),
                new ScheduledReports(
                        new ScheduledStarts(desk),
                        catalogs,
                        rights,
                        journal.read(),
                        database.schedules(),
                        database.chat(),
                        clock),
                (channel, key, text) -> database.chat().say(channel, key, text, clock.instant()),
                clock);
        web = new WebServer(
                config,
                true,
                catalogs,
                journal,
                desk,
                rights,
                vault,
                Outlook.CLEAR,
                run -> Timeline.NONE,
                chats.console(),
                audit,
                Checks.of(database, audit),
                Doors.of(database, Optional.empty(), clock),
                clock);
        web.start();
        chats.start();
        var means = new Receivers.Means(
                chats.platforms(), new Apprise(config.paths().data().resolve("apprise"), Map.of()), clock);
        settings.connect(c -> Receivers.sinks(c.notifications(), means));
        notifications = new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                settings::rules,
                settings::sinks,
                vault::redact,
                "",
                clock,
                System::nanoTime,
                new Random(5));
        notifications.start();
    }

    /** The gateway begins anew and tells this channel of alerts, where the platform has channels. */
    void tellAlerts(String platform) {
        var key = "PLAYCALL_CHAT_" + platform.toUpperCase(java.util.Locale.ROOT) + "_DEFAULT_CHANNEL";
        var receiver = Optional.ofNullable(settings.get(key))
                .map(c -> platform + ": \"" + c + "\"")
                .orElse("webhook: \"http://127.0.0.1:9/nobody\", allow_private: true");
        file("config/playcall.yml", """
                notify:
                  receivers: { ops: { %s } }
                  route:
                    receiver: ops
                    match: ["source=monitor"]
                    group_by: [instance]
                    wait: 0s
                    interval: 0s
                    actions:
                      - { label: "restart {{ labels.instance }}", operation: rollback, limit: "{{ labels.instance }}" }
                """.formatted(receiver));
        restart();
    }

    /** Another system says that something is so, or is over. */
    void alert(String subject, Notice.Status status, Map<String, String> labels) {
        notifications
                .outbox()
                .take(List.of(new Notice(
                        "monitor",
                        subject + "/" + status + "/" + System.nanoTime(),
                        subject,
                        Clock.systemUTC().instant(),
                        "alert",
                        Severity.CRITICAL,
                        status,
                        new TreeMap<>(labels),
                        subject,
                        "",
                        "")));
    }

    private static Rights rights(Config config, Database database, Clock clock) {
        var grants = new ScheduleGrants(List::of, database.schedules());
        var people = new PersonLinks(config.access().people(), database.links(), grants, clock);
        return new Rights(new Authorizer(config.access(), false, grants), people);
    }

    /** The gateway begins anew with this configuration. */
    void access(String yaml) {
        file("config/playcall.yml", yaml);
        restart();
    }

    /** The gateway was away for this time, and does what is due. */
    void goOn(Duration by) {
        ahead = ahead.plus(by);
        restart();
        keeper.ring();
    }

    /** Nothing may be changed there from now on, and the gateway has read it. */
    void freeze(String environment, String reason) {
        file(
                "config/playcall.yml",
                "access: { freezes: [{ environments: [" + environment + "], reason: " + reason
                        + ", from: 2020-01-01T00:00, until: 2099-01-01T00:00 }] }\n");
    }

    /** The gateway ends and another one begins on the same data. */
    void restart() {
        close();
        open();
    }

    @Override
    public void close() {
        notifications.close();
        chats.close();
        web.close();
        database.close();
    }

    URI address() {
        return web.address();
    }

    RunJournal journal() {
        return journal;
    }

    List<Run> runs() {
        return journal.read().list(RunQuery.newest(500)).runs().reversed();
    }

    Run last() {
        return runs().getLast();
    }

    Run run(long number) {
        return runs().stream().filter(r -> r.id().value() == number).findFirst().orElseThrow();
    }

    /** The next run of this playbook begins. */
    Run begin(String lock) {
        return journal.claim(
                        lock,
                        99,
                        "test",
                        (run, _) -> run.request().environment() + "/" + run.id().value() + ".log")
                .orElseThrow();
    }

    void progress(Run run, String task, HostResult... hosts) {
        var all = Arrays.asList(hosts);
        int failed = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.FAILED).count();
        int away = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.UNREACHABLE).count();
        int changed = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.CHANGED).count();
        journal.progress(
                run,
                new Progress(9, 18, "Roll out", task, Math.max(4, all.size()), 0, changed, failed, away, 0),
                all,
                Intake.NONE);
    }

    void log(Run run, String text) {
        file("logs/" + run.log(), text);
    }

    void succeed(Run run) {
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Success()));
    }

    void fail(Run run, HostResult... hosts) {
        progress(run, "Check health", hosts);
        log(run, "TASK [Check health]\nfatal: [web-1]: FAILED! => answered 503\n");
        var bad = Arrays.stream(hosts)
                .filter(h -> h.outcome().isBad())
                .map(HostResult::host)
                .toList();
        var reason = bad.size() + " of " + hosts.length + " hosts failed: " + String.join(", ", bad);
        journal.append(
                run.id(),
                new RunEvent.Finished(new Outcome.Failed(2, reason.substring(0, Math.min(200, reason.length())))));
    }

    /** A program asks over HTTP. */
    void asProgram(String operation, String environment) {
        var wish = new Command.Start(
                operation, environment, Optional.empty(), "", List.of(), false, false, Map.of(), "", "");
        new CommandHandler(
                        new DiskCatalogs(config(), Clock.systemUTC()),
                        journal,
                        OpenAccess.of(database),
                        MemorySecrets.emptyVault(),
                        Duration.ofHours(1))
                .handle(wish, new Caller(new Person("token:ci"), Origin.of("api")));
    }

    /** A run fails while no gateway is there to hear of it. */
    void endWhileAway(Run run) {
        close();
        try (var alone = Database.open(config().store().url(), Clock.systemUTC())) {
            alone.events()
                    .append(
                            run.id(),
                            new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")),
                            Clock.systemUTC().instant());
        }
        open();
    }

    private Config config() {
        return reading().config();
    }

    private Reading reading() {
        return ConfigFile.read(home, Optional.empty(), settings);
    }

    RunState state(Run run) {
        return journal.read().find(run.id()).orElseThrow().state();
    }

    static HostResult good(String host) {
        return new HostResult(
                host,
                HostOutcome.CHANGED,
                new HostStats(5, 2, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2));
    }

    static HostResult bad(String host, String message) {
        return new HostResult(
                host,
                HostOutcome.FAILED,
                new HostStats(4, 1, 0, 1, 0, 0, 0),
                Optional.of("Check health"),
                Optional.of(message),
                Duration.ofSeconds(3));
    }
}
