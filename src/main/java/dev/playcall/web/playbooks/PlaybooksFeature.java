package dev.playcall.web.playbooks;

import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.Sidebar;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Playbooks as pages, as files, and the editor. */
public final class PlaybooksFeature implements RouteGroup {
    private final WebContext web;
    private final Sidebar sidebar;
    private final PlaybookFiles files;

    public PlaybooksFeature(WebContext web, Sidebar sidebar, PlaybookFiles files) {
        this.web = web;
        this.sidebar = sidebar;
        this.files = files;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get("/playbooks", this::list);
        new PlaybookRoutes(files, web.commands(), web.requestAuth()).register(routes);
        new PlaybookPages(
                        web.catalogs(),
                        files,
                        web.commands(),
                        sidebar,
                        web.requestAuth(),
                        web.pages(),
                        web.flash(),
                        web.clock())
                .register(routes);
        new EditorRoutes(files, web.commands(), web.requestAuth(), web.pages(), web.flash()).register(routes);
    }

    private void list(Context ctx) {
        var requestAuth = web.requestAuth();
        requestAuth.admit(ctx);
        var page = new PlaybooksPage(web.catalogs().current(), requestAuth, sidebar, ctx);
        web.pages().show(ctx, "playbooks/playbooks.jte", page.view(requestAuth.may(ctx, Permission.ADMIN)));
    }
}
