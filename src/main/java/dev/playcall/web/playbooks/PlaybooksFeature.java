package dev.playcall.web.playbooks;

import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.Sidebar;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Playbooks as pages, as files, and the editor. */
public final class PlaybooksFeature implements RouteGroup {
    private final WebContext web;
    private final Sidebar sidebar;
    private final PlaybookFiles files;
    private final Supplier<Optional<ScheduleStore>> schedules;
    private final ZoneId zone;
    private final EditRights edits;

    /**
     * @param schedules what runs by itself, where there is any of it
     * @param elsewhere why files are not changed here at all, as of now; empty where they are
     */
    public PlaybooksFeature(
            WebContext web,
            Sidebar sidebar,
            PlaybookFiles files,
            Supplier<Optional<ScheduleStore>> schedules,
            ZoneId zone,
            Supplier<Optional<String>> elsewhere) {
        this.edits = new EditRights(web.requestAuth(), elsewhere);
        this.schedules = schedules;
        this.zone = zone;
        this.web = web;
        this.sidebar = sidebar;
        this.files = files;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get("/playbooks", this::list);
        new PlaybookRoutes(files, web.commands(), web.requestAuth()).register(routes);
        new PlaybookPages(web, sidebar, files, edits, this::page).register(routes);
        new EditorRoutes(files, web.commands(), edits, web.pages(), web.flash()).register(routes);
    }

    private void list(Context ctx) {
        var requestAuth = web.requestAuth();
        requestAuth.admit(ctx);
        web.pages().show(ctx, "playbooks/playbooks.jte", page(ctx).view(edits.allows(ctx), edits.notice()));
    }

    private PlaybooksPage page(Context ctx) {
        var all = schedules.get().map(ScheduleStore::all).orElse(List.of());
        return new PlaybooksPage(web.catalogs().current(), all, zone, web.requestAuth(), sidebar, ctx);
    }
}
