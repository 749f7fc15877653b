package dev.playcall.ansible.event;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.runner.directory.ExitRecord;
import dev.playcall.runner.directory.ExitRecord.ExceededLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The verdict about a run. A play that ended its hosts early ({@code meta: end_host}) has done what it was to do. Ansible's exit code alone lies: it is 0 for a missing inventory, a tag that matches nothing and
 * an empty host list, and 4 for a host that cannot be reached as well as for a playbook that cannot be parsed. So the
 * closing {@code stats} event has the first word.
 *
 * @param nothing present when it did nothing, with what is known of the reason
 */
record Verdict(
        Duration timeout,
        boolean started,
        boolean ended,
        int errors,
        Optional<String> nothing,
        int known,
        List<HostResult> bad,
        List<String> findings) {

    /** As Ansible before 2.19 says it, and as it has since. */
    private static final Pattern PLACE =
            Pattern.compile("error appears to be in '(?:[^'\n]*/)?([^'/\n]+)': line (\\d+)");

    private static final Pattern ORIGIN = Pattern.compile("(?m)^Origin: (?:\\S*/)?([^/\\s:]+):(\\d+)");

    private static final String FENCED =
            "its machine stopped it, having not reached the database for too long; how far it came on each host is uncertain";

    private static final String NO_SPACE = "no space left on device (data/runs)";

    Outcome of(ExitRecord exitRecord, String tail) {
        return switch (exitRecord.why()) {
            case CANCELLED -> new Outcome.Interrupted("its supervisor was stopped from outside Playcall");
            case TIMEOUT -> new Outcome.TimedOut(timeout, exitRecord.remote());
            case NOT_STARTED ->
                new Outcome.Failed(
                        -1,
                        "could not be started: "
                                + (exitRecord.full()
                                        ? NO_SPACE
                                        : exitRecord.error().orElse("no reason given")));
            case LOST ->
                new Outcome.Interrupted(exitRecord.error().orElse("no contact with the host that executed it"));
            case FENCED -> new Outcome.Interrupted(FENCED);
            case LIMIT ->
                new Outcome.Failed(
                        -1,
                        "stopped: " + exitRecord.limit().map(Verdict::exceeded).orElse("it met a limit"));
            case EXITED -> limited(exitRecord, ended(exitRecord, tail));
        };
    }

    private Outcome ended(ExitRecord exitRecord, String tail) {
        return exitRecord.signal().isPresent() ? killed(exitRecord.signal().getAsInt()) : judged(exitRecord, tail);
    }

    /** The limit that was met is the reason, and what came of it the detail. */
    private static Outcome limited(ExitRecord exitRecord, Outcome outcome) {
        var limit = exitRecord.limit().map(Verdict::exceeded);
        return limit.isEmpty() || outcome instanceof Outcome.Success
                ? outcome
                : new Outcome.Failed(exitRecord.code().orElse(-1), limit.get() + "; " + outcome.reason());
    }

    private static String exceeded(ExceededLimit limit) {
        var who = limit.each() ? "a process of it" : "it";
        return switch (limit.name()) {
                    case "memory" -> who + " used more than " + TextFormat.size(limit.value()) + " of memory";
                    case "cpu" -> who + " used more CPU time than " + limit.value() + "% of the run's time limit";
                    case "processes" -> "it started more than " + limit.value() + " processes";
                    case "open_files" -> who + " opened more than " + limit.value() + " files";
                    default -> who + " met a limit";
                }
                + " (ansible.limits." + limit.name() + ")";
    }

    private static Outcome killed(int signal) {
        return new Outcome.Interrupted(
                "ansible-playbook was killed by signal " + signal + "; how far it came on each host is uncertain");
    }

    private Outcome judged(ExitRecord exitRecord, String tail) {
        int code = exitRecord.code().orElse(-1);
        if (!findings.isEmpty()) {
            return new Outcome.Failed(code, counted(findings.size(), "error", "errors") + ": " + findings.getFirst());
        }
        if (!bad.isEmpty()) {
            return new Outcome.Failed(code, hostsThatFailed());
        }
        if (!ended) {
            return new Outcome.Failed(
                    code, (started ? "stopped before the end: " : "no task was run: ") + cause(exitRecord, tail, code));
        }
        if (nothing.isPresent()) {
            return new Outcome.Failed(code, "no task ran on any host" + nothing.get());
        }
        return code == 0 && errors == 0
                ? new Outcome.Success()
                : new Outcome.Failed(code, "ended with exit code " + code + ": " + cause(exitRecord, tail, code));
    }

    private String hostsThatFailed() {
        long unreachable =
                bad.stream().filter(h -> h.outcome() == HostOutcome.UNREACHABLE).count();
        var what = unreachable == 0 ? "failed" : unreachable == bad.size() ? "unreachable" : "failed or unreachable";
        return bad.size() + " of " + counted(Math.max(known, bad.size()), "host", "hosts") + " " + what + ": "
                + TextFormat.list(bad, 3, HostResult::host);
    }

    /** A program that cannot write cannot say why it ends either. */
    private static String cause(ExitRecord exitRecord, String tail, int code) {
        return exitRecord.full() ? NO_SPACE : lastError(tail, code);
    }

    /** Ansible says in its output why it gave up; its wording differs from version to version, so it is only quoted. */
    private static String lastError(String tail, int code) {
        var errors = tail.lines()
                .map(String::strip)
                .filter(l -> l.startsWith("ERROR!") || l.startsWith("[ERROR]") || l.contains("error:"))
                .toList();
        var inventory = errors.isEmpty() ? Optional.<String>empty() : InventoryError.in(tail);
        if (inventory.isPresent()) {
            return "the inventory cannot be parsed: " + inventory.get();
        }
        if (!errors.isEmpty()) {
            return errors.getLast().replaceFirst("^(ERROR!|\\[ERROR]:?)\\s*", "") + place(tail);
        }
        return tail.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .reduce((_, b) -> b)
                .orElse("exit code " + code + " and no output");
    }

    /** Where Ansible saw it, {@code  (deploy.yml:5)}; empty when it does not say. */
    private static String place(String tail) {
        return Stream.of(PLACE, ORIGIN)
                .map(p -> p.matcher(tail))
                .filter(Matcher::find)
                .findFirst()
                .map(m -> " (" + m.group(1) + ":" + m.group(2) + ")")
                .orElse("");
    }

    private static String counted(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }
}
