package dev.playcall.domain;

import dev.playcall.domain.ApprovalState.Approval;
import dev.playcall.domain.RunEvent.Adopted;
import dev.playcall.domain.RunEvent.Approved;
import dev.playcall.domain.RunEvent.CancelRequested;
import dev.playcall.domain.RunEvent.Expired;
import dev.playcall.domain.RunEvent.Finished;
import dev.playcall.domain.RunEvent.Outlined;
import dev.playcall.domain.RunEvent.Paused;
import dev.playcall.domain.RunEvent.Prepared;
import dev.playcall.domain.RunEvent.Rejected;
import dev.playcall.domain.RunEvent.Requested;
import dev.playcall.domain.RunEvent.Resumed;
import dev.playcall.domain.RunEvent.Started;
import dev.playcall.domain.RunEvent.Stopped;
import dev.playcall.domain.RunEvent.Voided;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of an operation in one environment: what its events so far add up to.
 *
 * @param requestedAt when it was asked for, which is its place in the queue
 * @param log file of its output relative to the logs folder, empty before it started
 * @param reason one line why it ended as it did, empty when there is nothing to add
 * @param pausedTotal how long it stood still before the pause that holds now
 * @param batch its place in the batch it belongs to, if it does
 * @param revision which state of the files it was made of, where git knows
 * @param provenance who stands behind it, as it was when it was asked for
 */
