package dev.playcall.boot;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.LoopHealth;
import dev.playcall.boot.cluster.LabelFindings;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.Runner;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.store.Database;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Activity;
import dev.playcall.web.http.ReadinessCheck.Problem;
import dev.playcall.web.http.ReadinessCheck.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code /readyz} asks. */
final class ReadinessChecks {
    private ReadinessChecks() {}

    static List<ReadinessCheck> of(Database database, AuditLog audit) {
        return of(new DatabaseCheck(database), audit);
    }

    private static List<ReadinessCheck> of(DatabaseCheck database, AuditLog audit) {
        return List.of(
                ReadinessCheck.needed("database", database::problem),
                ReadinessCheck.needed("audit", () -> database.unless(audit::problem, DatabaseCheck.SILENT)));
    }

    /** Of a gateway that works. */
    static List<ReadinessCheck> of(
            CoreServices core,
            Runner runner,
            List<ChatAdapter> platforms,
            LoopHealth schedules,
            List<BackgroundLoop> loops) {
        var database = new DatabaseCheck(core.database());
        var checks = new ArrayList<>(of(database, core.audit()));
        var paths = core.config().paths();
        checks.add(new DiskCheck("data", paths.data(), Weight.STOPS, System::nanoTime).check());
        checks.add(new DiskCheck("logs", paths.logs(), Weight.DEGRADES, System::nanoTime).check());
        checks.add(new ClockCheck(core.clock(), () -> database.unless(() -> newest(core.audit()), Optional.empty()))
                .check());
        checks.add(new ReadinessCheck("runner", () -> runner(runner)));
        checks.add(LabelFindings.check(core.catalogs(), core.journal().read().nodes()));
        platforms.forEach(p -> checks.add(platform(p)));
        checks.add(loop(schedules));
        loops.forEach(l -> checks.add(loop(l)));
        return checks;
    }

    private static Optional<Instant> newest(AuditLog audit) {
        return audit.find(AuditQuery.all(1)).stream().findFirst().map(AuditEntry::at);
    }

    private static Optional<Problem> runner(Runner runner) {
        var lost = runner.unsupervised();
        return runner.problem()
                .map(Problem::stops)
                .or(() -> lost.entrySet().stream()
                        .min(Map.Entry.comparingByKey())
                        .map(first -> Problem.degrades(unsupervised(lost.size(), first.getKey(), first.getValue()))))
                .or(() -> runner.notStarted().entrySet().stream()
                        .min(Map.Entry.comparingByKey())
                        .map(first ->
                                Problem.degrades("cannot start runs of " + first.getKey() + ": " + first.getValue())));
    }

    /** The rest goes on while it fails. */
    static ReadinessCheck loop(BackgroundLoop loop) {
        return check(loop.health(), loop::problem);
    }

    static ReadinessCheck loop(LoopHealth health) {
        return check(health, health::problem);
    }

    private static ReadinessCheck check(LoopHealth health, Supplier<Optional<String>> problem) {
        return new ReadinessCheck(
                health.name(),
                () -> problem.get().map(Problem::degrades),
                () -> new Activity(health.lastOk(), health.failingSince()));
    }

    private static String unsupervised(int count, RunId first, String why) {
        return "cannot supervise run " + first + (count == 1 ? "" : " and " + (count - 1) + " more") + ": " + why;
    }

    /** Runs go on without a platform, and it catches up when it is back. */
    static ReadinessCheck platform(ChatAdapter platform) {
        return new ReadinessCheck(platform.platform(), () -> problem(platform.health()));
    }

    private static Optional<Problem> problem(ChatAdapter.Health health) {
        return switch (health) {
            case ChatAdapter.Health.Up _, ChatAdapter.Health.Elsewhere _ -> Optional.empty();
            case ChatAdapter.Health.Connecting(var why) -> Optional.of(Problem.degrades("is connecting: " + why));
            case ChatAdapter.Health.Degraded(var why) -> Optional.of(Problem.degrades(why));
            case ChatAdapter.Health.Stopped(var why) -> Optional.of(Problem.degrades("has stopped: " + why));
        };
    }
}
