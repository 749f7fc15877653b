package dev.playcall.chat.query;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.card.VersionQueries;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.chat.command.CommandWords;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.LogReader;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Batch;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.AbsentLog;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.security.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers the commands that only read. */
public final class Queries {
    static final int TAIL = 30;
    private static final int LONGEST_TAIL = 1000;
    private static final String VIEW = "view";

    private final Catalogs catalogs;
    private final RunJournal journal;
    private final RunCards cards;
    private final LogReader logs;
    private final Rights rights;
    private final RunList runs;
    private final HistoryQueries history;
    private final AuditQueries audit;
    private final ScheduleTable schedules;
    private final DigestQueries digests;
    private final AlertQueries alerts;
    private final RefusalLog refusalLog;

    public Queries(QuerySources sources, RunCards cards, Rights rights, AuditLog audit) {
        this.alerts = new AlertQueries(sources.alerts());
        this.catalogs = sources.catalogs();
        this.journal = sources.journal();
        this.cards = cards;
        this.logs = sources.logs();
        this.rights = rights;
        this.runs = new RunList(journal.read(), cards);
        this.history = new HistoryQueries(journal, cards);
        this.audit = new AuditQueries(audit, cards);
        this.schedules = new ScheduleTable(sources.schedules(), cards, cards.outlook());
        this.digests = new DigestQueries(journal.read(), sources.schedules(), cards.clock());
        this.refusalLog = new RefusalLog(audit, cards.clock());
    }

    public Answer answer(String name, List<String> arguments, Caller caller) {
        return switch (name) {
            case "whoami" -> Answer.of(new WhoAmI(rights).of(caller));
            case "help" -> new CatalogueQueries(catalogs).help(arguments);
            case "audit" ->
                rights.refusal(caller, Permission.AUDIT, Target.EVERYTHING)
                        .map(d -> refused(caller, "audit", "", d))
                        .orElseGet(() -> audit.answer(arguments, catalogs.current()));
            case "deliveries", "delivery" ->
                rights.refusal(caller, Permission.AUDIT, Target.EVERYTHING)
                        .map(d -> refused(caller, name, "", d))
                        .orElseGet(() -> alerts.ledger(name, arguments));
            default ->
                rights.anywhere(caller, Permission.VIEW)
                        .map(d -> refused(caller, name, "", d))
                        .orElseGet(() -> look(name, arguments, caller));
        };
    }

    /** For those who may see something. */
    private Answer look(String name, List<String> arguments, Caller caller) {
        return switch (name) {
            case "status" -> status(arguments, caller);
            case "queue" -> queue(rights.visibleEnvironments(caller));
            case "runs" -> runs.answer(arguments, caller, rights.visibleEnvironments(caller), catalogs.current());
            case "compare" -> compare(arguments, caller);
            case "stats" -> history.stats(arguments, rights.visibleEnvironments(caller), catalogs.current());
            case "show" ->
                CommandWords.about("deployment", arguments)
                        .map(words -> deployments().one(words, d -> batch(d.batch(), d.toString(), caller)))
                        .or(() -> CommandWords.about("batch", arguments).map(words -> batch(words, caller)))
                        .orElseGet(() -> run(name, arguments, caller, this::show));
            case "deployments" -> deployments().list(arguments, rights.visibleEnvironments(caller), catalogs.current());
            case "logs" -> run(name, arguments, caller, run -> log(run, arguments.subList(1, arguments.size())));
            case "hosts" -> hosts(arguments, caller);
            case "env" -> environments(arguments, caller);
            case "host" -> environment(arguments.getLast(), caller, e -> new RegisteredHostQueries(cards::name).of(e));
            case "versions" -> versions(arguments, caller);
            case "locks" -> locks(caller);
            case "nodes" -> NodeTable.of(journal.read().nodes().all());
            case "schedule" -> schedules.answer(rights.visibleEnvironments(caller), catalogs.current());
            case "report" -> report(arguments, caller);
            case "alerts" -> alerts.open(rights.visibleEnvironments(caller));
            case "mutes" -> alerts.mutes();
            case "playbook" -> new CatalogueQueries(catalogs).playbook(arguments);
            default -> new CatalogueQueries(catalogs).playbooks();
        };
    }

    private DeploymentQueries deployments() {
        return new DeploymentQueries(journal.read(), cards);
    }

    /** {@code list}, or how it went until now. */
    private Answer report(List<String> arguments, Caller caller) {
        if (!arguments.isEmpty() && arguments.getFirst().equals("list")) {
            return schedules.reports(rights.visibleEnvironments(caller), catalogs.current());
        }
        return digests.now(arguments, rights.visibleEnvironments(caller), catalogs.current());
    }

    private Answer refused(Caller caller, String action, String subject, Reply.Denied denied) {
        refusalLog.note(caller, action, subject, denied);
        return Answer.refusal(denied.line(cards::called));
    }

