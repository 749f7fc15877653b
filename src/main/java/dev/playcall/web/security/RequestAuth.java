package dev.playcall.web.security;

import dev.playcall.catalog.Catalogs;
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
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Visitor;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

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

    public Visitor visitor(Context ctx) {
        return securityFilter.visitor(ctx);
    }

    /** Whether this visitor may still be here: for what goes on long after it was asked for. */
    public boolean isWelcome(Visitor visitor) {
        return securityFilter.isWelcome(visitor);
    }

    public Caller caller(Context ctx, Optional<String> key) {
        var person = securityFilter.person(ctx);
        var name = key.map(k -> IdempotencyKey.of(ctx, person, k).name());
        return new Caller(person, new Origin("api", name));
    }

    private Caller caller(Context ctx) {
        return caller(ctx, Optional.empty());
    }

    public VisibleEnvironments sight(Context ctx) {
        return rights.sight(caller(ctx));
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
                .or(() -> sight(ctx).narrowed(catalogs.current().environments().keySet()));
    }

    /** The list without what this person may not see. */
    public RunQuery narrowed(Context ctx, RunQuery query) {
        admit(ctx);
        return query.within(
                sight(ctx).narrowed(catalogs.current().environments().keySet()));
    }

    /** Why this visitor may not start this, empty when they may; nothing is recorded, because nothing was tried. */
    String whyNot(Context ctx, StartCommand command) {
        return rights.refusal(caller(ctx), command, catalogs.current())
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Why this visitor may not do this to this run, empty when they may. */
    public String whyNot(Context ctx, Permission permission, Run run) {
        var caller = caller(ctx);
        var denied = permission == Permission.APPROVE
                ? rights.approving(caller, run)
                : rights.refusal(caller, permission, run);
        return denied.map(Reply.Denied::line).orElse("");
    }

    /** Why this visitor may not change this schedule so, empty when they may. */
    public String whyNot(Context ctx, Schedule schedule, How how) {
        return rights.changing(caller(ctx), schedule, how)
                .map(Reply.Denied::line)
                .orElse("");
    }

    /** Whether this visitor may do this to everything. */
    public boolean may(Context ctx, Permission permission) {
        return rights.refusal(caller(ctx), permission, Target.EVERYTHING).isEmpty();
    }

    private void refuse(Caller caller, Permission permission, String subject, Reply.Denied denied) {
        refusalLog.note(caller, permission.word(), subject, denied);
        throw new ProblemException(403, denied.line(), Optional.empty());
    }
}
