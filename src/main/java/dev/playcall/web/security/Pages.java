package dev.playcall.web.security;

import dev.playcall.domain.PersonNames;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.pages.PageFrame;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;

/** Renders the templates, which were compiled with the program. */
public final class Pages {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), "dev.playcall.web");

    private final Sidebar sidebar;
    private final Flash flash;
    private final PersonNames names;

    public Pages(Sidebar sidebar, Flash flash, PersonNames names) {
        this.sidebar = sidebar;
        this.flash = flash;
        this.names = names;
    }

    public void show(Context ctx, String template, Object page) {
        var output = new StringOutput();
        engine.render(
                template, Map.<String, Object>of("page", page, "chrome", chrome(ctx)), new NamedHtml(output, names));
        ctx.result(output.toString()).contentType("text/html; charset=utf-8");
    }

    /** A page that is the same for everybody, whoever they are. */
    public void outside(Context ctx, String template, Object page) {
        var output = new StringOutput();
        engine.render(template, Map.<String, Object>of("page", page, "chrome", PageFrame.OUTSIDE), output);
        ctx.result(output.toString()).contentType("text/html; charset=utf-8");
    }

    private PageFrame chrome(Context ctx) {
        return flash.take(ctx)
                .map(s -> around(ctx).saying(s.text(), s.good() ? "" : "bad"))
                .orElseGet(() -> around(ctx));
    }

    private PageFrame around(Context ctx) {
        return switch (SecurityFilter.callerOf(ctx).orElse(null)) {
            case null -> PageFrame.OUTSIDE;
            case WebCaller.Member(var session, var credential) ->
                new PageFrame(
                        session.account().name(),
                        credential.proof(),
                        true,
                        sidebar.dots(ctx),
                        sidebar.alerts(ctx),
                        "",
                        "");
            case WebCaller.Anyone _, WebCaller.Console _, WebCaller.Admin _, WebCaller.Program _ ->
                new PageFrame("", "", true, sidebar.dots(ctx), sidebar.alerts(ctx), "", "");
        };
    }

    /** Whether a person is looking, who needs a page and not a document for programs. */
    public static boolean wanted(Context ctx) {
        var accept = ctx.header("Accept");
        return accept != null && accept.contains("text/html") && !ctx.path().startsWith("/api/");
    }
}
