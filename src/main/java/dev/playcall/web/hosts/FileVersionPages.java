package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.HostCommand.RestoreInventoryFile;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.pages.Differences.DiffRow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Earlier versions of a file of an inventory: what they would change, and brought back. */
final class FileVersionPages {
    private final Editing editing;
    private final InventoryFiles files;

    FileVersionPages(Editing editing, InventoryFiles files) {
        this.editing = editing;
        this.files = files;
    }

    void register(RoutesConfig routes) {
        routes.get("/inventory/{env}/file/versions/{version}", this::show);
        routes.post("/inventory/{env}/file/restore", this::restore);
    }

    private void show(Context ctx) throws IOException {
        var environment = editing.found().of(ctx);
        var path = Params.text(ctx, "path").orElse("");
        var id = ctx.pathParam("version");
        var version = files.versions(environment, path).stream()
                .filter(v -> v.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing(path));
        var was = files.version(environment, path, id).orElseThrow(() -> missing(path));
        var now = files.read(environment, path);
        boolean vaulted = WrittenVariable.isVaulted(was)
                || now.filter(InventoryFiles.Text::vaulted).isPresent();
        var text = now.map(InventoryFiles.Text::text).orElse("");
        var view = new FileVersionView(
                environment.name().value(),
                Editing.page(environment),
                path,
                Editing.file(environment, path),
                id,
                JsonBodies.time(version.until()),
                TextFormat.ago(version.until(), editing.web().clock().instant()),
                now.isEmpty(),
                vaulted ? List.<DiffRow.Line>of() : Differences.of(text, was),
                vaulted,
                editing.mayWrite(ctx) && !vaulted,
                editing.why());
        editing.show(ctx, 200, "hosts/version.jte", view);
    }

    private static ProblemException missing(String path) {
        return ProblemException.notFound("version not found of " + path);
    }

    private void restore(Context ctx) {
        editing.web().requestAuth().admit(ctx, Permission.ADMIN);
        Environment environment = editing.found().of(ctx);
        var path = Editing.field(ctx, "path");
        var command = new RestoreInventoryFile(environment.name().value(), path, Editing.field(ctx, "version"));
        editing.lead(ctx, Results.of(editing.handle(ctx, command)), Editing.file(environment, path));
    }
}
