package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.ApprovalState;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the card of a run says that waits for people to agree: what they agree to, who has, and for how long they may. */
record ApprovalBlocks(Run run, Instant now, Function<Person, String> names, List<String> approvers) {
    /** So much of a module with its arguments is in the first line of a card. */
    static final int SHOWN = 100;

    private static final int MOST_SHOWN = 2500;
    private static final int MOST_APPROVERS = 3;
    private static final int MOST_HOSTS = 20;
    private static final int MOST_TASKS = 25;
    private static final int MOST_PLAYS = 8;

    List<Block> blocks() {
        var approvalState = run.approvalState();
        var blocks = new ArrayList<Block>();
        run.request()
                .what()
                .filter(w -> w.length() > SHOWN || w.contains("\n"))
                .ifPresent(w -> blocks.add(new Block.Code(UntrustedText.cut(w, MOST_SHOWN))));
        reason().ifPresent(blocks::add);
        blocks.add(new Block.Line(needs()));
        approvalState
                .outline()
                .ifPresentOrElse(o -> outline(o, blocks), () -> blocks.add(new Block.Line("planning tasks…")));
        lookAhead(approvalState).ifPresent(text -> blocks.add(new Block.Line(text)));
        if (!approvalState.terms().override().isEmpty()) {
            blocks.add(new Block.Line("overrides locks and freeze windows: "
                    + UntrustedText.line(approvalState.terms().override(), 300)));
        }
        approvalState
                .terms()
                .contentDigest()
                .ifPresent(
                        s -> blocks.add(new Block.Line("If the playbooks, the inventory or the request change, it has"
                                + " to be approved again (fingerprint " + s.brief() + ").")));
        return blocks;
    }

    /** Why it was asked for, in the words of whoever did. */
    private Optional<Block> reason() {
        var reason = run.request().description();
        return reason.isBlank()
                ? Optional.empty()
                : Optional.of(new Block.Line("reason: " + UntrustedText.line(reason, 500)));
    }

    /** {@code needs 1 approval of lead, not of alice; may approve: Bob, group ops; expires in 59 min} */
    String needs() {
        var approvalState = run.approvalState();
        var startTerms = approvalState.terms();
        int missing = approvalState.missing();
        var text = new StringBuilder("needs " + missing + (approvalState.given().isEmpty() ? "" : " more")
                + (missing == 1 ? " approval" : " approvals"));
        if (!startTerms.roles().isEmpty()) {
            text.append(" of ").append(String.join(" or ", startTerms.roles()));
        }
        if (!startTerms.own()) {
            text.append(", not of ").append(names.apply(run.provenance().human()));
        }
        text.append(startTerms.whyOneMore());
        if (!approvers.isEmpty()) {
            text.append("; may approve: ").append(TextFormat.list(approvers, MOST_APPROVERS));
        }
        startTerms.until().ifPresent(u -> text.append("; expires ").append(TextFormat.until(u, now)));
        return text.toString();
    }

    private static void outline(Plan plan, List<Block> blocks) {
        var hosts = plan.hosts();
        blocks.add(new Block.Line("on " + hosts.size() + (hosts.size() == 1 ? " host: " : " hosts: ")
                + TextFormat.list(hosts, MOST_HOSTS)));
        if (!plan.listingError().isEmpty()) {
            blocks.add(new Block.Line(UntrustedText.line(plan.listingError(), 300)));
        }
        plays(plan.tasks()).forEach(blocks::add);
        if (!plan.tasks().isEmpty()) {
            int left = plan.tasks().size() - MOST_TASKS;
            var shown = plan.tasks().stream()
                    .limit(MOST_TASKS)
                    .map(t -> UntrustedText.cut(t, 100))
                    .collect(Collectors.joining("\n"));
            blocks.add(new Block.Code(left > 0 ? shown + "\n… and " + left + " more" : shown));
        }
    }

    /** How much each play is: the tasks of a play are listed below it, indented. */
    private static List<Block> plays(List<String> lines) {
        var counts = new LinkedHashMap<String, Integer>();
        var play = "";
        for (var line : lines) {
            boolean task = line.startsWith(" ");
            play = task ? play : line;
            counts.merge(play, task ? 1 : 0, Integer::sum);
        }
        var shown = counts.entrySet().stream()
                .filter(e -> !e.getKey().isEmpty())
                .limit(MOST_PLAYS)
                .<Block>map(e -> new Block.Line(
                        "• " + UntrustedText.line(e.getKey(), 100) + ": " + TextFormat.count(e.getValue(), "task")))
                .collect(Collectors.toCollection(ArrayList::new));
        if (counts.size() > MOST_PLAYS) {
            shown.add(new Block.Line("• and " + TextFormat.count(counts.size() - MOST_PLAYS, "more play")));
        }
        return shown;
    }

    /** Said with every result, for people who know plans of other tools. */
    private static Optional<String> lookAhead(ApprovalState approvalState) {
        if (!approvalState.terms().preview()) {
            return Optional.of("No preview was made: what would change is not known");
        }
        var found = approvalState.outline().map(Plan::checkResult).orElse("");
        var check = approvalState.outline().flatMap(Plan::check);
        return Optional.of(
                found.isEmpty()
                        ? "running in check mode first"
                                + check.map(c -> " with " + c).orElse("") + "; approve when it is finished"
                        : UntrustedText.line(found, 400)
                                + ". Check mode is an estimate: modules may act differently in the real run");
    }
}
