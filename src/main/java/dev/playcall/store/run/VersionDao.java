package dev.playcall.store.run;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.DeployedVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which versions were live where. */
final class VersionDao {
    private VersionDao() {}

    /**
     * Writes what a run put live, and what it found; before the operations table is told of it.
     *
     * @param versions by host; empty where nobody said which
     */
    static void write(Handle h, Run run, Map<String, String> versions) {
        if (versions.isEmpty()) {
            return;
        }
        var environment = run.request().environment();
        var before = live(h, environment);
        var batch = h.prepareBatch(
                "update host_result set version = :after, version_before = :before where run = :run and host = :host");
        versions.forEach((host, after) -> batch.bind("after", after.isEmpty() ? null : after)
                .bind("before", before.get(host))
                .bind("run", run.id().value())
                .bind("host", host)
                .add());
        batch.execute();
        versions.values().stream().filter(v -> !v.isEmpty()).distinct().forEach(v -> ran(h, run, v));
    }

    private static Map<String, String> live(Handle h, EnvironmentName environment) {
        var found = new HashMap<String, String>();
        h.createQuery("select host, version from host_status where environment = :environment and kind = 'deploy'"
                        + " and version <> ''")
                .bind("environment", environment.value())
                .map((r, _) -> Map.entry(r.getString("host"), r.getString("version")))
                .forEach(e -> found.put(e.getKey(), e.getValue()));
        return found;
    }

    private static void ran(Handle h, Run run, String version) {
        h.createUpdate("""
            insert into deployed (environment, version, run, at) values (:environment, :version, :run, :at)
            on conflict (environment, version) do update set run = excluded.run, at = excluded.at\
            """)
                .bind("environment", run.request().environment().value())
                .bind("version", version)
                .bind("run", run.id().value())
                .bind("at", run.endedAt().orElseThrow().toEpochMilli())
                .execute();
    }

    public static List<DeployedVersion> of(Handle h, EnvironmentName environment, Optional<String> after, int most) {
        return h.createQuery("""
            select version, run, at from deployed where environment = :environment
            and (:after is null or (at, run, version) < (select d.at, d.run, d.version from deployed d
              where d.environment = :environment and d.version = :after))
            order by at desc, run desc, version desc limit :most\
            """)
                .bind("environment", environment.value())
                .bind("after", after.orElse(null))
                .bind("most", most)
                .map((r, _) -> new DeployedVersion(
                        r.getString("version"), new RunId(r.getLong("run")), Instant.ofEpochMilli(r.getLong("at"))))
                .list();
    }

    public static int count(Handle h, EnvironmentName environment) {
        return h.createQuery("select count(*) from deployed where environment = :environment")
                .bind("environment", environment.value())
                .mapTo(Integer.class)
                .one();
    }
}
