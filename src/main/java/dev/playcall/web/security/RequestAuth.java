package dev.playcall.web.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.command.Caller;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.schedule.Schedule;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.IdempotencyKey;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebCaller;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who looks, and what of it they may see. */
public final class RequestAuth {
    private final SecurityFilter securityFilter;
    private final Rights rights;
    private final Catalogs catalogs;
    private final EventStore store;
    private final RefusalLog refusalLog;

    public RequestAuth(
            SecurityFilter securityFilter, Rights rights, Catalogs catalogs, EventStore store, RefusalLog refusalLog) {
        this.securityFilter = securityFilter;
        this.rights = rights;
        this.catalogs = catalogs;
        this.store = store;
        this.refusalLog = refusalLog;
    }

    /** What decides who may do what. */
    public Rights rights() {
        return rights;
    }

    public WebCaller webCaller(Context ctx) {
        return securityFilter.webCaller(ctx);
    }

    /** Whether this user may still be here: for what goes on long after it was asked for. */
    public boolean isWelcome(WebCaller webCaller) {
        return securityFilter.isWelcome(webCaller);
    }

    public Caller caller(Context ctx, Optional<String> key) {
        var person = securityFilter.person(ctx);
        var name = key.map(k -> IdempotencyKey.of(ctx, person, k).name());
        return new Caller(person, new Origin("api", name));
    }

    private Caller caller(Context ctx) {
        return caller(ctx, Optional.empty());
    }

    public VisibleEnvironments visibleEnvironments(Context ctx) {
        return rights.visibleEnvironments(caller(ctx));
    }

    /** Refuses those who may not look at anything. */
    public void admit(Context ctx) {
        var caller = caller(ctx);
        rights.anywhere(caller, Permission.VIEW).ifPresent(d -> refuse(caller, Permission.VIEW, "", d));
    }

    /** Refuses those who may not do this to everything. */
    public void admit(Context ctx, Permission permission) {
        var caller = caller(ctx);
        rights.refusal(caller, permission, Target.EVERYTHING).ifPresent(d -> refuse(caller, permission, "", d));
    }

    /** Refuses those who may not do this to anything at all. */
    public void admitAnywhere(Context ctx, Permission permission) {
        var caller = caller(ctx);
        rights.anywhere(caller, permission).ifPresent(d -> refuse(caller, permission, "", d));
    }

    public boolean mayAnywhere(Context ctx, Permission permission) {
        return rights.anywhere(caller(ctx), permission).isEmpty();
    }

    public void admit(Context ctx, EnvironmentName environment) {
        var caller = caller(ctx);
        rights.refusal(caller, Permission.VIEW, Target.of(environment))
                .ifPresent(d -> refuse(caller, Permission.VIEW, environment.value(), d));
    }

    /** The run of the address, for those who may see it. */
    public Run run(Context ctx) {
        return run(ctx, "id");
    }

    /** @param name of the part of the address */
    public Run run(Context ctx, String name) {
        admit(ctx);
        var id = Params.run(ctx, name);
        var run = store.find(id).orElseThrow(() -> ProblemException.notFound("there is no run " + id));
        admit(ctx, run.request().environment());
        return run;
    }

    public RunId id(Context ctx) {
        return run(ctx).id();
    }

    /** The one environment that is asked about, or all that this person may see; empty for every one there ever was. */
    public Optional<Set<String>> environments(Context ctx, Optional<String> asked) {
        asked.ifPresent(e -> admit(
                ctx,
                asked.filter(EnvironmentName::isValid)
                        .map(EnvironmentName::new)
                        .orElseThrow(() -> ProblemException.badRequest(
                                "environment", "\"" + e + "\" is not the name of an environment"))));
        return asked.map(Set::of)
                .or(() -> visibleEnvironments(ctx)
                        .narrowed(catalogs.current().environments().keySet()));
    }

    /** The list without what this person may not see. */
    public RunQuery narrowed(Context ctx, RunQuery query) {
        admit(ctx);
        return query.within(visibleEnvironments(ctx)
                .narrowed(catalogs.current().environments().keySet()));
    }

