package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.command.Command;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.WebContext;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the pages of an inventory have in common: who may change it, and what comes after a change.
 *
 * @param elsewhere why files are not changed here at all, as of now; empty where they are
 */
record Editing(WebContext web, FoundEnvironment found, Supplier<Optional<String>> elsewhere) {
    String why() {
        return elsewhere.get().orElse("");
    }

    /** Whether this visitor may read variables and files of this environment. */
    boolean mayRead(Context ctx, Environment environment) {
        return web.requestAuth().may(ctx, Permission.ADMIN, environment.name());
    }

    /** Whether this visitor may change its hosts, groups and variables here. */
    boolean mayEdit(Context ctx, Environment environment) {
        return elsewhere.get().isEmpty() && mayRead(ctx, environment);
    }

    /** Whether this visitor may register hosts, which are in no file. */
    boolean mayRegister(Context ctx, Environment environment) {
        return web.requestAuth().may(ctx, Permission.HOSTS, environment.name());
    }

    /** Whether this visitor may write texts of files here. */
    boolean mayWrite(Context ctx) {
        return elsewhere.get().isEmpty() && web.requestAuth().may(ctx, Permission.ADMIN);
    }

    Reply handle(Context ctx, Command command) {
        return web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
    }

    /** Leads on, and says there what came of it. */
    void lead(Context ctx, Results results, String to) {
        web.flash().set(ctx, results);
        ctx.redirect(to, HttpStatus.SEE_OTHER);
    }

    void show(Context ctx, int status, String template, Object view) {
        ctx.status(status);
        web.pages().show(ctx, template, view);
    }

    RunButtons buttons(Context ctx) {
        return new RunButtons(web.catalogs().current(), web.requestAuth(), ctx);
    }

    /** A field of a form, without what surrounds it; empty when it was not sent. */
    static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    static String page(Environment environment) {
        return page(environment.name().value());
    }

    static String page(String environment) {
        return "/inventory/" + RunButtons.encoded(environment);
    }

    static String host(Environment environment, String host) {
        return page(environment) + "/hosts/" + RunButtons.encoded(host);
    }

    static String group(Environment environment, String group) {
        return page(environment) + "/groups/" + RunButtons.encoded(group);
    }

    static String file(Environment environment, String path) {
        return page(environment) + "/file?path=" + RunButtons.encoded(path);
    }
}
