package dev.playcall.store.stats;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore.RunCompletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Adds a run that has ended to the figures of its day. */
public final class DailyStats {
    static final String STATE = "state";
    static final String PERSON = "person";
    static final String HOST = "host";
    static final String TASK = "task";
    static final String FAILURE = "failure";
    static final String TOOK = "took";
    static final String COST = "cost";
    /** Every run once: where it changes, so may every other figure of that day. */
    static final String ENDED = "ended";
    /** The state last: while it is there, the day has not been forgotten. */
    public static final List<String> KINDS = List.of(PERSON, HOST, TASK, FAILURE, TOOK, COST, ENDED, STATE);

    public static final long DAY = Duration.ofDays(1).toMillis();
    /** Between playbook and task in a key. */
    static final String BETWEEN = "\u001f";

    private static final int LONGEST_MESSAGE = 500;
    /** A step of the durations that are told apart: two percent to either side. */
    private static final double STEP = Math.log(1.04);

    private final Handle h;
    private final Run run;
    private final long day;
    private final String environment;
    private final List<Row> rows = new ArrayList<>();

    private DailyStats(Handle h, Run run) {
        this.h = h;
        this.run = run;
        this.day = run.endedAt().orElse(run.requestedAt()).toEpochMilli() / DAY;
        this.environment = run.request().environment().value();
    }

    private record Row(String kind, String key, int bad, int flips, long millis, long cpu, long work, long peak) {
        static Row of(String kind, String key, boolean bad) {
            return new Row(kind, key, bad ? 1 : 0, 0, 0, 0, 0, 0);
        }
    }

    /** Counts it once: to be called in the transaction that ends it. */
    public static void ended(Handle h, Run run, List<HostResult> hosts, RunCompletion after) {
        var dailyStats = new DailyStats(h, run);
        dailyStats.run();
        dailyStats.hosts(hosts);
        dailyStats.failures(hosts);
        dailyStats.cost(hosts, after);
        dailyStats.write();
    }

    /** In which step of the durations this one is. */
    static int bucket(Duration took) {
        return (int) Math.round(Math.log((double) Math.max(1, took.toMillis())) / STEP);
    }

    /** The duration in the middle of a step. */
    static Duration of(int bucket) {
        return Duration.ofMillis(Math.round(Math.exp(bucket * STEP)));
    }

    private void run() {
        rows.add(Row.of(ENDED, "", false));
        rows.add(Row.of(STATE, run.state().word(), false));
        rows.add(Row.of(PERSON, run.requestedBy().value(), run.state().isBad()));
        run.duration(run.endedAt().orElse(run.requestedAt()))
                .filter(_ -> run.state().isBad() || run.state() == dev.playcall.domain.RunState.SUCCESS)
                .ifPresent(d -> rows.add(Row.of(TOOK, Integer.toString(bucket(d)), false)));
    }

    private void hosts(List<HostResult> hosts) {
        var touched = hosts.stream()
                .filter(r -> r.outcome() != HostOutcome.PENDING && r.outcome() != HostOutcome.SKIPPED)
                .toList();
        if (touched.isEmpty()) {
            return;
        }
        var before = last();
        var batch = h.prepareBatch("""
            insert into host_last (environment, host, bad) values (:environment, :host, :bad)
            on conflict (environment, host) do update set bad = excluded.bad\
            """);
        for (var host : touched) {
            boolean bad = host.outcome().isBad();
            var was = before.get(host.host());
            int flips = was != null && was != bad ? 1 : 0;
            rows.add(new Row(
                    HOST, host.host(), bad ? 1 : 0, flips, host.duration().toMillis(), 0, 0, 0));
            if (was == null || was != bad) {
                batch.bind("environment", environment)
                        .bind("host", host.host())
                        .bind("bad", bad)
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private Map<String, Boolean> last() {
        Map<String, Boolean> last = new HashMap<>();
        h.createQuery("select host, bad from host_last where environment = :environment")
                .bind("environment", environment)
                .map((r, _) -> last.put(r.getString(1), r.getBoolean(2)))
                .list();
        return last;
    }

    private void failures(List<HostResult> hosts) {
        var playbook = run.request()
                .playbook()
                .map(Object::toString)
                .orElse(run.request().operation().value());
        Map<String, Integer> tasks = new HashMap<>();
        Map<String, Integer> kinds = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (var host : hosts.stream().filter(h -> h.outcome().isBad()).toList()) {
            var task = host.failedTask().orElse("");
            var id = ErrorFingerprint.of(playbook, host);
            tasks.merge(playbook + BETWEEN + task, 1, Integer::sum);
            kinds.merge(id, 1, Integer::sum);
            if (known.add(id)) {
                known(id, playbook, task, host.message().orElse(""));
            }
        }
        tasks.forEach((key, n) -> rows.add(new Row(TASK, key, n, 0, 0, 0, 0, 0)));
        kinds.forEach((key, n) -> rows.add(new Row(FAILURE, key, n, 0, 0, 0, 0, 0)));
    }

    private void known(String id, String playbook, String task, String message) {
        h.createUpdate("""
            insert into failure (id, playbook, task, message, last_run)
            values (:id, :playbook, :task, :message, :run)
            on conflict (id) do update set message = excluded.message, last_run = excluded.last_run\
            """)
                .bind("id", id)
                .bind("playbook", playbook)
                .bind("task", task)
                .bind("message", message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .bind("run", run.id().value())
                .execute();
    }

    private void cost(List<HostResult> hosts, RunCompletion after) {
        long work = hosts.stream().mapToLong(r -> r.duration().toMillis()).sum();
        h.createUpdate("""
            update run set cpu_millis = :cpu, peak_bytes = :peak, host_millis = :work where id = :id\
            """)
                .bind("id", run.id().value())
                .bind("cpu", after.cpu().map(Duration::toMillis))
                .bind("peak", after.peakBytes())
                .bind("work", hosts.isEmpty() ? null : (Long) work)
                .execute();
        long peak = after.peakBytes().orElse(0L);
        after.cpu().ifPresent(cpu -> rows.add(new Row(COST, "", 0, 0, 0, cpu.toMillis(), work, peak)));
    }

    private void write() {
        var batch = h.prepareBatch("""
            insert into tally (kind, day, environment, key, n, bad, flips, millis, cpu, work, peak)
            values (:kind, :day, :environment, :key, 1, :bad, :flips, :millis, :cpu, :work, :peak)
            on conflict (kind, day, environment, key) do update set n = tally.n + 1, bad = tally.bad + excluded.bad,
              flips = tally.flips + excluded.flips, millis = tally.millis + excluded.millis,
              cpu = tally.cpu + excluded.cpu, work = tally.work + excluded.work, peak = max(tally.peak, excluded.peak)\
            """);
        for (var row : rows) {
            batch.bind("kind", row.kind)
                    .bind("day", day)
                    .bind("environment", environment)
                    .bind("key", row.key)
                    .bind("bad", row.bad)
                    .bind("flips", row.flips)
                    .bind("millis", row.millis)
                    .bind("cpu", row.cpu)
                    .bind("work", row.work)
                    .bind("peak", row.peak)
                    .add();
        }
        batch.execute();
    }
}
