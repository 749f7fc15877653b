package dev.playcall.web.deployments;

import dev.playcall.domain.Run;
import dev.playcall.domain.rollout.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A deployment in numbers, of what its waves counted themselves.
 *
 * @param success hosts that did everything
 * @param failed hosts that failed, were unreachable or were left unfinished
 */
record DeploymentFigures(int total, int success, int failed, Optional<Instant> started, Optional<Instant> ended) {
    private static final double WHOLE = 100;

    static DeploymentFigures of(Deployment deployment, List<Run> waves) {
        int success = 0;
        int failed = 0;
        for (var wave : waves) {
            var p = wave.progress();
            boolean over = wave.state().isFinal() && wave.startedAt().isPresent();
            int bad = p.failed() + p.unreachable() + (over && !isGood(wave) ? p.unheard() : 0);
            success += over ? p.ok() + p.changed() : 0;
            failed += over && bad == 0 && p.hosts() == 0 && !isGood(wave)
                    ? wave.request().servers()
                    : bad;
        }
        var started = waves.stream().flatMap(r -> r.startedAt().stream()).min(Comparator.naturalOrder());
        var ended = waves.stream().allMatch(r -> r.state().isFinal())
                ? waves.stream().flatMap(r -> r.endedAt().stream()).max(Comparator.naturalOrder())
                : Optional.<Instant>empty();
        return new DeploymentFigures(
                deployment.hosts() + deployment.untouched().size(), success, failed, started, ended);
    }

    private static boolean isGood(Run wave) {
        return wave.state() == dev.playcall.domain.RunState.SUCCESS;
    }

    /** Hosts that succeeded among those that have ended, in percent with one decimal; 0.0 while none has. */
    double rate() {
        return success + failed == 0 ? 0 : Math.round(success * WHOLE * 10 / (success + failed)) / 10.0;
    }

    /** {@code 97.5 %}. */
    String rateText() {
        return String.format(Locale.ROOT, "%.1f %%", rate());
    }

    /** From the first start to the last end, or to now; empty while nothing has begun. */
    Optional<Duration> duration(Instant now) {
        return started.map(s -> Duration.between(s, ended.orElse(now)));
    }

    /** {@code 3m 20s}, or {@code N/A}. */
    String durationText(Instant now) {
        return duration(now)
                .map(d -> d.toMinutes() + "m " + d.toSecondsPart() + "s")
                .orElse("N/A");
    }
}
