package dev.playcall.web.hosts;

import dev.playcall.catalog.file.FileVersions.Version;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.HostCommand.WriteInventoryFile;
import dev.playcall.command.Reply;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.pages.Differences.DiffRow;
import dev.playcall.web.security.RunButtons;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts file and the files of variables as text: Ansible checks it before it is kept, and what somebody else wrote meanwhile
 * is shown before it can be written over. Without a script it is one field of text.
 */
final class FilePages {
    private static final String ONE = "/inventory/{env}/file";
    private static final String NEW = "/inventory/{env}/new-file";

    private final Editing editing;
    private final InventoryFiles files;

    FilePages(Editing editing, InventoryFiles files) {
        this.editing = editing;
        this.files = files;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, this::open);
        routes.post(ONE, ctx -> take(ctx, false));
        routes.post(ONE + "/delete", this::delete);
        routes.get(NEW, ctx -> {
            editing.web().requestAuth().admit(ctx, Permission.ADMIN);
            var path = Params.text(ctx, "path").orElse("");
            show(ctx, 200, editing.found().of(ctx), Written.fresh(path));
        });
        routes.post(NEW, ctx -> take(ctx, true));
    }

    private void open(Context ctx) throws IOException {
        var environment = editing.found().of(ctx);
        var path = Params.text(ctx, "path").orElse("");
        var text = files.read(environment, path);
        if (text.isEmpty()) {
            gone(ctx, environment, path);
            return;
        }
        show(ctx, 200, environment, Written.as(text.get()));
    }

    /** One that was deleted can be brought back from its last version. */
    private void gone(Context ctx, Environment environment, String path) throws IOException {
        var last = files.versions(environment, path).stream().findFirst();
        ctx.redirect(last.map(v -> versionLink(environment, path, v.id()))
                .orElseThrow(() -> ProblemException.notFound("there is no file " + path + " in this inventory")));
    }

    static String versionLink(Environment environment, String path, String version) {
        return Editing.page(environment) + "/file/versions/" + version + "?path=" + RunButtons.encoded(path);
    }

    /** A browser sends line breaks as two characters, and people forget the last one. */
    private static String text(Context ctx) {
        var text = Forms.text(ctx, "text").orElse("").replace("\r\n", "\n");
        return text.isBlank() ? "" : text.endsWith("\n") ? text : text + "\n";
    }

    private void take(Context ctx, boolean fresh) throws IOException {
        editing.web().requestAuth().admit(ctx, Permission.ADMIN);
        var environment = editing.found().of(ctx);
        var path = Editing.field(ctx, "path");
        var mine = Written.mine(path, fresh, text(ctx), Editing.field(ctx, "seen"));
        if (mine.text().isEmpty()) {
            show(ctx, 422, environment, mine.wrong("The text is empty. Delete the file instead to remove it."));
        } else if (Editing.field(ctx, "do").equals("check")) {
            check(ctx, environment, mine);
        } else {
            save(ctx, environment, mine);
        }
    }

    private void check(Context ctx, Environment environment, Written mine) throws IOException {
        var wrongName = mine.isFresh() ? files.wrongName(environment, mine.path()) : Optional.<String>empty();
        var problem = wrongName.isPresent() ? wrongName : files.problem(environment, Map.of(mine.path(), mine.text()));
        show(
                ctx,
                problem.isPresent() ? 422 : 200,
                environment,
                problem.map(mine::wrong).orElseGet(() -> mine.good("Ansible accepts it. Not saved yet.")));
    }

    private void save(Context ctx, Environment environment, Written mine) throws IOException {
        var seen = Optional.of(mine.seen()).filter(s -> !s.isEmpty() && !mine.isFresh());
        var command = new WriteInventoryFile(environment.name().value(), mine.path(), mine.text(), seen);
        var reply = editing.handle(ctx, command);
        var results = Results.of(reply);
        if (results.isGood()) {
            editing.lead(ctx, results, Editing.file(environment, mine.path()));
            return;
        }
        var now = files.read(environment, mine.path());
        var view = switch (reply) {
            case Reply.Conflict _ when now.isPresent() -> mine.over(now.get());
            case Reply.NotFound _ when now.isEmpty() -> mine.gone();
            case Reply _ -> mine.wrong(results.text());
        };
        show(ctx, results.status(), environment, view);
    }

    private void delete(Context ctx) throws IOException {
        editing.web().requestAuth().admit(ctx, Permission.ADMIN);
        var environment = editing.found().of(ctx);
        var path = Editing.field(ctx, "path");
        var command =
                new WriteInventoryFile(environment.name().value(), path, "", Optional.of(Editing.field(ctx, "seen")));
        var results = Results.of(editing.handle(ctx, command));
        editing.lead(ctx, results, Editing.file(environment, path));
    }

    private void show(Context ctx, int status, Environment environment, Written written) throws IOException {
        var path = written.path();
        boolean vaulted = files.read(environment, path)
                .filter(InventoryFiles.Text::vaulted)
                .isPresent();
        var versions = files.versions(environment, path).stream()
                .map(v -> version(environment, path, v))
                .toList();
        var view = new FileView(
                environment.name().value(),
                Editing.page(environment),
                path,
                written.isFresh(),
                vaulted ? "" : written.text(),
                written.seen(),
                line(path, written.wrong()),
                written.wrong(),
                written.done(),
                written.theirs(),
                written.changed(),
                vaulted,
                versions,
                editing.mayWrite(ctx) && !vaulted,
                !environment.hostsFiles().containsKey(path),
                editing.why());
        editing.show(ctx, status, "hosts/file.jte", view);
    }

    private FileView.Version version(Environment environment, String path, Version v) {
        return new FileView.Version(
                versionLink(environment, path, v.id()),
                JsonBodies.time(v.until()),
                TextFormat.ago(v.until(), editing.web().clock().instant()));
    }

    /** Where the mistake is, as its line says. */
    private static int line(String path, String wrong) {
        var place = Pattern.compile(Pattern.quote(path) + ":(\\d{1,7})").matcher(wrong);
        return !path.isEmpty() && place.find() ? Integer.parseInt(place.group(1)) : 0;
    }

    /** What came from the browser, so that nothing of it is lost whatever is wrong. */
    private record Written(
            String path,
            boolean isFresh,
            String text,
            String seen,
            String wrong,
            String done,
            List<DiffRow.Line> theirs,
            boolean changed) {
        static Written fresh(String path) {
            return mine(path, true, "", "");
        }

        static Written as(InventoryFiles.Text text) {
            return mine(text.name(), false, text.text(), text.tag());
        }

        static Written mine(String path, boolean fresh, String text, String seen) {
            return new Written(path, fresh, text, seen, "", "", List.of(), false);
        }

        Written wrong(String problem) {
            return new Written(path, isFresh, text, seen, problem, "", List.of(), false);
        }

        Written good(String found) {
            return new Written(path, isFresh, text, seen, "", found, List.of(), false);
        }

        /** Saving it again creates it. */
        Written gone() {
            return mine(path, true, text, "").wrong(path + " was deleted by someone else. Saving creates it again.");
        }

        /** What they wrote is shown before it can be written over. */
        Written over(InventoryFiles.Text now) {
            var lines = now.vaulted() ? List.<DiffRow.Line>of() : Differences.of(now.text(), text);
            return new Written(path, false, text, now.tag(), "", "", lines, true);
        }
    }
}