public record Run(
        RunId id,
        RunRequest request,
        Person requestedBy,
        Origin origin,
        RunState state,
        Instant requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        ApprovalState approvalState,
        Optional<Person> cancelledBy,
        Optional<Integer> exitCode,
        String reason,
        String node,
        String log,
        Progress progress,
        Optional<Batch.Place> batch,
        Optional<Pause> paused,
        Duration pausedTotal,
        Optional<Revision> revision,
        Provenance provenance) {

    /** The run its first event makes. */
    public static Run of(RunId id, Requested asked, Instant at) {
        return new Run(
                id,
                asked.request(),
                asked.by(),
                asked.origin(),
                asked.terms().approvals() > 0 ? RunState.AWAITING_APPROVAL : RunState.QUEUED,
                at,
                Optional.empty(),
                Optional.empty(),
                ApprovalState.on(asked.terms()),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                "",
                Progress.NONE,
                asked.batch(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                asked.provenance());
    }

    /** The run after one more event, or empty when that event cannot follow. This is the whole state machine. */
    public Optional<Run> after(RunEvent event, Instant at) {
        var next = new Draft(this);
        boolean allowed = switch (event) {
            case Requested _ -> false;
            case Approved(var by, var human, var all) ->
                state == RunState.AWAITING_APPROVAL && next.approve(new Approval(by, human, all, at));
            case Rejected(var by, var reason) ->
                state == RunState.AWAITING_APPROVAL
                        && next.end(RunState.REJECTED, "rejected by " + by + because(reason), at);
            case Outlined(var plan) -> state == RunState.AWAITING_APPROVAL && next.outline(plan);
            case Voided(var why) -> !state.isFinal() && next.unstarted(why, at);
            case Stopped(var why) -> isWaiting() && next.end(RunState.CANCELLED, why, at);
            case Expired() -> state == RunState.AWAITING_APPROVAL && next.end(RunState.EXPIRED, "approval expired", at);
            case Started(var node, var log) -> state == RunState.QUEUED && next.start(node, log, at);
            case Adopted(var node) -> state == RunState.RUNNING && next.adopt(node);
            case Prepared(var revision) -> state == RunState.RUNNING && next.prepare(revision);
            case Paused(var by, var why) -> next.pause(new Pause(by, why, at));
            case Resumed _ -> paused.isPresent() && next.goOn(at);
            case CancelRequested(var by) -> next.cancel(by, at);
            case Finished(var outcome) -> state == RunState.RUNNING && next.finish(outcome, at);
        };
        return allowed ? Optional.of(next.run()) : Optional.empty();
    }

    /** The same run with newer counts, which are not part of its life cycle. */
    public Run with(Progress newer) {
        var draft = new Draft(this);
        draft.progress = newer;
        return draft.run();
    }

    /** Whether it has neither begun nor ended. */
    public boolean isWaiting() {
        return state == RunState.QUEUED || state == RunState.AWAITING_APPROVAL;
    }

    /** Time from start to end, or to {@code now} while it runs; empty when it never started. */
    public Optional<Duration> duration(Instant now) {
        return startedAt.map(s -> Duration.between(s, endedAt.orElse(now)));
    }

    /** How long it has worked, without the time it stood still. */
    public Duration activeTime(Instant now) {
        var pausedTime = pausedTotal.plus(paused.map(p -> p.at(now)).orElse(Duration.ZERO));
        var worked = duration(now).orElse(Duration.ZERO).minus(pausedTime);
        return worked.isNegative() ? Duration.ZERO : worked;
    }

    /** Whoever was the last to agree. */
    public Optional<Person> approvedBy() {
        return approvalState.given().isEmpty()
                ? Optional.empty()
                : Optional.of(approvalState.given().getLast().by());
    }

    private static String because(String reason) {
        return reason.isBlank() ? "" : ": " + reason;
    }

    /** The fields that events change, so that no step has to repeat those it leaves alone. */
    private static final class Draft {
        private final Run from;
        private RunState state;
        private Optional<Instant> startedAt;
        private Optional<Instant> endedAt;
        private ApprovalState approvalState;
        private Optional<Person> cancelledBy;
        private Optional<Integer> exitCode;
        private String reason;
        private String node;
        private String log;
        private Progress progress;
        private Optional<Pause> paused;
        private Duration pausedTotal;
        private Optional<Revision> revision;

        Draft(Run from) {
            this.from = from;
            state = from.state;
            startedAt = from.startedAt;
            endedAt = from.endedAt;
            approvalState = from.approvalState;
            cancelledBy = from.cancelledBy;
            exitCode = from.exitCode;
            reason = from.reason;
            node = from.node;
            log = from.log;
            progress = from.progress;
            paused = from.paused;
            pausedTotal = from.pausedTotal;
            revision = from.revision;
        }

        boolean approve(Approval more) {
            if (!approvalState.terms().own() && from.provenance.isAny(more.identities())) {
                return false;
            }
            var all = approvalState.and(more);
            approvalState = all.orElse(approvalState);
            state = approvalState.isReached() ? RunState.QUEUED : RunState.AWAITING_APPROVAL;
            return all.isPresent();
        }

        boolean outline(Plan newer) {
            approvalState = approvalState.with(newer);
            return true;
        }

        /** It may have been taken from the queue already, but nothing of it was executed. */
        boolean unstarted(String why, Instant at) {
            startedAt = Optional.empty();
            log = "";
            return end(RunState.REJECTED, why, at);
        }

        boolean start(String onNode, String toLog, Instant at) {
            state = RunState.RUNNING;
            startedAt = Optional.of(at);
            node = onNode;
            log = toLog;
            return true;
        }

        boolean prepare(Revision of) {
            revision = Optional.of(of);
            return true;
        }

        boolean adopt(String onNode) {
            node = onNode;
            return true;
        }

        /** A run that has not started ends at once; a running one only when its process is gone. */
        boolean cancel(Person by, Instant at) {
            if (state.isFinal() || cancelledBy.isPresent()) {
                return false;
            }
            cancelledBy = Optional.of(by);
            goOn(at);
            return state == RunState.RUNNING || end(RunState.CANCELLED, "cancelled by " + by, at);
        }

        boolean pause(Pause pause) {
            if (state != RunState.RUNNING || paused.isPresent() || cancelledBy.isPresent()) {
                return false;
            }
            paused = Optional.of(pause);
            return true;
        }

        boolean goOn(Instant at) {
            pausedTotal = pausedTotal.plus(paused.map(p -> p.at(at)).orElse(Duration.ZERO));
            paused = Optional.empty();
            return true;
        }

        boolean finish(Outcome outcome, Instant at) {
            goOn(at);
            if (outcome instanceof Outcome.Failed(var code, var _) && code >= 0) {
                exitCode = Optional.of(code);
            } else if (outcome instanceof Outcome.Success) {
                exitCode = Optional.of(0);
            }
            var note = outcome instanceof Outcome.TimedOut && pausedTotal.toSeconds() > 0
                    ? "; the " + TextFormat.duration(pausedTotal) + " it was paused do not count"
                    : "";
            return end(outcome.state(), outcome.reason() + note, at);
        }

        boolean end(RunState as, String because, Instant at) {
            state = as;
            reason = because;
            endedAt = Optional.of(at);
            return true;
        }

        Run run() {
            return new Run(
                    from.id,
                    from.request,
                    from.requestedBy,
                    from.origin,
                    state,
                    from.requestedAt,
                    startedAt,
                    endedAt,
                    approvalState,
                    cancelledBy,
                    exitCode,
                    reason,
                    node,
                    log,
                    progress,
                    from.batch,
                    paused,
                    pausedTotal,
                    revision,
                    from.provenance);
        }
    }
}
