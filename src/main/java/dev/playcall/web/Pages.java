package dev.playcall.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;

/** Renders the templates, which were compiled with the program. */
final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.playcall.web.pages");

    void show(Context ctx, String template, Object page) {
        var output = new StringOutput();
        engine.render(template, page, output);
        ctx.result(output.toString()).contentType("text/html; charset=utf-8");
    }

    /** Whether a person is looking, who needs a page and not a document for programs. */
    static boolean wanted(Context ctx) {
        var accept = ctx.header("Accept");
        return accept != null && accept.contains("text/html") && !ctx.path().startsWith("/api/");
    }
}
