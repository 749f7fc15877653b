package dev.playcall.web.hosts;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;

/** The environment of an address, for those who may administer it: variables may hold what is not for everybody. */
record FoundEnvironment(Catalogs catalogs, RequestAuth requestAuth) {
    Environment of(Context ctx) {
        var name = ctx.pathParam("env");
        requestAuth.onEnvironment(ctx, Permission.ADMIN, name);
        return named(name);
    }

    private Environment named(String name) {
        return catalogs.current()
                .environment(name)
                .orElseThrow(() -> ProblemException.notFound("environment not found"));
    }
}
