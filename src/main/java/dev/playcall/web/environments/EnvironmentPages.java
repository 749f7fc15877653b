package dev.playcall.web.environments;

import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.command.EnvironmentCommand;
import dev.playcall.command.EnvironmentCommand.ArchiveEnvironment;
import dev.playcall.command.EnvironmentCommand.CreateEnvironment;
import dev.playcall.command.EnvironmentCommand.RenameEnvironment;
import dev.playcall.command.EnvironmentCommand.RestoreEnvironment;
import dev.playcall.command.Reply;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The list of environments and what is done to one as a whole. */
final class EnvironmentPages {
    private static final String LIST = "/environments";
    private static final String NEW = "/new-environment";

    private final WebContext web;
    private final EnvironmentFiles files;
    private final Supplier<Optional<String>> elsewhere;

    EnvironmentPages(WebContext web, EnvironmentFiles files, Supplier<Optional<String>> elsewhere) {
        this.web = web;
        this.files = files;
        this.elsewhere = elsewhere;
    }

    void register(RoutesConfig routes) {
        routes.get(LIST, this::list);
        routes.get(NEW, ctx -> {
            web.requestAuth().admit(ctx, Permission.ADMIN);
            form(ctx, 200, "", "", "", "", "");
        });
        routes.post(NEW, this::create);
        routes.post(LIST + "/{env}/rename", this::rename);
        routes.post(LIST + "/{env}/archive", ctx -> act(ctx, new ArchiveEnvironment(ctx.pathParam("env")), LIST));
        routes.post(LIST + "/{env}/restore", ctx -> act(ctx, new RestoreEnvironment(ctx.pathParam("env")), LIST));
    }

    private void list(Context ctx) throws IOException {
        var requestAuth = web.requestAuth();
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var catalog = web.catalogs().current();
        boolean admin = requestAuth.may(ctx, Permission.ADMIN);
        var rows = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .map(e -> new EnvironmentsView.Row(
                        e.name().value(),
                        e.hosts().size(),
                        String.join(", ", e.groups().keySet()),
                        e.rules().policies().size(),
                        e.rules().apart()))
                .toList();
        var broken = catalog.broken().values().stream()
                .filter(b -> visible.sees(b.name()))
                .map(b -> new EnvironmentsView.Broken(
                        b.name().value(), b.problems().getFirst()))
                .toList();
        var archived =
                admin ? files.archived().stream().map(EnvironmentName::value).toList() : List.<String>of();
        var why = elsewhere.get();
        web.pages()
                .show(
                        ctx,
                        "environments/environments.jte",
                        new EnvironmentsView(
                                rows, broken, archived, admin && why.isEmpty(), why.orElse(""), catalog.problems()));
    }

    private void form(Context ctx, int status, String name, String from, String hosts, String field, String wrong) {
        ctx.status(status);
        var known = web.catalogs().current().environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        var view = new NewEnvironmentView(
                name, from, hosts, known, field, wrong, elsewhere.get().orElse(""));
        web.pages().show(ctx, "environments/newenvironment.jte", view);
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private void create(Context ctx) {
        var name = field(ctx, "name");
        var from = field(ctx, "copy_from");
        var hosts = field(ctx, "hosts").replace("\r\n", "\n");
        var named = Stream.of(hosts.split("[,\\s]+")).filter(h -> !h.isEmpty()).toList();
        var command = new CreateEnvironment(name, Optional.of(from).filter(f -> !f.isEmpty()), named);
        var reply = handle(ctx, command);
        var results = Results.of(reply);
        if (results.isGood()) {
            web.flash().set(ctx, results);
            ctx.redirect(LIST + "/" + name, HttpStatus.SEE_OTHER);
            return;
        }
        form(ctx, results.status(), name, from, hosts, faulty(reply), results.text());
    }

    /** The field that a refusal belongs to. */
    private static String faulty(Reply reply) {
        if (reply instanceof Reply.Conflict) {
            return "name";
        }
        if (reply instanceof Reply.NotFound) {
            return "copy_from";
        }
        return reply instanceof Reply.Invalid invalid
                        && List.of("name", "hosts").contains(invalid.field())
                ? invalid.field()
                : "form";
    }

    private void rename(Context ctx) {
        var to = field(ctx, "name");
        act(ctx, new RenameEnvironment(ctx.pathParam("env"), to), LIST + "/" + to);
    }

    /** @param to where it leads when it was done; what was refused leads back to the environment */
    private void act(Context ctx, EnvironmentCommand command, String to) {
        var results = Results.of(handle(ctx, command));
        web.flash().set(ctx, results);
        boolean there = EnvironmentName.isValid(command.name())
                && web.catalogs()
                        .current()
                        .environment(new EnvironmentName(command.name()))
                        .isPresent();
        ctx.redirect(results.isGood() ? to : there ? LIST + "/" + command.name() : LIST, HttpStatus.SEE_OTHER);
    }

    private Reply handle(Context ctx, EnvironmentCommand command) {
        return web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
    }
}
