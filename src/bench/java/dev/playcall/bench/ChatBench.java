package dev.playcall.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.playcall.boot.NotificationServices;
import dev.playcall.boot.chat.ChatServices;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.boot.settings.SecretServices;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.StartCommand;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.command.run.RunCommands;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.RunRequestFactory.RunTimeouts;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.config.Access;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast chat commands are acknowledged in a burst, and how much is sent while many runs are live. The platform is a
 * local server that keeps the limits of the real one; the runs are moved by the benchmark, so that the chat alone is
 * measured.
 */
public final class ChatBench {
    private static final int LIVE = 20;
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);
    private static final Duration CONNECTING = Duration.ofSeconds(60);
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final PrintWriter out;
    private final int atOnce;

    /** @param atOnce how many commands are given at the same moment */
    public ChatBench(PrintWriter out, int atOnce) {
        this.out = out;
        this.atOnce = atOnce;
    }

    /** One command as the platform saw it answered; {@code time} empty when it was not answered in time. */
    record Answered(Optional<Duration> time) {}

    /** What the process needs after the burst, the local platform included. */
    private record Footprint(Duration cpuPerCommand, int threads, String resident) {}

    public void run() throws IOException, InterruptedException, ExecutionException {
        out.println("| platform | commands at once | acknowledged | ack p50 | p99 | max | CPU per command, platform"
                + " included | edits in a minute, 20 runs live | asked to slow down | threads | resident | load |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (var platform : List.of("slack", "discord")) {
            try (var chat = ChatRehearsal.of(platform)) {
                measure(platform, chat);
            }
        }
    }

    private void measure(String platform, ChatRehearsal chat)
            throws IOException, InterruptedException, ExecutionException {
        var home = Files.createTempDirectory("playcall-bench");
        project(home);
        var settings = new HashMap<>(System.getenv());
        settings.putAll(chat.settings());
        var config = ConfigFile.load(home, Optional.empty(), settings);
        var clock = Clock.systemUTC();
        try (var database = Database.open(config.store().url(), clock)) {
            var journal = new RunJournal(database.events(), clock);
            var catalogs = new DiskCatalogs(config, clock);
            var secrets = SecretServices.open(config, database, clock).vault();
            var audit = new AuditLog(
                    database.audit(), new AuditSignature(config.paths().data()), secrets::redact, clock);
            var rights = new Rights(
                    new Authorizer(Access.NONE, false, List::of),
                    new IdentityLinks(List.of(), database.links(), List::of, clock));
            var requests = new RunRequestFactory(
                    catalogs, rights, secrets, () -> new RunTimeouts(Duration.ofHours(1), 5), _ -> {});
            var policy = policy(config, catalogs, database, secrets, rights, clock);
            var runs = new RunCommands(journal, requests, policy);
            var commands = new AuditFilter((command, caller) -> started(runs, command, caller), audit, journal);
            var alerts = NotificationServices.alerts(Settings.of(config), database, List::of, clock);
            try (var chatServices = new ChatServices(
                    Settings.of(config),
                    new RunServices(catalogs, journal, commands, rights, policy),
                    database,
                    audit,
                    secrets,
                    alerts,
                    (_, hosts, _) -> hosts,
                    clock)) {
                chatServices.start();
                connected(chat);
                chat.limits();
                var load = MACHINE.getSystemLoadAverage();
                long cpu = MACHINE.getProcessCpuTime();
                var acks = burst(chat);
                var each = Duration.ofNanos((MACHINE.getProcessCpuTime() - cpu) / atOnce);
                int threads = ManagementFactory.getThreadMXBean().getThreadCount();
                var footprint = new Footprint(each, threads, resident());
                var live = live(journal, platform + ":" + chat.channel());
                long before = chat.edits();
                move(journal, live);
                report(platform, acks, footprint, chat.edits() - before, chat.slowedDown(), load);
            }
        }
    }

    private static StartPolicy policy(
            Config config, Catalogs catalogs, Database database, SecretService secrets, Rights rights, Clock clock) {
        var locksAndFreezes = new LocksAndFreezes(database.locks(), List::of, _ -> List.of(), rights.people(), clock);
        var contentHash = new ContentHash(catalogs, RolesPath.of(config.paths(), Map.of()));
        return new StartPolicy(
                catalogs,
                new ApprovalPolicies(List.of(), _ -> List.of()),
                locksAndFreezes,
                contentHash,
                secrets,
                database.holds(),
                () -> ZoneOffset.UTC,
                clock);
    }

    /** Nothing but starts is measured. */
    private static Reply started(RunCommands runs, Command command, Caller caller) {
        return command instanceof StartCommand start
                ? runs.start(start, caller)
                : new Reply.Unavailable("only starts are measured");
    }

    private static void project(Path home) throws IOException {
        Files.createDirectories(home.resolve("inventory/production"));
        Files.writeString(home.resolve("inventory/production/hosts.yml"), "all: { hosts: { web-1: , web-2: } }\n");
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/deploy.yml"), "- hosts: all\n  tasks: []\n");
    }

    private static void connected(ChatRehearsal chat) {
        var end = Instant.now().plus(CONNECTING);
        while (!chat.isConnected()) {
            if (Instant.now().isAfter(end)) {
                throw new RefusedException("the gateway did not connect to the rehearsal");
            }
            LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
        }
    }

    private List<Answered> burst(ChatRehearsal chat) throws InterruptedException, ExecutionException {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answered> ask = chat::ask;
            var answers = new ArrayList<Answered>();
            for (var answer : people.invokeAll(java.util.Collections.nCopies(atOnce, ask))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static List<Run> live(RunJournal journal, String channel) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < LIVE; i++) {
            var lock = "bench" + i;
            var request = BenchRequest.of("deploy", lock);
            var origin = new Origin(channel, Optional.empty());
            journal.create(new RunEvent.Requested(request, new Person("token:bench"), origin));
            journal.claim(lock, LIVE, "bench", (_, _) -> "").ifPresent(runs::add);
        }
        return runs;
    }

    /** Every run reports five times a second. */
    private static void move(RunJournal journal, List<Run> runs) {
        var end = Instant.now().plus(WATCHED);
        for (int i = 0; Instant.now().isBefore(end); i++) {
            for (var run : runs) {
                journal.progress(
                        run, new Progress(i, 300, "Bench", "Task " + i, 2, 0, 0, 0, 0, 0), List.of(), Intake.NONE);
            }
            LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
        }
    }

    private static String resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
                .orElse("unknown");
    }

    private void report(String platform, List<Answered> acks, Footprint use, long edits, long slowed, double load) {
        var times = acks.stream().flatMap(a -> a.time().stream()).sorted().toList();
        out.printf(
                "| %s | %d | %d | %s | %s | %s | %.1f ms | %d | %d | %d | %s | %.1f |%n",
                platform,
                acks.size(),
                times.size(),
                at(times, 50),
                at(times, 99),
                at(times, 100),
                use.cpuPerCommand().toNanos() / 1e6,
                edits,
                slowed,
                use.threads(),
                use.resident(),
                load);
        out.flush();
    }

    private static String at(List<Duration> sorted, int percent) {
        return sorted.isEmpty()
                ? "–"
                : sorted.get((sorted.size() - 1) * percent / 100).toMillis() + " ms";
    }
}
