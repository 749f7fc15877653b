package dev.playcall.chat.card;

import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.Repeats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The card of one run: a pure function of what is known. Its first line works as a notification on a phone. */
public record RunCard(
        Run run,
        List<HostResult> hosts,
        RunOutlook outlook,
        Instant now,
        Function<Person, String> names,
        View view,
        RunDetails details,
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

    Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(run.paused().isPresent() ? Tone.WAITING : tone(run.state()), title()));
        requestedBy().ifPresent(blocks::add);
        if (view == View.DETAILS) {
            blocks.addAll(RunDetails.given(run));
        }
        outlook.versionStep().ifPresent(s -> blocks.add(new Block.Line("Version: " + s)));
        switch (run.state()) {
            case QUEUED -> blocks.add(new Block.Line(queue()));
            case RUNNING -> {
                outlook.lostContact().ifPresent(c -> blocks.add(new Block.Line(c.line())));
                blocks.addAll(new ProgressBlocks(run, outlook.expected(), now, this::name).blocks());
                failures(blocks);
            }
            case AWAITING_APPROVAL -> blocks.addAll(approval());
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT, INTERRUPTED, REJECTED, EXPIRED -> ended(blocks);
        }
        blocks.addAll(details.ansible());
        if (!leavesRestToAlert()) {
            blocks.add(new Block.Buttons(new CardButtons(run, hosts, repeats).all()));
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
        blocks.add(new Block.Buttons(new CardButtons(run, hosts, repeats).all()));
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
        blocks.add(new Block.Title(
                Tone.PLAIN, counts(run.progress(), hosts, run.state().isFinal()) + more));
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
        return what(run, run.request().limit());
    }

    /** The same, for these hosts; empty for all. */
    static String what(Run run, String hosts) {
        var r = run.request();
        var text = new StringBuilder(r.operation().value());
        r.what().ifPresent(w -> text.append(' ').append(UntrustedText.line(w, ApprovalBlocks.SHOWN)));
        r.version().ifPresent(v -> text.append(' ').append(UntrustedText.line(v, 40)));
        text.append(" → ").append(r.environment());
        if (!hosts.isEmpty()) {
            text.append(" (").append(UntrustedText.line(hosts, 60)).append(')');
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

    /** What has to be agreed to, and by whom, of a run that awaits approval. */
    List<Block> approval() {
        return new ApprovalBlocks(run, now, this::name, outlook.approvers()).blocks();
    }

    String queue() {
        var priority = run.request().priority();
        var waiting = outlook.waiting();
        return waiting.map(QueueWait::label).orElse("Queued")
                + (priority == 0 ? "" : " (priority " + priority + ")")
                + waiting.map(w -> w.reasons(now, this::name)).orElse("");
    }

    String name(Person person) {
        return UntrustedText.line(names.apply(person), 60);
    }

    /** @param hosts those of a run that has ended; empty while it has not */
    static String counts(Progress p, List<HostResult> hosts, boolean ended) {
        var text = new StringBuilder().append(p.hosts()).append(p.hosts() == 1 ? " host" : " hosts");
        append(text, p.ok(), "ok");
        append(text, p.changed(), "changed");
        append(text, p.failed(), "failed");
        append(text, p.unreachable(), "unreachable");
        append(text, p.skipped(), "skipped");
        var rest = ended ? HostResult.unfinished(p, hosts) : Map.of("pending", p.unheard());
        rest.forEach((word, n) -> append(text, n, word));
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
            blocks.add(new Block.Line(counts(run.progress(), hosts, true)));
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
}
