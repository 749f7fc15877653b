package dev.playcall.bench;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.store.run.TextParts;
import dev.playcall.store.sql.RequestJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * A history that never happened, for measurements: runs of a year in six environments, two hosts each of two hundred,
 * forty people, nine of ten a success. The same every time.
 */
public final class InventedRuns {
    private static final int STEP = 20_000;
    private static final List<String> ENVIRONMENTS = List.of("production", "staging", "test", "qa", "emea", "apac");
    private static final List<String> OPERATIONS = List.of("deploy", "provision", "ping", "update");
    /** Spreads neighbouring numbers far apart. */
    private static final String CHANCE = "(i * 2654435761 % 4294967296 / 65536)";

    private InventedRuns() {}

    /**
     * Adds so many runs, the last of which ended at this time.
     *
     * @param database the file of a store that has no runs yet; others may have it open
     */
    public static void make(Path database, int runs, Instant until) {
        var jdbi = Jdbi.create(
                "jdbc:sqlite:" + database + "?busy_timeout=60000&synchronous=NORMAL&transaction_mode=IMMEDIATE");
        if (jdbi.withHandle(h -> h.createQuery("select exists (select 1 from run)")
                .mapTo(Boolean.class)
                .one())) {
            throw new IllegalStateException("there are runs in this database");
        }
        transaction(jdbi, InventedRuns::kinds);
        long between = Duration.ofDays(365).toMillis() / runs;
        long first = until.toEpochMilli() - runs * between;
        for (int from = 0; from < runs; from += STEP) {
            int begin = from;
            int end = Math.min(runs, from + STEP);
            transaction(jdbi, h -> step(h, begin, end, first, between));
        }
        transaction(jdbi, InventedRuns::figures);
        transaction(jdbi, h -> h.execute("drop table invented_kind"));
    }

    private static void transaction(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
        jdbi.useTransaction(work);
    }

    private static void kinds(Handle h) {
        h.execute("create table invented_kind (n integer primary key, environment text, operation text, request text)");
        int n = 0;
        for (var environment : ENVIRONMENTS) {
            for (var operation : OPERATIONS) {
                h.createUpdate("insert into invented_kind values (:n, :environment, :operation, :request)")
                        .bind("n", n++)
                        .bind("environment", environment)
                        .bind("operation", operation)
                        .bind(
                                "request",
                                RequestJson.write(request(environment, operation))
                                        .toString())
                        .execute();
            }
        }
    }

    private static RunRequest request(String environment, String operation) {
        var variables = new TreeMap<String, Value>();
        variables.put("version", new Value.Text("v1.2.3"));
        return new RunRequest(
                new Operation(operation),
                new EnvironmentName(environment),
                Optional.of(new PlaybookName(operation)),
                operation,
                "",
                List.of(),
                List.of(),
                false,
                false,
                variables,
                0,
                Duration.ofMinutes(30),
                "",
                "",
                Optional.empty(),
                0,
                AnsibleOptions.NONE,
                Optional.empty());
    }

    private static void step(Handle h, int from, int to, long first, long between) {
        long before = h.createQuery("select coalesce(max(id), 0) from run")
                .mapTo(Long.class)
                .one();
        h.createUpdate("with recursive series(i) as (select :from union all select i + 1 from series where i + 1 <"
                        + " :to), chance as (select i, " + CHANCE + " as c from series) "
                        + """
                        insert into run (state, operation, environment, playbook, lock_name, priority, is_check,
                          host_limit, requested_by, channel, name, description, request, requested_at, started_at,
                          ended_at, reason, log, results, hosts, cpu_millis, peak_bytes, host_millis)
                        select case when c % 100 < 90 then 'success' when c % 100 < 96 then 'failed'
                            when c % 100 < 98 then 'cancelled' when c % 100 < 99 then 'timed_out' else 'interrupted' end,
                          k.operation, k.environment, k.operation, k.operation, 0, 0, '',
                          'slack:U' || (c % 40 * (c % 40) / 40), 'slack:C1', '', '', k.request,
                          :first + i * :between, :first + i * :between + 1000, :first + i * :between + 1000 + c % 90000,
                          case when c % 100 >= 90 and c % 100 < 96 then '1 of 2 hosts failed' else '' end,
                          k.environment || '/' || k.operation || '_20260131_093000_' || i || '.log',
                          20, 2, 2000 + c % 3000, 60000000, 4000
                        from chance join invented_kind k on k.n = c % 24\
                        """)
                .bind("from", from)
                .bind("to", to)
                .bind("first", first)
                .bind("between", between)
                .execute();
        hosts(h, before);
        h.createUpdate("""
            insert into event (run, at, type, body)
            select id, requested_at, 'expired', '{}' from run where id > :before
            union all select id, ended_at, 'expired', '{}' from run where id > :before\
            """).bind("before", before).execute();
        words(h, before);
    }

