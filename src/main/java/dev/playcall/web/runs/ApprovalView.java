package dev.playcall.web.runs;

import dev.playcall.domain.Plan;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.security.RequestAuth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be approved.
 *
 * @param reason what the requester says of it, empty when nothing
 * @param tasks plays and tasks as Ansible lists them; the former begin at the margin
 * @param unknown why the tasks could not be listed, empty when they could
 * @param check what a run in check mode came to, empty when there was none; {@code checkRun} is its number or 0
 * @param why it is one more than the policy says, empty when it is not
 * @param given who approved already
 * @param who may approve, as the configuration has them
 * @param own whether the requester may, too
 * @param left until the request expires, {@code seconds} the same in seconds, {@code until} exactly; empty and 0 when it does not
 */
record ApprovalView(
        String requester,
        String reason,
        List<String> hosts,
        List<String> tasks,
        String unknown,
        String check,
        long checkRun,
        int missing,
        String why,
        List<String> given,
        List<String> who,
        boolean own,
        String left,
        long seconds,
        String until) {
    ApprovalView {
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
        given = List.copyOf(given);
        who = List.copyOf(who);
    }

    /** Empty for a run that does not wait for approval. */
    static Optional<ApprovalView> of(Run run, RequestAuth requestAuth, Instant now) {
        if (run.state() != RunState.AWAITING_APPROVAL) {
            return Optional.empty();
        }
        var state = run.approvalState();
        var plan = state.outline();
        var until = state.terms().until();
        var left = until.map(u -> Duration.between(now, u));
        return Optional.of(new ApprovalView(
                run.requestedBy().inText(),
                run.request().description(),
                plan.map(Plan::hosts).orElse(List.of()),
                plan.map(Plan::tasks).orElse(List.of()),
                plan.map(Plan::listingError).orElse(""),
                plan.map(Plan::checkResult).orElse(""),
                plan.flatMap(Plan::check).map(id -> id.value()).orElse(0L),
                state.missing(),
                state.terms().whyOneMore(),
                state.given().stream().map(a -> a.by().inText()).toList(),
                requestAuth.approvers(run),
                state.terms().own(),
                left.map(TextFormat::duration).orElse(""),
                left.map(Duration::toSeconds).orElse(0L),
                until.map(JsonBodies::time).orElse("")));
    }
}
