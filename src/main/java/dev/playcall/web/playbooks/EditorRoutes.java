package dev.playcall.web.playbooks;

import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.playbook.PlaybookFiles.PlaybookText;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.Reply;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.pages.Differences.DiffRow;
import dev.playcall.web.playbooks.EditorView.Fault;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a playbook is written: looked at by Ansible before it is kept, never over what somebody else wrote meanwhile without
 * showing it first. Without a script it is two fields of text.
 */
final class EditorRoutes {
    private static final String NEW = "/new-playbook";
    private static final Pattern PLACE = Pattern.compile("playbooks/[^:]*?(\\.meta)?\\.yml:(\\d{1,7})");
    private static final String BEGINNING = """
        - name: What this play does
          hosts: all
          tasks:
            - name: Say hello
              ansible.builtin.debug:
                msg: hello
        """;

    private final PlaybookFiles files;
    private final CommandHandler commands;
    private final EditRights edits;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Flash flash;

    EditorRoutes(PlaybookFiles files, CommandHandler commands, EditRights edits, Pages pages, Flash flash) {
        this.files = files;
        this.commands = commands;
        this.edits = edits;
        this.requestAuth = edits.requestAuth();
        this.pages = pages;
        this.flash = flash;
    }

    void register(RoutesConfig routes) {
        routes.get(NEW, ctx -> {
            edits.admit(ctx);
            show(ctx, 200, new EditorView("", true, BEGINNING, "", "", Fault.NONE, "", List.of(), false));
        });
        routes.post(NEW, ctx -> take(ctx, Forms.text(ctx, "name").orElse("").strip(), true));
        routes.get("/playbooks/{name}/edit", this::edit);
        routes.post("/playbooks/{name}/edit", ctx -> take(ctx, ctx.pathParam("name"), false));
    }

    private void show(Context ctx, int status, EditorView view) {
        ctx.status(status);
        pages.show(ctx, "playbooks/editor.jte", view);
    }

    private void edit(Context ctx) throws IOException {
        edits.admit(ctx);
        var name = ctx.pathParam("name");
        var text = read(name).orElseThrow(() -> ProblemException.notFound("playbook not found"));
        show(
                ctx,
                200,
                new EditorView(
                        name,
                        false,
                        text.playbook(),
                        text.description().orElse(""),
                        text.tag(),
                        Fault.NONE,
                        "",
                        List.of(),
                        false));
    }

    private Optional<PlaybookText> read(String name) throws IOException {
        return PlaybookName.isValid(name) ? files.read(new PlaybookName(name)) : Optional.empty();
    }

    /** A browser sends line breaks as two characters, and people forget the last one. */
    private static String text(Context ctx, String field) {
        var text = Forms.text(ctx, field).orElse("").replace("\r\n", "\n");
        return text.isBlank() ? "" : text.endsWith("\n") ? text : text + "\n";
    }

    private void take(Context ctx, String name, boolean fresh) throws IOException {
        requestAuth.admit(ctx, Permission.ADMIN);
        var written = new PlaybookText(text(ctx, "playbook"), Optional.of(text(ctx, "meta")));
        var seen = Forms.text(ctx, "seen").filter(s -> !s.isBlank());
        var view = new Written(name, fresh, written, seen.orElse(""));
        if (Forms.text(ctx, "do").filter("check"::equals).isPresent()) {
            check(ctx, view);
            return;
        }
        var command = new PlaybookCommand.WritePlaybook(
                name, written.playbook(), written.description(), fresh ? Optional.empty() : seen);
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> {
                flash.set(ctx, true, message);
                ctx.redirect("/playbooks/" + name, HttpStatus.SEE_OTHER);
            }
            case Reply.Conflict(var message) -> conflict(ctx, view, message);
            case Reply other -> {
                var results = Results.of(other);
                show(ctx, results.status(), view.wrong(fault(other, results.text())));
            }
        }
    }

    private void check(Context ctx, Written written) throws IOException {
        if (!PlaybookName.isValid(written.name())) {
            show(
                    ctx,
                    422,
                    written.wrong(new Fault("name", 0, "a playbook name has letters, digits and . _ -, at most 64")));
            return;
        }
        var described = new PlaybookText(
                written.text().playbook(), written.text().description().filter(d -> !d.isBlank()));
        var problem = files.problem(new PlaybookName(written.name()), described);
        show(
                ctx,
                problem.isPresent() ? 422 : 200,
                problem.map(p -> written.wrong(placed(p)))
                        .orElseGet(() -> written.good("Syntax is valid. Not saved yet.")));
    }

    /** What they wrote is shown before it can be written over. */
    private void conflict(Context ctx, Written mine, String message) throws IOException {
        var now = read(mine.name());
        show(ctx, 409, now.map(n -> mine.over(n, message)).orElseGet(() -> mine.wrong(new Fault("name", 0, message))));
    }

    private static Fault fault(Reply reply, String text) {
        return reply instanceof Reply.Invalid invalid && invalid.field().equals("name")
                ? new Fault("name", 0, text)
                : placed(text);
    }

    /** Where it is, as the problem itself says. */
    static Fault placed(String text) {
        var place = PLACE.matcher(text);
        if (!place.find()) {
            return new Fault(text.contains(".meta.yml") ? "meta" : "playbook", 0, text);
        }
        return new Fault(place.group(1) == null ? "playbook" : "meta", Integer.parseInt(place.group(2)), text);
    }

    /** What came from the browser, so that nothing of it is lost whatever is wrong. */
    private record Written(String name, boolean fresh, PlaybookText text, String seen) {
        EditorView wrong(Fault fault) {
            return view(seen, fresh, fault, "", List.of(), false);
        }

        EditorView good(String done) {
            return view(seen, fresh, Fault.NONE, done, List.of(), false);
        }

        EditorView over(PlaybookText theirs, String message) {
            var lines = new java.util.ArrayList<>(Differences.of(theirs.playbook(), text.playbook()));
            lines.addAll(Differences.of(
                    theirs.description().orElse(""), text.description().orElse("")));
            return view(theirs.tag(), false, new Fault("name", 0, message), "", lines, true);
        }

        private EditorView view(
                String tag, boolean isNew, Fault fault, String done, List<DiffRow.Line> theirs, boolean changed) {
            return new EditorView(
                    name, isNew, text.playbook(), text.description().orElse(""), tag, fault, done, theirs, changed);
        }
    }
}