    /** The environment with this name, or why it is not shown. */
    private Answer environment(String text, Caller caller, Function<Environment, Answer> then) {
        var catalog = catalogs.current();
        var found = catalog.environment(text);
        if (found.isEmpty()) {
            return EnvironmentQueries.none(catalog, rights.visibleEnvironments(caller), text);
        }
        return rights.refusal(caller, Permission.VIEW, Target.of(found.get().name()))
                .map(d -> refused(caller, VIEW, text, d))
                .orElseGet(() -> then.apply(found.get()));
    }

    /** The list, or the policy of one: who may see an environment may know what is agreed in it. */
    private Answer environments(List<String> arguments, Caller caller) {
        return arguments.isEmpty()
                ? EnvironmentQueries.list(catalogs.current(), rights.visibleEnvironments(caller))
                : policy(arguments.getFirst(), caller);
    }

    /** Also of one that is not used because of the mistakes in it. */
    private Answer policy(String text, Caller caller) {
        return catalogs.current()
                .broken(text)
                .filter(b -> rights.visibleEnvironments(caller).sees(b.name()))
                .map(EnvironmentQueries::policy)
                .orElseGet(() -> environment(text, caller, e -> EnvironmentQueries.policy(e.place())));
    }

    private Answer status(List<String> arguments, Caller caller) {
        if (arguments.isEmpty()) {
            var visible = rights.visibleEnvironments(caller);
            var blocks = catalogs.current().environments().values().stream()
                    .filter(e -> visible.sees(e.name()))
                    .flatMap(e -> table(e).stream())
                    .toList();
            return blocks.isEmpty()
                    ? Answer.refusal("there are no environments yet: create inventory/production/hosts.yml")
                    : Answer.of(new Message(blocks));
        }
        return environment(arguments.getFirst(), caller, e -> Answer.of(new Message(table(e))));
    }

    private List<Block> table(Environment environment) {
        return new StatusTable(cards.clock().instant())
                .blocks(environment, journal.read().statuses(environment.name()));
    }

