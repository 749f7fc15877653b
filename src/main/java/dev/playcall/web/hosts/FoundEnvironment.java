package dev.playcall.web.hosts;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.util.Optional;

/** The environment of an address, for those who may administer it: variables may hold what is not for everybody. */
record FoundEnvironment(Catalogs catalogs, RequestAuth requestAuth) {
    Environment of(Context ctx) {
        var name = ctx.pathParam("env");
        requestAuth.onEnvironment(ctx, Permission.ADMIN, name);
        return named(name);
    }

    /** The same for those who may look at it: its hosts and groups are no secret to them. */
    Environment visible(Context ctx) {
        requestAuth.admit(ctx);
        var environment = named(ctx.pathParam("env"));
        requestAuth.admit(ctx, environment.name());
        return environment;
    }

    private Environment named(String name) {
        return Optional.of(name)
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)))
                .orElseThrow(() -> ProblemException.notFound("environment not found"));
    }
}