    private static void hosts(Handle h, long before) {
        h.createUpdate("""
            insert into host_result (run, host, outcome, ok, changed, unreachable, failed, skipped, rescued,
              ignored, failed_task, message, duration)
            select id, 'web-' || (id * 7919 % 100 + x.n * 100),
              case when state = 'failed' and x.n = 0 then 'failed' else 'ok' end, 10, 2, 0, 0, 0, 0, 0,
              case when state = 'failed' and x.n = 0 then 'Check ' || (id % 7) end,
              case when state = 'failed' and x.n = 0
                then 'health check ' || (id % 50) || ' answered 503 on rack' || (id % 1000) end, 2000
            from run cross join (select 0 n union all select 1) x where id > :before\
            """).bind("before", before).execute();
    }

    private static void words(Handle h, long before) {
        long last = h.createQuery("select max(id) from run").mapTo(Long.class).one();
        for (long next = before + 1; next <= last; ) {
            var part = TextParts.of(h, next);
            words(h, part.name(), next, Math.min(last, part.last()));
            next = part.last() + 1;
        }
    }

    private static void words(Handle h, String part, long first, long last) {
        h.createUpdate("insert into " + part + """
             (rowid, words)
            select r.id, r.operation || ' ' || r.environment || ' v1.2.3 ' || r.reason || ' '
              || coalesce(x.host || ' ' || x.failed_task || ' ' || x.message
                || ' fatal: non-zero return code connection refused by gateway' || (r.id % 300), '')
            from run r left join host_result x on x.run = r.id and x.outcome = 'failed'
            where r.id between :first and :last\
            """)
                .bind("first", first)
                .bind("last", last)
                .execute();
    }

    private static void figures(Handle h) {
        h.execute("""
            insert into tally (kind, day, environment, key, n)
            select 'state', ended_at / 86400000, environment, state, count(*) from run group by 2, 3, 4\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n, bad)
            select 'person', ended_at / 86400000, environment, requested_by, count(*), sum(state = 'failed')
            from run group by 2, 3, 4\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n)
            select 'took', ended_at / 86400000, environment, 150 + (ended_at - started_at) / 1000, count(*)
            from run group by 2, 3, 4\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n, cpu, work, peak)
            select 'cost', ended_at / 86400000, environment, '', count(*), sum(cpu_millis), sum(host_millis),
              max(peak_bytes) from run group by 2, 3\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n, bad, flips)
            select 'host', r.ended_at / 86400000, r.environment, x.host, count(*), sum(x.outcome = 'failed'),
              sum(x.outcome = 'failed') from host_result x join run r on r.id = x.run group by 2, 3, 4\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n, bad)
            select 'task', r.ended_at / 86400000, r.environment, r.playbook || char(31) || x.failed_task, count(*),
              count(*) from host_result x join run r on r.id = x.run where x.outcome = 'failed' group by 2, 3, 4\
            """);
        h.execute("""
            insert into tally (kind, day, environment, key, n, bad)
            select 'failure', r.ended_at / 86400000, r.environment, r.playbook || '/' || (r.id % 7), count(*),
              count(*) from host_result x join run r on r.id = x.run where x.outcome = 'failed' group by 2, 3, 4\
            """);
        h.execute("""
            insert or ignore into failure (id, playbook, task, message, last_run)
            select r.playbook || '/' || (r.id % 7), r.playbook, x.failed_task, x.message, r.id
            from host_result x join run r on r.id = x.run where x.outcome = 'failed'\
            """);
    }
}