    /** Why this user may not start this, empty when they may; nothing is recorded, because nothing was tried. */
    String whyNot(Context ctx, StartCommand command) {
        return rights.refusal(caller(ctx), command, catalogs.current())
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Why this user may not do this to this run, empty when they may. */
    public String whyNot(Context ctx, Permission permission, Run run) {
        var caller = caller(ctx);
        var denied = permission == Permission.APPROVE
                ? rights.approving(caller, run)
                : rights.refusal(caller, permission, run);
        return denied.map(Reply.Denied::line).orElse("");
    }

    /** Why this user may not change this schedule so, empty when they may. */
    public String whyNot(Context ctx, Schedule schedule, How how) {
        return rights.changing(caller(ctx), schedule, how)
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Refuses those who may not change this schedule so; who may not see it is not told that it is there. */
    public void admit(Context ctx, Schedule schedule, How how) {
        var caller = caller(ctx);
        boolean own = rights.people().same(schedule.owner(), caller.person());
        if (!own
                && rights.refusal(caller, Permission.VIEW, Rights.target(schedule))
                        .isPresent()) {
            admit(ctx);
            throw ProblemException.notFound("there is no schedule " + schedule.id());
        }
        rights.changing(caller, schedule, how)
                .ifPresent(d -> refuse(caller, Permission.CANCEL, "schedule " + schedule.id(), d));
    }

    /** Why this user may not do this to everything, empty when they may. */
    public String whyNot(Context ctx, Permission permission) {
        return rights.refusal(caller(ctx), permission, Target.EVERYTHING)
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Why this user may not do this in this environment, empty when they may. */
    public String whyNot(Context ctx, Permission permission, EnvironmentName environment) {
        return rights.refusal(caller(ctx), permission, Target.of(environment))
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Why this user may do this to nothing at all, empty when they may somewhere. */
    public String whyNotAnywhere(Context ctx, Permission permission) {
        return rights.anywhere(caller(ctx), permission).map(Reply.Denied::line).orElse("");
    }

    /** Why this user may not take care of alerts of this environment, or of none, empty when they may. */
    public String whyNotCare(Context ctx, Optional<EnvironmentName> environment) {
        return rights.caring(caller(ctx), environment).map(Reply.Denied::line).orElse("");
    }

    /** Who may approve this run: persons, groups and channels as the configuration has them. */
    public List<String> approvers(Run run) {
        return rights.approvers(run);
    }

    /** Whether this user may do this to everything. */
    public boolean may(Context ctx, Permission permission) {
        return rights.refusal(caller(ctx), permission, Target.EVERYTHING).isEmpty();
    }

    /** Whether this user may do this in this environment. */
    public boolean may(Context ctx, Permission permission, EnvironmentName environment) {
        return rights.refusal(caller(ctx), permission, Target.of(environment)).isEmpty();
    }

    /** The right of a route for those who may do this to anything at all. */
    public Handler anywhere(Permission permission) {
        return ctx -> admitAnywhere(ctx, permission);
    }

    /** The right of a route for those who may do this to everything. */
    public Handler everywhere(Permission permission) {
        return ctx -> admit(ctx, permission);
    }

    /** The right of a route about the run of the address. */
    public Handler onRun(Permission permission) {
        return ctx -> {
            var run = Optional.of(ctx.pathParam("id"))
                    .filter(Params::isNumber)
                    .flatMap(id -> store.find(new RunId(Long.parseLong(id))));
            if (run.isPresent()) {
                admit(ctx, permission, List.of(run.get()));
            } else {
                admit(ctx);
            }
        };
    }

    /** The right of a route about the batch of the address; whoever may do it to one of its runs may ask. */
    public Handler onBatch(Permission permission) {
        return ctx -> {
            var runs = Optional.of(ctx.pathParam("id"))
                    .filter(Params::isNumber)
                    .map(id -> store.batches().runs(Long.parseLong(id)))
                    .orElse(List.of());
            admit(ctx, permission, runs);
        };
    }

    /** Whoever may do this to one of these runs; whoever came in at all where there are none. */
    public void admit(Context ctx, Permission permission, List<Run> runs) {
        if (runs.isEmpty()) {
            admit(ctx);
            return;
        }
        var caller = caller(ctx);
        var denied =
                runs.stream().map(r -> rights.refusal(caller, permission, r)).toList();
        if (denied.stream().allMatch(Optional::isPresent)) {
            refuse(
                    caller,
                    permission,
                    runs.getFirst().id().toString(),
                    denied.getFirst().orElseThrow());
        }
    }

    /**
     * The environment of an address, for those who may look at it.
     *
     * @throws ProblemException with 404 when there is none, or 403
     */
    public Environment environment(Context ctx) {
        admit(ctx);
        var found = catalogs.current()
                .environment(ctx.pathParam("env"))
                .orElseThrow(() -> ProblemException.notFound("environment not found"));
        admit(ctx, found.name());
        return found;
    }

    /** The same for one whose policy may have mistakes. */
    public Environment.Folder environmentFolder(Context ctx) {
        admit(ctx);
        var found = catalogs.current()
                .folder(ctx.pathParam("env"))
                .orElseThrow(() -> ProblemException.notFound("environment not found"));
        admit(ctx, found.name());
        return found;
    }

    /** The right of a route about the environment of the address. */
    public Handler onEnvironment(Permission permission) {
        return ctx -> onEnvironment(ctx, permission, ctx.pathParam("env"));
    }

    public void onEnvironment(Context ctx, Permission permission, String name) {
        var environment = catalogs.current().environment(name).map(Environment::name);
        if (environment.isEmpty()) {
            admitAnywhere(ctx, permission);
            return;
        }
        var caller = caller(ctx);
        rights.refusal(caller, permission, Target.of(environment.get()))
                .ifPresent(d -> refuse(caller, permission, name, d));
    }

    /** The right of a route that starts what its body says, as far as that can be read. */
    public void onStart(Context ctx) {
        admitAnywhere(ctx, Permission.START);
        var body = readable(ctx);
        var operation = body.path("operation").asText();
        var environments = Stream.concat(
                        Stream.of(body.path("environment")),
                        body.path("environments").valueStream())
                .map(JsonNode::asText)
                .filter(e -> !e.isEmpty())
                .toList();
        var caller = caller(ctx);
        var denied = environments.stream()
                .map(e -> rights.refusal(caller, StartCommand.of(operation, e), catalogs.current()))
                .toList();
        if (!denied.isEmpty() && denied.stream().allMatch(Optional::isPresent)) {
            var subject = operation + " " + environments.getFirst();
            refuse(caller, Permission.START, subject, denied.getFirst().orElseThrow());
        }
    }

    /** What is wrong with the body is said by whoever needs it. */
    private static JsonNode readable(Context ctx) {
        try {
            return JsonBodies.body(ctx);
        } catch (JsonProcessingException | ProblemException | HttpResponseException e) {
            return JsonBodies.object();
        }
    }

    private void refuse(Caller caller, Permission permission, String subject, Reply.Denied denied) {
        refusalLog.note(caller, permission.word(), subject, denied);
        throw new ProblemException(403, denied.line(), Optional.empty());
    }
}
