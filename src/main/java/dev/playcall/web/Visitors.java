package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.Permission;
import dev.playcall.security.Sight;
import dev.playcall.security.Target;
import io.javalin.http.Context;
import java.util.Optional;

/** Who looks, and what of it they may see. */
final class Visitors {
    private final Gate gate;
    private final Rights rights;
    private final Catalogs catalogs;
    private final EventStore store;

    Visitors(Gate gate, Rights rights, Catalogs catalogs, EventStore store) {
        this.gate = gate;
        this.rights = rights;
        this.catalogs = catalogs;
        this.store = store;
    }

    Visitor visitor(Context ctx) {
        return gate.visitor(ctx);
    }

    /** Whether this visitor may still be here: for what goes on long after it was asked for. */
    boolean isWelcome(Visitor visitor) {
        return gate.isWelcome(visitor);
    }

    Caller caller(Context ctx, Optional<String> key) {
        return new Caller(gate.person(ctx), new Origin("api", key));
    }

    private Caller caller(Context ctx) {
        return caller(ctx, Optional.empty());
    }

    Sight sight(Context ctx) {
        return rights.sight(caller(ctx));
    }

    /** Refuses those who may not look at anything. */
    void admit(Context ctx) {
        rights.anywhere(caller(ctx), Permission.VIEW).ifPresent(Visitors::refuse);
    }

    /** Refuses those who may not do this to everything. */
    void admit(Context ctx, Permission permission) {
        rights.refusal(caller(ctx), permission, Target.EVERYTHING).ifPresent(Visitors::refuse);
    }

    void admit(Context ctx, EnvironmentName environment) {
        rights.refusal(caller(ctx), Permission.VIEW, Target.of(environment)).ifPresent(Visitors::refuse);
    }

    /** The run of the address, for those who may see it. */
    Run run(Context ctx) {
        admit(ctx);
        var id = Params.run(ctx);
        var run = store.find(id).orElseThrow(() -> ProblemException.notFound("there is no run " + id));
        admit(ctx, run.request().environment());
        return run;
    }

    RunId id(Context ctx) {
        return run(ctx).id();
    }

    /** The list without what this person may not see. */
    RunQuery narrowed(Context ctx, RunQuery query) {
        admit(ctx);
        return query.within(
                sight(ctx).narrowed(catalogs.current().environments().keySet()));
    }

    private static void refuse(Reply.Denied denied) {
        throw new ProblemException(403, denied.line(), Optional.empty());
    }
}
