package dev.playcall.web.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.Access.Reach;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grant;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Principal;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.Optional;

/** Who asks, and what they may do: what {@code whoami} says, for programs. */
record WhoAmIRoutes(RequestAuth requestAuth) {

    void register(RoutesConfig routes) {
        new Api(routes, requestAuth::admit).get("/api/v1/whoami", Api.ANYBODY, this::whoAmI);
    }

    private void whoAmI(Context ctx) {
        var caller = requestAuth.caller(ctx, Optional.empty());
        var rights = requestAuth.rights();
        var who = caller.principal();
        var node = JsonBodies.object()
                .put("person", caller.person().value())
                .put("channel", who.channel())
                .put("everyone_has_full_access", rights.authorizer().isOpen());
        texts(
                node,
                "identities",
                rights.people().identities(caller.person()).stream()
                        .map(Person::value)
                        .toList());
        texts(node, "groups", who.groups());
        rights.authorizer().delegate(caller.person()).ifPresent(d -> {
            node.put("acts_for", d.owner().value());
            texts(node, "scopes", d.permissions().stream().map(Permission::word).toList());
        });
        var grants = node.putArray("grants");
        if (!rights.authorizer().isOpen()) {
            rights.authorizer().held(who).stream()
                    .map(g -> json(g, who))
                    .distinct()
                    .forEach(grants::add);
        }
        JsonBodies.send(ctx, node);
    }

    private static ObjectNode json(Grant grant, Principal who) {
        var node = JsonBodies.object();
        texts(
                node,
                "permissions",
                grant.permissions().stream().map(Permission::word).toList());
        texts(node, "operations", grant.limits(Reach::operations));
        texts(node, "environments", grant.limits(Reach::environments));
        texts(node, "playbooks", grant.limits(Reach::playbooks));
        return node.put("because", grant.because(who));
    }

    private static void texts(ObjectNode node, String name, Collection<String> all) {
        var array = node.putArray(name);
        all.stream().sorted().forEach(array::add);
    }
}
