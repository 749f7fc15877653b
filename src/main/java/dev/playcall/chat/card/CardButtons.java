package dev.playcall.chat.card;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.Run;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.Repeats;
import java.util.List;

/** What can be done with a run now, as the buttons below its card; the most useful one first. */
record CardButtons(Run run, List<HostResult> hosts, Repeats repeats) {

    List<Button> all() {
        return HostVenvRun.isWritten(run.request())
                ? ofState().stream()
                        .filter(b -> b.action().kind() != Action.Kind.RETRY
                                && b.action().kind() != Action.Kind.RERUN)
                        .toList()
                : ofState();
    }

    private List<Button> ofState() {
        var n = run.id().value();
        var log = Button.plain("Log", new Action(Action.Kind.LOG, n), "logs " + n);
        return switch (run.state()) {
            case QUEUED ->
                List.of(Button.plain("Notify me", new Action(Action.Kind.TELL_ME, n), "notify me " + n), cancel(""));
            case AWAITING_APPROVAL ->
                List.of(
                        new Button("Approve", new Action(Action.Kind.APPROVE, n), "approve " + n, Weight.FIRST, ""),
                        new Button("Reject", new Action(Action.Kind.REJECT, n), "reject " + n, Weight.DANGER, ""),
                        Button.plain("Cancel", new Action(Action.Kind.CANCEL, n), "cancel " + n));
            case RUNNING -> {
                var cancel = cancel("Stop " + RunCard.what(run) + "? Ansible is stopped immediately.");
                var paused = run.paused().isPresent()
                        ? new Button("Resume", new Action(Action.Kind.RESUME, n), "resume " + n, Weight.FIRST, "")
                        : Button.plain("Pause", new Action(Action.Kind.PAUSE, n), "pause " + n);
                yield run.cancelledBy().isPresent() ? List.of(cancel, log) : List.of(cancel, paused, log);
            }
            case FAILED, TIMED_OUT, INTERRUPTED ->
                List.of(
                        again(),
                        Button.plain("Full log", new Action(Action.Kind.FULL_LOG, n), "logs " + n + worst()),
                        Button.plain("Details", new Action(Action.Kind.DETAILS, n), "show " + n));
            case SUCCESS, CANCELLED, REJECTED, EXPIRED -> {
                var again = Button.plain("Re-run", new Action(Action.Kind.RERUN, n), "rerun " + n);
                yield run.log().isEmpty() ? List.of(again) : List.of(again, log);
            }
        };
    }

    /** Hosts that the run made itself cannot be retried alone; what a retry has done already is not offered once more. */
    private Button again() {
        var n = run.id().value();
        var weight = repeats.isEmpty() ? Weight.FIRST : Weight.PLAIN;
        var left = Remainder.of(run, hosts);
        return left.unlimitable().isEmpty() && repeats.done(left.names()).isEmpty()
                ? new Button("Retry failed hosts", new Action(Action.Kind.RETRY, n), "retry " + n, weight, "")
                : new Button("Re-run", new Action(Action.Kind.RERUN, n), "rerun " + n, weight, "");
    }

    private Button cancel(String confirm) {
        var n = run.id().value();
        return new Button("Cancel", new Action(Action.Kind.CANCEL, n), "cancel " + n, Weight.DANGER, confirm);
    }

    private String worst() {
        return hosts.stream()
                .filter(h -> h.outcome().isBad())
                .findFirst()
                .map(h -> " --host " + h.host())
                .orElse("");
    }
}