    private Answer queue(VisibleEnvironments visible) {
        var running = seen(journal.read().running(), visible);
        var waiting = seen(journal.read().queue(), visible);
        var held = cards.held(visible::sees);
        if (running.isEmpty() && waiting.isEmpty()) {
            var blocks = new ArrayList<Block>();
            blocks.add(new Block.Title(held.isEmpty() ? Tone.GOOD : Tone.WAITING, "Queue is empty."));
            held.forEach(line -> blocks.add(new Block.Line(UntrustedText.line(line, 400))));
            return Answer.of(new Message(blocks));
        }
        var rows = Stream.concat(running.stream(), waiting.stream())
                .map(cards::row)
                .toList();
        var title = running.size() + " running, " + QueuePlaces.counts(waiting);
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.BUSY, title));
        held.forEach(line -> blocks.add(new Block.Line(UntrustedText.line(line, 400))));
        blocks.add(RunCards.runs(rows));
        new QueuePlaces(cards, journal.read())
                .of(waiting)
                .forEach(line -> blocks.add(new Block.Line(UntrustedText.line(line, 400))));
        return Answer.of(new Message(blocks));
    }

    private static List<Run> seen(List<Run> runs, VisibleEnvironments visible) {
        return runs.stream()
                .filter(r -> visible.sees(r.request().environment()))
                .toList();
    }

    private interface About {
        Answer of(Run run);
    }

    private Answer run(String name, List<String> arguments, Caller caller, About about) {
        var id = arguments.isEmpty()
                ? Optional.<dev.playcall.domain.name.RunId>empty()
                : CommandParser.runId(arguments.getFirst());
        if (id.isEmpty()) {
            return Answer.refusal("which run? For example: " + name + " 412");
        }
        return journal.read()
                .find(id.get())
                .map(r -> rights.refusal(caller, Permission.VIEW, r)
                        .map(d -> refused(caller, VIEW, r.id().toString(), d))
                        .orElseGet(() -> about.of(r)))
                .orElseGet(() -> Answer.refusal("there is no run " + id.get()));
    }

    private Answer compare(List<String> arguments, Caller caller) {
        return arguments.size() != 2
                ? Answer.refusal("which two runs? For example: compare 410 412")
                : run(
                        "compare",
                        arguments,
                        caller,
                        first -> run(
                                "compare", arguments.subList(1, 2), caller, second -> history.compare(first, second)));
    }

    /** For those who may see all of it. */
    private Answer batch(List<String> words, Caller caller) {
        var batch = CommandWords.number(words).flatMap(journal.read().batches()::find);
        if (batch.isEmpty()) {
            return Answer.refusal(
                    words.isEmpty()
                            ? "which batch? For example: show batch 3"
                            : "there is no batch " + UntrustedText.line(words.getFirst(), 20));
        }
        return batch(batch.get(), batch.get().toString(), caller);
    }

    private Answer batch(Batch batch, String called, Caller caller) {
        var refusal = journal.read().batches().runs(batch.id()).stream()
                .map(r -> rights.refusal(caller, Permission.VIEW, r))
                .flatMap(Optional::stream)
                .findFirst();
        return refusal.map(d -> refused(caller, VIEW, called, d)).orElseGet(() -> Answer.of(cards.batch(batch)));
    }

    private Answer show(Run run) {
        return Answer.about(run.id(), cards.details(run));
    }

    private Answer log(Run run, List<String> options) {
        Optional<String> host = Optional.empty();
        int lines = TAIL;
        for (int i = 0; i + 1 < options.size(); i += 2) {
            var value = options.get(i + 1);
            switch (options.get(i)) {
                case "--host" -> host = Optional.of(value);
                case "--tail" ->
                    lines = value.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(value), 1, LONGEST_TAIL) : 0;
                default -> lines = 0;
            }
        }
        if (lines == 0 || options.size() % 2 != 0) {
            return Answer.refusal("logs <run> [--host name] [--tail lines], as in logs "
                    + run.id().value() + " --tail 50");
        }
        var absent = host.flatMap(h -> absent(run, h));
        if (absent.isPresent()) {
            return Answer.refusal(absent.get());
        }
        var tail = logs.tail(run, lines, host);
        if (tail.isEmpty()) {
            return Answer.of(Message.line(
                    Tone.PLAIN,
                    AbsentLog.line(run, journal.read().nodes())
                            .orElseGet(
                                    () -> run.id() + " has no log" + (run.log().isEmpty() ? " yet" : " any more"))));
        }
        return Answer.of(Message.of(new Block.Code(String.join("\n", tail)), new Block.Line("logs/" + run.log())));
    }

    /** Without it a log of nothing but headings would look as if nothing had happened there. */
    private Optional<String> absent(Run run, String host) {
        var known = cards.hosts(run).stream().map(HostResult::host).toList();
        return known.isEmpty() || known.contains(host)
                ? Optional.empty()
                : Optional.of(UntrustedText.line(host, 60) + " was not in " + run.id()
                        + Suggestion.of(host, known)
                                .map(n -> "; did you mean " + n + "?")
                                .orElse("; its hosts: " + Truncate.of(String.join(", ", known), 200)));
    }

    /** The end of the log of a run. */
    public Answer log(RunId id, Caller caller) {
        return viewed(caller, () -> answer("logs", words(id), caller));
    }

    /** The end of the log of a run, with the whole log as a file where it still exists. */
    public Answer fullLog(RunId id, Caller caller) {
        return viewed(
                caller,
                () -> run(
                        "logs",
                        words(id),
                        caller,
                        r -> logs.file(r)
                                .map(f -> log(r, List.of("--tail", "100")).with(f))
                                .orElseGet(() -> log(r, List.of()))));
    }

    /** Everything known about a run. */
    public Answer details(RunId id, Caller caller) {
        return viewed(caller, () -> run("show", words(id), caller, r -> Answer.about(r.id(), cards.details(r))));
    }

    private static List<String> words(RunId id) {
        return List.of(Long.toString(id.value()));
    }

    private Answer viewed(Caller caller, Supplier<Answer> answer) {
        return rights.anywhere(caller, Permission.VIEW)
                .map(denied -> refused(caller, VIEW, "", denied))
                .orElseGet(answer);
    }

    /** What this person may see of environments, runs, approvals and alerts, and what they can do about it. */
    public Message home(Caller caller) {
        var denied = rights.anywhere(caller, Permission.VIEW);
        if (denied.isPresent()) {
            return refused(caller, VIEW, "", denied.get()).message();
        }
        return new OperationsBoard(catalogs.current(), journal.read(), cards, rights, alerts).of(caller);
    }

    private Answer hosts(List<String> arguments, Caller caller) {
        if (arguments.isEmpty()) {
            return Answer.refusal("which environment? For example: hosts production");
        }
        return environment(
                arguments.getFirst(),
                caller,
                e -> new CatalogueQueries(catalogs)
                        .hosts(
                                e,
                                arguments.subList(1, arguments.size()),
                                cards.clock().instant()));
    }

    private Answer versions(List<String> arguments, Caller caller) {
        return arguments.isEmpty()
                ? Answer.refusal("which environment? For example: versions production")
                : environment(
                        arguments.getFirst(),
                        caller,
                        e -> new VersionQueries(journal.read(), cards.clock().instant()).of(e));
    }

    private Answer locks(Caller caller) {
        var closed = cards.closed(rights.visibleEnvironments(caller)::sees);
        if (closed.isEmpty()) {
            return Answer.of(Message.line(Tone.GOOD, "No locks or freeze windows."));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.WAITING, closed.size() == 1 ? "1 lock" : closed.size() + " locks"));
        closed.forEach(line -> blocks.add(new Block.Line(UntrustedText.line(line, 400))));
        return Answer.of(new Message(blocks));
    }

    /** What questions in a chat are answered from. */
    public record QuerySources(
            Catalogs catalogs, RunJournal journal, LogReader logs, ScheduleStore schedules, Alerts alerts) {}
}
