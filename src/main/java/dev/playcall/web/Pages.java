package dev.playcall.web;

import dev.playcall.web.pages.Chrome;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;

/** Renders the templates, which were compiled with the program. */
final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.playcall.web.pages");

    private final Sidebar sidebar;
    private final Flash flash;

    Pages(Sidebar sidebar, Flash flash) {
        this.sidebar = sidebar;
        this.flash = flash;
    }

    void show(Context ctx, String template, Object page) {
        var output = new StringOutput();
        engine.render(template, Map.<String, Object>of("page", page, "chrome", chrome(ctx)), output);
        ctx.result(output.toString()).contentType("text/html; charset=utf-8");
    }

    /** A page that is the same for everybody, whoever they are. */
    void outside(Context ctx, String template, Object page) {
        var output = new StringOutput();
        engine.render(template, Map.<String, Object>of("page", page, "chrome", Chrome.OUTSIDE), output);
        ctx.result(output.toString()).contentType("text/html; charset=utf-8");
    }

    private Chrome chrome(Context ctx) {
        return flash.take(ctx)
                .map(s -> around(ctx).saying(s.text(), s.good() ? "" : "bad"))
                .orElseGet(() -> around(ctx));
    }

    private Chrome around(Context ctx) {
        return switch (Gate.visitorOf(ctx).orElse(null)) {
            case null -> Chrome.OUTSIDE;
            case Visitor.Member(var session, var credential) ->
                new Chrome(session.account().name(), credential.proof(), true, sidebar.dots(ctx), "", "");
            case Visitor.Anyone _, Visitor.Console _, Visitor.Admin _, Visitor.Program _ ->
                new Chrome("", "", true, sidebar.dots(ctx), "", "");
        };
    }

    /** Whether a person is looking, who needs a page and not a document for programs. */
    static boolean wanted(Context ctx) {
        var accept = ctx.header("Accept");
        return accept != null && accept.contains("text/html") && !ctx.path().startsWith("/api/");
    }
}
