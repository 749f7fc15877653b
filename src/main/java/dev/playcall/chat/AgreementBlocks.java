package dev.playcall.chat;

import dev.playcall.chat.Message.Block;
import dev.playcall.domain.Agreement;
import dev.playcall.domain.Outline;
import dev.playcall.domain.Person;
import dev.playcall.domain.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the card of a run says that waits for people to agree: what they agree to, who has, and for how long they may. */
record AgreementBlocks(Run run, Instant now, Function<Person, String> names) {
    private static final int MOST_HOSTS = 20;
    private static final int MOST_TASKS = 25;

    List<Block> blocks() {
        var agreement = run.agreement();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Line(needs(agreement)));
        agreement
                .outline()
                .ifPresentOrElse(
                        o -> outline(o, blocks), () -> blocks.add(new Block.Line("finding out what it would do")));
        lookAhead(agreement).ifPresent(text -> blocks.add(new Block.Line(text)));
        if (!agreement.terms().override().isEmpty()) {
            blocks.add(new Block.Line("passes locks and freezes: "
                    + ForeignText.line(agreement.terms().override(), 300)));
        }
        agreement
                .terms()
                .seal()
                .ifPresent(s -> blocks.add(new Block.Line("approval is for exactly this (seal " + s.brief()
                        + "); a change of playbooks, inventory or request voids it")));
        return blocks;
    }

    private String needs(Agreement agreement) {
        var terms = agreement.terms();
        int missing = agreement.missing();
        var text = new StringBuilder("needs " + missing + (agreement.given().isEmpty() ? "" : " more")
                + (missing == 1 ? " approval" : " approvals"));
        if (!terms.roles().isEmpty()) {
            text.append(" of ").append(String.join(" or ", terms.roles()));
        }
        if (!terms.own()) {
            text.append(", not of ").append(names.apply(run.requestedBy()));
        }
        terms.until()
                .map(u -> Duration.between(now, u))
                .ifPresent(left -> text.append(", within ").append(Ages.span(left)));
        return text.toString();
    }

    private static void outline(Outline outline, List<Block> blocks) {
        var hosts = outline.hosts();
        var more = hosts.size() > MOST_HOSTS ? " and " + (hosts.size() - MOST_HOSTS) + " more" : "";
        blocks.add(new Block.Line("on " + hosts.size() + (hosts.size() == 1 ? " host: " : " hosts: ")
                + hosts.stream().limit(MOST_HOSTS).collect(Collectors.joining(", ")) + more));
        if (!outline.trouble().isEmpty()) {
            blocks.add(new Block.Line(ForeignText.line(outline.trouble(), 300)));
        }
        if (!outline.tasks().isEmpty()) {
            int left = outline.tasks().size() - MOST_TASKS;
            var shown = outline.tasks().stream()
                    .limit(MOST_TASKS)
                    .map(t -> ForeignText.cut(t, 100))
                    .collect(Collectors.joining("\n"));
            blocks.add(new Block.Code(left > 0 ? shown + "\n… and " + left + " more" : shown));
        }
    }

    /** Said with every result, for people who know plans of other tools. */
    private static java.util.Optional<String> lookAhead(Agreement agreement) {
        if (!agreement.terms().preview()) {
            return java.util.Optional.empty();
        }
        var found = agreement.outline().map(Outline::found).orElse("");
        var check = agreement.outline().flatMap(Outline::check);
        return java.util.Optional.of(
                found.isEmpty()
                        ? "looking ahead in check mode"
                                + check.map(c -> " with " + c).orElse("") + "; approve when it has ended"
                        : ForeignText.line(found, 400)
                                + ". Check mode is no plan: modules may act differently when it is meant");
    }
}
