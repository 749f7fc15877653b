package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.HostCommand.EditHosts;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.name.Operation;
import dev.playcall.web.hosts.HostsFeature.PastedHosts;
import dev.playcall.web.hosts.HostsView.Host;
import dev.playcall.web.hosts.HostsView.Link;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One environment as its hosts and groups: looked at and pinged by those who may, changed by its admins. */
final class HostsPage {
    private static final int ROWS = 300;
    private static final String ONE = "/inventory/{env}";

    private final Editing editing;
    private final InventoryFiles files;
    private final PastedHosts table;

    HostsPage(Editing editing, InventoryFiles files, PastedHosts table) {
        this.editing = editing;
        this.files = files;
        this.table = table;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, ctx -> show(ctx, 200, editing.web().requestAuth().environment(ctx), SentForm.NONE));
        routes.post(ONE + "/hosts", ctx -> {
            var address = Editing.field(ctx, "address");
            var group = Editing.field(ctx, "group");
            change(
                    ctx,
                    "host",
                    new HostChange.Add(
                            Editing.field(ctx, "host"),
                            group.isEmpty() ? "all" : group,
                            address.isEmpty() ? Map.of() : Map.of("ansible_host", address)));
        });
        routes.post(ONE + "/groups", ctx -> change(ctx, "group", new HostChange.AddGroup(Editing.field(ctx, "group"))));
        routes.post(ONE + "/import", this::importTable);
        routes.post(ONE + "/ping", this::ping);
        routes.post(ONE + "/refresh", this::refresh);
    }

    private void show(Context ctx, int status, Environment environment, SentForm form) throws IOException {
        editing.show(ctx, status, "hosts/hosts.jte", view(ctx, environment, form));
    }

    private HostsView view(Context ctx, Environment environment, SentForm form) throws IOException {
        var find = Params.text(ctx, "host").orElse("");
        var found = environment.hosts().stream()
                .filter(h -> h.toLowerCase(Locale.ROOT).contains(find.toLowerCase(Locale.ROOT)))
                .toList();
        var groups = environment.groups();
        var chosen = List.of(form.value("ping", "target").split(","));
        var hosts = found.stream()
                .limit(ROWS)
                .map(h -> new Host(
                        h,
                        Editing.host(environment, h),
                        groups.entrySet().stream()
                                .filter(g -> g.getValue().contains(h))
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(", ")),
                        !environment.isInFile(h),
                        chosen.contains(h)))
                .toList();
        var buttons = editing.buttons(ctx);
        var acts = List.of(
                buttons.now("Ping all", Operation.PING, environment.name(), ""),
                buttons.form("Run a module", Operation.ADHOC, environment.name(), "", ""));
        return new HostsView(
                environment.name().value(),
                Editing.page(environment),
                environment
                        .fetched()
                        .map(f -> f.age(editing.web().clock().instant()))
                        .orElse(""),
                find,
                hosts,
                environment.hosts().size(),
                found.size() - hosts.size(),
                groups.entrySet().stream()
                        .map(g -> new Link(
                                g.getKey(),
                                Editing.group(environment, g.getKey()),
                                g.getValue().size()))
                        .toList(),
                acts,
                editing.mayRead(ctx, environment) ? files(environment) : List.of(),
                editing.mayEdit(ctx, environment),
                editing.mayRegister(ctx, environment),
                editing.mayWrite(ctx),
                editing.why(),
                form);
    }

    private List<Link> files(Environment environment) throws IOException {
        return files.names(environment).stream()
                .map(f -> new Link(f, Editing.file(environment, f), 0))
                .toList();
    }

    private void change(Context ctx, String form, HostChange change) throws IOException {
        var environment = editing.found().of(ctx);
        var results =
                Results.of(editing.handle(ctx, new EditHosts(environment.name().value(), change)));
        answer(ctx, form, environment, results);
    }

    private void importTable(Context ctx) throws IOException {
        var environment = editing.web().requestAuth().environment(ctx);
        try {
            var command = table.read(environment.name().value(), table(ctx));
            answer(ctx, "import", environment, Results.of(editing.handle(ctx, command)));
        } catch (ProblemException e) {
            show(ctx, 422, environment, SentForm.of(ctx, "import", e.detail()));
        }
    }

    /** The file that was chosen, or the text that was pasted. */
    private static String table(Context ctx) {
        var pasted = Editing.field(ctx, "table");
        var file = Forms.file(ctx, "file");
        if (file.isPresent() && !pasted.isBlank()) {
            throw ProblemException.badRequest("table", "choose a file or paste a table, not both");
        }
        if (file.isEmpty() && pasted.isBlank()) {
            throw ProblemException.badRequest("table", "choose a file, or paste a table");
        }
        return file.orElse(pasted);
    }

    private void refresh(Context ctx) throws IOException {
        var environment = editing.found().of(ctx);
        var command = new ContentCommand.RefreshInventory(environment.name().value());
        answer(ctx, "refresh", environment, Results.of(editing.handle(ctx, command)));
    }

    private void answer(Context ctx, String form, Environment environment, Results results) throws IOException {
        if (results.isGood()) {
            editing.lead(ctx, results, Editing.page(environment));
        } else {
            show(ctx, results.status(), environment, SentForm.of(ctx, form, results.text()));
        }
    }

    /** Those that are ticked; with none, all would be pinged, which nobody asked for. */
    private void ping(Context ctx) throws IOException {
        var environment = editing.web().requestAuth().environment(ctx);
        var targets = Forms.texts(ctx, "target");
        if (targets.isEmpty()) {
            show(ctx, 422, environment, SentForm.of(ctx, "ping", "Select at least one host to ping."));
            return;
        }
        var command = new StartCommand(
                Operation.PING.value(),
                environment.name().value(),
                Optional.empty(),
                String.join(",", targets),
                List.of(),
                false,
                false,
                Map.of(),
                "",
                "");
        var reply = editing.handle(ctx, command);
        var results = Results.of(reply);
        if (reply instanceof Reply.Accepted(var run)) {
            editing.lead(ctx, results, "/runs/" + run.id().value());
        } else {
            show(ctx, results.status(), environment, SentForm.of(ctx, "ping", results.text()));
        }
    }
}
