package dev.playcall.chat.card;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Pause;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.Forecast.Estimate;
import dev.playcall.journal.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The card of one run: a pure function of what is known. Its first line works as a notification on a phone. */
public record RunCard(
        Run run,
        List<HostResult> hosts,
        Optional<Waiting> waiting,
        Optional<Estimate> expected,
        Instant now,
        Function<Person, String> names,
        View view,
        Repeats repeats) {

    /** Who looks at it. */
    enum View {
        /** A channel with threads: what is not in the card is said below it. */
        CHANNEL,
        /** A channel without threads: the hosts are in the card, the failures in the alert that follows it. */
        TERMINAL,
        /** Somebody who asked: everything. */
        DETAILS
    }

    /** What no pause can hold. */
    public static final String STAYS =
            "commands already started on hosts continue, and their own timeouts keep running;"
                    + " a long pause can drop connections";

    /** Place in the queue of its playbook, from 1, who holds that playbook, and for what else it waits. */
    record Waiting(int position, Optional<Run> holder, Optional<String> because, Optional<Duration> startsIn) {
        Waiting(int position, Optional<Run> holder, Optional<String> because) {
            this(position, holder, because, Optional.empty());
        }
    }

    Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(run.paused().isPresent() ? Tone.WAITING : tone(run.state()), title()));
        requestedBy().ifPresent(blocks::add);
        run.revision()
                .map(Revision::brief)
                .filter(b -> view == View.DETAILS && !b.isEmpty())
                .ifPresent(b -> blocks.add(new Block.Line("from commit " + b)));
        run.revision()
                .flatMap(Revision::venv)
                .filter(_ -> view == View.DETAILS)
                .ifPresent(v -> blocks.add(new Block.Line("in the Python environment " + v)));
        switch (run.state()) {
            case QUEUED -> blocks.add(new Block.Line(queue()));
            case RUNNING -> working(blocks);
            case AWAITING_APPROVAL -> blocks.addAll(new ApprovalBlocks(run, now, this::name).blocks());
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT, INTERRUPTED, REJECTED, EXPIRED -> ended(blocks);
        }
        if (!leavesRestToAlert()) {
            blocks.add(new Block.Buttons(buttons()));
        }
        return new Message(blocks);
    }

    private String title() {
        return named(headline(run, now));
    }

    /** The first line without times that move. */
    String namedHeadline() {
        return named(headline(run));
    }

    private String named(String text) {
        return Rejection.named(run, text, this::name);
    }

    private boolean leavesRestToAlert() {
        return view == View.TERMINAL && tone(run.state()) == Tone.BAD;
    }

    /** What the whole channel hears when a run did not end well. */
    Message alert() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.BAD, namedHeadline() + blame()));
        failures(blocks);
        blocks.add(new Block.Buttons(buttons()));
        return new Message(blocks);
    }

    /** The first host and its task, where the reason of the run does not name them. */
    private String blame() {
        return hosts.stream()
                .filter(h -> h.outcome().isBad())
                .findFirst()
                .map(h -> " – " + (run.reason().contains(h.host()) ? "" : h.host() + ": ")
                        + UntrustedText.line(h.failedTask().orElse(h.outcome().word()), 80))
                .orElse("");
    }

    /** Every host with its counts, for the thread; the worst first when there are too many. */
    Message account() {
        if (hosts.isEmpty()) {
            return Message.line(Tone.PLAIN, "No hosts were reached");
        }
        boolean whole = HostTable.holds(hosts);
        var more = whole ? "" : "; " + HostTable.MOST_ROWS + " are shown, failed ones first";
        var blocks = new ArrayList<Block>();
        blocks.add(
                new Block.Title(Tone.PLAIN, counts(run.progress(), run.state().isFinal()) + more));
        HostTable.connections(hosts).filter(_ -> !whole).ifPresent(blocks::add);
        blocks.add(HostTable.of(hosts));
        return new Message(blocks);
    }

    public static Tone tone(RunState state) {
        return switch (state) {
            case SUCCESS -> Tone.GOOD;
            case FAILED, TIMED_OUT, INTERRUPTED -> Tone.BAD;
            case RUNNING -> Tone.BUSY;
            case QUEUED, AWAITING_APPROVAL -> Tone.WAITING;
            case CANCELLED, REJECTED, EXPIRED -> Tone.PLAIN;
        };
    }

    static String sign(RunState state) {
        return switch (tone(state)) {
            case GOOD -> "✓";
            case BAD -> "✗";
            case BUSY, WAITING -> "⧗";
            case PLAIN -> "–";
        };
    }

    /** What is done where: {@code deploy v1.2.3 → production (web-1) check}. */
    public static String what(Run run) {
        var r = run.request();
        var text = new StringBuilder(r.operation().value());
        r.what().ifPresent(w -> text.append(' ').append(UntrustedText.line(w, ApprovalBlocks.SHOWN)));
        r.version().ifPresent(v -> text.append(' ').append(UntrustedText.line(v, 40)));
        text.append(" → ").append(r.environment());
        if (!r.limit().isEmpty()) {
            text.append(" (").append(UntrustedText.line(r.limit(), 60)).append(')');
        }
        return text.append(r.check() ? " check" : "").toString();
    }

    /** How it stands, in words. */
    public static String word(Run run) {
        return run.paused().isPresent() ? "paused" : run.state().label();
    }

    /** The first line without times that move. */
    public static String headline(Run run) {
        return headline(run, run.endedAt().orElse(Instant.EPOCH));
    }

    private static String headline(Run run, Instant now) {
        var text = "%s %s %s".formatted(run.id(), what(run), word(run));
        var reason = run.reason().isEmpty() || run.state() == RunState.SUCCESS
                ? ""
                : ": " + UntrustedText.line(run.reason(), 300);
        var took = run.state().isFinal()
                ? run.duration(now).map(d -> " in " + TextFormat.duration(d)).orElse("")
                : "";
        // The reason of a rejection begins with the word for it.
        return Rejection.by(run).isPresent()
                ? text.replaceFirst(" rejected$", "") + reason.substring(1)
                : text + took + reason;
    }

    private Optional<Block> requestedBy() {
        var human = run.provenance().human();
        var text = "by " + name(run.requestedBy())
                + (human.equals(run.requestedBy()) ? "" : " for " + name(human))
                + run.request().retryOf().map(o -> ", retry of " + o).orElse("")
                + run.batch().map(p -> ", " + p).orElse("")
                + approved()
                + (run.request().tags().isEmpty()
                        ? ""
                        : ", tags " + String.join(",", run.request().tags()))
                + (run.request().options().isNone()
                        ? ""
                        : ", " + UntrustedText.line(run.request().options().words(), 200))
                + (run.request().name().isEmpty()
                        ? ""
                        : ", " + UntrustedText.line(run.request().name(), 100));
        return Optional.of(new Block.Line(text));
    }

    private String approved() {
        var names = run.approvalState().given().stream()
                .map(a -> name(a.by()))
                .collect(java.util.stream.Collectors.joining(" and "));
        return names.isEmpty() ? "" : ", approved by " + names;
    }

    String queue() {
        var place = waiting.map(w -> "Position " + w.position()).orElse("Queued")
                + (run.request().priority() == 0
                        ? ""
                        : " (priority " + run.request().priority() + ")");
        var holder = waiting.flatMap(Waiting::holder)
                .map(h -> ", waiting for " + h.id() + " of " + name(h.requestedBy()) + " ("
                        + h.request().lock() + ", running for "
                        + TextFormat.duration(h.duration(now).orElse(Duration.ZERO)) + ")")
                .orElse("");
        var because = waiting.flatMap(Waiting::because)
                .map(b -> "; " + UntrustedText.line(b, 300))
                .orElse("");
        return place + holder + because + starts();
    }

    /** Nobody knows how long a lock or a freeze will hold. */
    private String starts() {
        if (waiting.filter(w -> w.because().isEmpty()).isEmpty()) {
            return "";
        }
        return waiting.flatMap(Waiting::startsIn)
                .map(d -> d.isZero() ? "; starts now" : "; starts in about " + TextFormat.duration(d))
                .orElse("; no estimate");
    }

    private void working(List<Block> blocks) {
        var p = run.progress();
        blocks.add(new Block.Bar(p.results(), p.expected()));
        blocks.add(new Block.Line(counts(p, false)));
        if (!p.task().isEmpty()) {
            blocks.add(new Block.Line("now: " + UntrustedText.line(p.task(), 120)));
        }
        if (run.paused().isPresent()) {
            blocks.add(new Block.Line(paused(run.paused().get())));
            failures(blocks);
            return;
        }
        var elapsed = run.activeTime(now);
        var left = expected.map(e -> left(e, elapsed)).orElse("time left unknown: no successful run of this kind yet");
        blocks.add(new Block.Line(TextFormat.duration(elapsed) + " elapsed" + pausedTime() + ", " + left));
        run.cancelledBy().ifPresent(by -> blocks.add(new Block.Line("cancelling, requested by " + name(by))));
        failures(blocks);
    }

    private String pausedTime() {
        return run.pausedTotal().toSeconds() > 0 ? " and " + TextFormat.duration(run.pausedTotal()) + " paused" : "";
    }

    private String paused(Pause pause) {
        return "paused by " + name(pause.by()) + " since " + TextFormat.duration(pause.at(now))
                + (pause.reason().isEmpty() ? "" : ": " + UntrustedText.line(pause.reason(), 300))
                + "; its timeout is stopped, and it keeps the lock "
                + run.request().lock() + ". " + STAYS;
    }

    private static String left(Estimate usual, Duration elapsed) {
        var median = usual.median().minus(elapsed);
        var most = usual.p90().map(p -> p.minus(elapsed));
        if (!median.isNegative()) {
            return "about " + TextFormat.duration(median) + " left"
                    + most.map(m -> ", usually less than " + TextFormat.duration(m))
                            .orElse("");
        }
        return most.filter(m -> !m.isNegative()).isPresent()
                ? "longer than most runs, usually less than " + TextFormat.duration(most.get()) + " left"
                : "longer than usual";
    }

    String name(Person person) {
        return UntrustedText.line(names.apply(person), 60);
    }

    private static String counts(Progress p, boolean ended) {
        var text = new StringBuilder().append(p.hosts()).append(p.hosts() == 1 ? " host" : " hosts");
        append(text, p.ok(), "ok");
        append(text, p.changed(), "changed");
        append(text, p.failed(), "failed");
        append(text, p.unreachable(), "unreachable");
        append(text, p.skipped(), "skipped");
        append(text, p.unheard(), ended ? "not finished" : "pending");
        return text.toString();
    }

    static void append(StringBuilder text, int n, String what) {
        if (n > 0) {
            text.append(", ").append(n).append(' ').append(what);
        }
    }

    private void ended(List<Block> blocks) {
        boolean table = view != View.CHANNEL && HostTable.holds(hosts) && !hosts.isEmpty();
        if (!hosts.isEmpty()) {
            blocks.add(new Block.Line(counts(run.progress(), true)));
        }
        if (!repeats.isEmpty()) {
            blocks.add(new Block.Line(repeats.line()));
        }
        HostTable.connections(hosts).filter(_ -> !table).ifPresent(blocks::add);
        if (run.state() == RunState.TIMED_OUT && !run.progress().task().isEmpty()) {
            blocks.add(new Block.Line(
                    "last task: " + UntrustedText.line(run.progress().task(), 120)));
        }
        VersionQueries.changes(hosts).ifPresent(blocks::add);
        if (!leavesRestToAlert()) {
            failures(blocks);
        }
        if (run.request().operation().equals(Operation.ADHOC)) {
            blocks.addAll(ModuleResults.of(hosts));
        }
        if (table) {
            blocks.add(HostTable.of(hosts));
        }
    }

    private void failures(List<Block> blocks) {
        FailureGroups.of(hosts).forEach(blocks::add);
    }

    private List<Button> buttons() {
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
                var cancel = cancel("Stop " + what(run) + "? Ansible is stopped immediately.");
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

    /** Hosts that the run made itself cannot be retried alone. */
    private Button again() {
        var n = run.id().value();
        var weight = repeats.isEmpty() ? Weight.FIRST : Weight.PLAIN;
        return Remainder.of(run, hosts).unlimitable().isEmpty()
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
