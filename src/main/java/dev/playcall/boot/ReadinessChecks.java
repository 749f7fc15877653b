package dev.playcall.boot;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.Runner;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.store.Database;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code /readyz} asks. */
final class ReadinessChecks {
    private ReadinessChecks() {}

    static List<ReadinessCheck> of(Database database, AuditLog audit) {
        return List.of(
                ReadinessCheck.needed("database", () -> database(database)),
                ReadinessCheck.needed("audit", audit::problem));
    }

    static List<ReadinessCheck> of(Database database, AuditLog audit, Runner runner, List<ChatAdapter> platforms) {
        var checks = new ArrayList<>(of(database, audit));
        checks.add(new ReadinessCheck("runner", () -> runner(runner)));
        platforms.forEach(p -> checks.add(platform(p)));
        return checks;
    }

    private static Optional<String> database(Database database) {
        return database.isHealthy() ? Optional.empty() : Optional.of("does not answer");
    }

    private static Optional<Problem> runner(Runner runner) {
        var lost = runner.outOfSight();
        return runner.problem()
                .map(Problem::stops)
                .or(() -> lost.entrySet().stream()
                        .min(Map.Entry.comparingByKey())
                        .map(first -> Problem.degrades(outOfSight(lost.size(), first.getKey(), first.getValue()))));
    }

    private static String outOfSight(int count, RunId first, String why) {
        return "cannot watch run " + first + (count == 1 ? "" : " and " + (count - 1) + " more") + ": " + why;
    }

    /** Runs go on without a platform, and it catches up when it is back. */
    static ReadinessCheck platform(ChatAdapter platform) {
        return new ReadinessCheck(platform.platform(), () -> problem(platform.health()));
    }

    private static Optional<Problem> problem(ChatAdapter.Health health) {
        return switch (health) {
            case ChatAdapter.Health.Up(var _) -> Optional.empty();
            case ChatAdapter.Health.Connecting(var why) -> Optional.of(Problem.degrades("is connecting: " + why));
            case ChatAdapter.Health.Degraded(var why) -> Optional.of(Problem.degrades(why));
            case ChatAdapter.Health.Stopped(var why) -> Optional.of(Problem.degrades("has stopped: " + why));
        };
    }
}
