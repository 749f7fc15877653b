package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.QueueForecast.Forecast;
import dev.playcall.journal.RunJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would come of a request to start something, told before it is done. Nothing is recorded. */
public final class StartPreview {
    /** A run that never is; no number of a real one comes near. */
    private static final RunId NOBODY = new RunId(Long.MAX_VALUE);

    private final RunRequestFactory runRequestFactory;
    private final StartPolicy rules;
    private final RunJournal journal;

    public StartPreview(RunRequestFactory runRequestFactory, StartPolicy rules, RunJournal journal) {
        this.runRequestFactory = runRequestFactory;
        this.rules = rules;
        this.journal = journal;
    }

    /** What came of looking. */
    public sealed interface Result {
        /**
         * It would be taken.
         *
         * @param hosts that it would run on
         * @param waits what it would wait for, one line each; none when it would start at once
         * @param usual how long like runs took, by their median; empty when there are none
         */
        record Accepted(RunRequest request, List<String> hosts, List<String> waits, Optional<Duration> usual)
                implements Result {
            public Accepted {
                hosts = List.copyOf(hosts);
                waits = List.copyOf(waits);
            }
        }

        /** It would not be taken; this is what would be said. */
        record Rejected(Reply reply) implements Result {}
    }

    /** Of something that is started now. */
    public Result of(StartCommand command, Caller caller) {
        return switch (runRequestFactory.of(command, caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> new Result.Rejected(reply);
            case RunRequestFactory.Draft.Valid(var request, var _) ->
                switch (new StartPreconditions(rules, runRequestFactory.rights())
                        .of(request, command.override(), caller)) {
                    case StartPreconditions.Result.Rejected(var reply) -> new Result.Rejected(reply);
                    case StartPreconditions.Result.Accepted(var startTerms) -> now(request, startTerms, caller);
                };
        };
    }

    /** Of something that is started later: what holds now says nothing about then. */
    public Result ofLater(StartCommand command, Caller caller) {
        return switch (runRequestFactory.of(command, caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> new Result.Rejected(reply);
            case RunRequestFactory.Draft.Valid(var request, var _) ->
                new Result.Accepted(request, hosts(request), List.of(), usual(draft(request, StartTerms.NONE, caller)));
        };
    }

    private Result now(RunRequest request, StartTerms startTerms, Caller caller) {
        var run = draft(request, startTerms, caller);
        return new Result.Accepted(request, hosts(request), waits(run, startTerms), usual(run));
    }

    private Run draft(RunRequest request, StartTerms startTerms, Caller caller) {
        var origin = new Origin(caller.origin().channel(), Optional.empty());
        var asked = new RunEvent.Requested(request, caller.person(), origin, startTerms);
        return Run.of(NOBODY, asked, rules.clock().instant());
    }

    private Optional<Duration> usual(Run run) {
        return new Forecast(journal.read()).of(run).map(Forecast.Estimate::median);
    }

    private List<String> hosts(RunRequest request) {
        return request.hosts().isEmpty()
                ? runRequestFactory
                        .catalogs()
                        .current()
                        .environment(request.environment())
                        .map(e -> e.hosts())
                        .orElse(List.of())
                : request.hosts();
    }

    private List<String> waits(Run run, StartTerms startTerms) {
        var request = run.request();
        var store = journal.read();
        var running = store.running();
        var lines = new ArrayList<String>();
        if (startTerms.approvals() > 0) {
            lines.add(approvals(startTerms));
        }
        running.stream()
                .filter(r -> r.request().lock().equals(request.lock()))
                .findFirst()
                .ifPresent(r ->
                        lines.add("for " + r.id() + " of " + r.requestedBy().inText() + ", which runs " + request.lock()
                                + " in " + r.request().environment() + " now"));
        long before = store.queue().stream()
                .filter(r -> r.state() == RunState.QUEUED && r.request().lock().equals(request.lock()))
                .filter(r -> r.request().priority() >= request.priority())
                .count();
        if (before > 0) {
            lines.add("for " + before + (before == 1 ? " queued run" : " queued runs") + " for " + request.lock()
                    + " already");
        }
        rules.waitsFor(run, running).ifPresent(lines::add);
        return lines;
    }

    private static String approvals(StartTerms startTerms) {
        var who = startTerms.roles().isEmpty() ? "" : " of " + String.join(" or ", startTerms.roles());
        return "for " + startTerms.approvals() + (startTerms.approvals() == 1 ? " approval" : " approvals") + who
                + (startTerms.own() ? "" : " from others")
                + startTerms.whyOneMore()
                + (startTerms.preview() ? ", after a run in check mode" : "");
    }
}
