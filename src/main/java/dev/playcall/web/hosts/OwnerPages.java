package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.VariableValue;
import dev.playcall.command.HostCommand.EditHosts;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.domain.name.Operation;
import dev.playcall.web.hosts.OwnerView.Other;
import dev.playcall.web.hosts.OwnerView.Variable;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.RunButtons;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One host or one group: tags, variables where they are written, and ping. */
final class OwnerPages {
    private static final String HOST = "/inventory/{env}/hosts/{host}";
    private static final String GROUP = "/inventory/{env}/groups/{group}";
    private static final Set<String> ALWAYS = Set.of("all", "ungrouped");

    private final Editing editing;

    OwnerPages(Editing editing) {
        this.editing = editing;
    }

    void register(RoutesConfig routes) {
        routes.get(HOST, ctx -> open(ctx, host(ctx)));
        routes.post(HOST + "/variables", ctx -> variable(ctx, host(ctx)));
        routes.post(HOST + "/tag", ctx -> tag(ctx, true));
        routes.post(HOST + "/untag", ctx -> tag(ctx, false));
        routes.post(
                HOST + "/remove",
                ctx -> change(ctx, host(ctx), "remove", new HostChange.Remove(ctx.pathParam("host")), ""));
        routes.get(GROUP, ctx -> open(ctx, group(ctx)));
        routes.post(GROUP + "/variables", ctx -> variable(ctx, group(ctx)));
        routes.post(GROUP + "/rename", ctx -> {
            var to = Editing.field(ctx, "name");
            change(
                    ctx,
                    group(ctx),
                    "rename",
                    new HostChange.RenameGroup(ctx.pathParam("group"), to),
                    "/groups/" + RunButtons.encoded(to));
        });
        routes.post(
                GROUP + "/remove",
                ctx -> change(ctx, group(ctx), "remove", new HostChange.RemoveGroup(ctx.pathParam("group")), ""));
    }

    private static VariableOwner host(Context ctx) {
        return VariableOwner.host(ctx.pathParam("host"));
    }

    private static VariableOwner group(Context ctx) {
        return VariableOwner.group(ctx.pathParam("group"));
    }

    private static boolean isHost(VariableOwner owner) {
        return owner.kind() == VariableOwner.Kind.HOST;
    }

    static String path(Environment environment, VariableOwner owner) {
        return isHost(owner) ? Editing.host(environment, owner.name()) : Editing.group(environment, owner.name());
    }

    private void open(Context ctx, VariableOwner owner) throws IOException {
        var form = Params.text(ctx, "set")
                .map(n -> SentForm.begun("variable", "name", n))
                .orElse(SentForm.NONE);
        show(ctx, 200, editing.web().requestAuth().environment(ctx), owner, form);
    }

    private void show(Context ctx, int status, Environment environment, VariableOwner owner, SentForm form)
            throws IOException {
        boolean there =
                isHost(owner) ? environment.hosts().contains(owner.name()) : VariableRoutes.isThere(environment, owner);
        if (!there) {
            throw ProblemException.notFound(
                    "there is no " + (isHost(owner) ? "host " : "") + owner + " in " + environment.name());
        }
        editing.show(ctx, status, "hosts/owner.jte", view(ctx, environment, owner, form));
    }

    private OwnerView view(Context ctx, Environment environment, VariableOwner owner, SentForm form)
            throws IOException {
        boolean registered = isHost(owner) && !environment.isInFile(owner.name());
        boolean reads = editing.mayRead(ctx, environment);
        boolean edits = editing.mayEdit(ctx, environment) && !registered;
        var problem = "";
        var variables = List.<Variable>of();
        var inherited = List.<Variable>of();
        try {
            variables = reads && !registered ? OwnerVariables.of(environment, owner) : List.of();
            inherited = reads && isHost(owner) ? OwnerVariables.inherited(environment, owner) : List.of();
        } catch (RefusedException e) {
            problem = e.why();
        }
        return new OwnerView(
                environment.name().value(),
                Editing.page(environment),
                owner.name(),
                path(environment, owner),
                isHost(owner)
                        ? Optional.of(HostNow.of(editing.web(), ctx, environment, owner.name()))
                        : Optional.empty(),
                others(environment, owner),
                environment.groups().keySet().stream().toList(),
                variables,
                inherited,
                problem,
                registered,
                ping(ctx, environment, owner),
                edits && !ALWAYS.contains(owner.name()) ? List.of(remove(environment, owner)) : List.of(),
                reads,
                edits,
                editing.why(),
                form);
    }

    private static List<Other> others(Environment environment, VariableOwner owner) {
        var groups = environment.groups();
        if (isHost(owner)) {
            return groups.entrySet().stream()
                    .filter(g -> g.getValue().contains(owner.name()))
                    .map(g -> new Other(g.getKey(), Editing.group(environment, g.getKey())))
                    .toList();
        }
        var hosts = owner.name().equals("all") ? environment.hosts() : groups.getOrDefault(owner.name(), List.of());
        return hosts.stream()
                .map(h -> new Other(h, Editing.host(environment, h)))
                .toList();
    }

    private List<ActionButton> ping(Context ctx, Environment environment, VariableOwner owner) {
        var catalog = editing.web().catalogs().current();
        var limit = owner.name().equals("all") ? "" : owner.name();
        return catalog.operation(Operation.PING).isPresent() && !owner.name().equals("ungrouped")
                ? List.of(editing.buttons(ctx).now("Ping", Operation.PING, environment.name(), limit))
                : List.of();
    }

    private static ActionForm remove(Environment environment, VariableOwner owner) {
        var ask = isHost(owner)
                ? "Remove the host " + owner.name() + " from " + environment.name() + "?"
                : "Remove the group " + owner.name() + " from " + environment.name() + "? It must be empty.";
        return new ActionForm("Remove", path(environment, owner) + "/remove", "danger", ask, "");
    }

    private void tag(Context ctx, boolean on) throws IOException {
        var host = ctx.pathParam("host");
        var group = Editing.field(ctx, "group");
        var to = "/hosts/" + RunButtons.encoded(host);
        change(ctx, host(ctx), "tag", on ? new HostChange.Tag(host, group) : new HostChange.Untag(host, group), to);
    }

    private void variable(Context ctx, VariableOwner owner) throws IOException {
        var name = Editing.field(ctx, "name");
        var set = new TreeMap<String, Object>();
        var unset = new TreeSet<String>();
        if (Editing.field(ctx, "do").equals("unset")) {
            unset.add(name);
        } else {
            set.put(name, typed(Editing.field(ctx, "value")));
        }
        var to = (isHost(owner) ? "/hosts/" : "/groups/") + RunButtons.encoded(owner.name());
        change(ctx, owner, "variable", new HostChange.ChangeVariables(owner, set, unset), to);
    }

    /** A list, mapping or text in JSON is that, as in a command. */
    static Object typed(String text) {
        boolean json = !text.isEmpty() && "[{\"".indexOf(text.charAt(0)) >= 0;
        return json ? JsonBodies.value(text).orElse(text) : VariableValue.typed(text);
    }

    /** @param to where it leads when it was done, below the page of the environment */
    private void change(Context ctx, VariableOwner owner, String form, HostChange change, String to)
            throws IOException {
        var environment = editing.found().of(ctx);
        var results =
                Results.of(editing.handle(ctx, new EditHosts(environment.name().value(), change)));
        if (results.isGood()) {
            editing.lead(ctx, results, Editing.page(environment) + to);
        } else {
            show(ctx, results.status(), environment, owner, SentForm.of(ctx, form, results.text()));
        }
    }
}
