package dev.playcall.web.environments;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.command.EnvironmentCommand.WritePolicy;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.pages.Differences.DiffRow;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One environment: its policy is read by those who see it, and written by those who may administer everything. */
final class PolicyPage {
    private static final String ONE = "/environments/{env}";
    private static final Pattern PLACE = Pattern.compile("config\\.yml:(\\d{1,7})");

    private final WebContext web;
    private final EnvironmentFiles files;
    private final Supplier<Optional<String>> elsewhere;

    PolicyPage(WebContext web, EnvironmentFiles files, Supplier<Optional<String>> elsewhere) {
        this.web = web;
        this.files = files;
        this.elsewhere = elsewhere;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, ctx -> {
            var environment = web.requestAuth().environmentFolder(ctx);
            var text = EnvironmentFiles.policy(environment);
            var written = Written.as(text);
            show(
                    ctx,
                    200,
                    environment,
                    broken(environment).map(b -> written.wrong(b.problems())).orElse(written));
        });
        routes.post(ONE + "/policy", this::take);
    }

    private Optional<Environment.Broken> broken(Environment.Folder environment) {
        return web.catalogs().current().broken(environment.name().value());
    }

    private void take(Context ctx) throws IOException {
        web.requestAuth().admit(ctx, Permission.ADMIN);
        var environment = web.requestAuth().environmentFolder(ctx);
        var name = environment.name().value();
        var text = Forms.text(ctx, "policy").orElse("").replace("\r\n", "\n");
        var written = new Written(text, Forms.text(ctx, "seen").orElse(""), List.of(), "", List.of(), false);
        if (Forms.text(ctx, "do").filter("check"::equals).isPresent()) {
            check(ctx, environment, written);
            return;
        }
        var command = new WritePolicy(name, text, Optional.of(written.seen()).filter(s -> !s.isBlank()));
        switch (web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> {
                web.flash().set(ctx, true, message);
                ctx.redirect("/environments/" + name, HttpStatus.SEE_OTHER);
            }
            case Reply.Conflict(var message) ->
                show(ctx, 409, environment, written.over(EnvironmentFiles.policy(environment), message));
            case Reply.Invalid invalid -> {
                var problems = files.problems(environment, text);
                show(ctx, 422, environment, written.wrong(problems.isEmpty() ? List.of(invalid.line()) : problems));
            }
            case Reply other -> {
                var results = Results.of(other);
                show(ctx, results.status(), environment, written.wrong(List.of(results.text())));
            }
        }
    }

    private void check(Context ctx, Environment.Folder environment, Written written) throws IOException {
        var problems = files.problems(environment, written.text());
        show(
                ctx,
                problems.isEmpty() ? 200 : 422,
                environment,
                problems.isEmpty() ? written.good() : written.wrong(problems));
    }

    private void show(Context ctx, int status, Environment.Folder environment, Written written) {
        ctx.status(status);
        var name = environment.name().value();
        var why = elsewhere.get();
        boolean admin = web.requestAuth().may(ctx, Permission.ADMIN);
        var view = new EnvironmentView(
                name,
                web.catalogs()
                        .current()
                        .environment(environment.name())
                        .map(Environment::hosts)
                        .map(List::size),
                written.text(),
                written.seen(),
                written.problems(),
                line(written.problems()),
                written.done(),
                written.theirs(),
                written.changed(),
                admin && why.isEmpty(),
                why.orElse(""),
                archive(name));
        web.pages().show(ctx, "environments/environment.jte", view);
    }

    private static ActionForm archive(String name) {
        var sure = "Archive " + name + "? Nothing runs in it until it is restored; files, secrets and runs are kept.";
        return new ActionForm("Archive", "/environments/" + name + "/archive", "danger", sure, "");
    }

    /** Where the first mistake is, as its line says. */
    private static int line(List<String> problems) {
        return problems.stream()
                .map(PLACE::matcher)
                .filter(m -> m.find())
                .findFirst()
                .map(m -> Integer.parseInt(m.group(1)))
                .orElse(0);
    }

    /** What came from the browser, so that nothing of it is lost whatever is wrong. */
    private record Written(
            String text, String seen, List<String> problems, String done, List<DiffRow.Line> theirs, boolean changed) {
        static Written as(String text) {
            return new Written(text, EnvironmentFiles.tag(text), List.of(), "", List.of(), false);
        }

        Written wrong(List<String> found) {
            return new Written(text, seen, found, "", List.of(), false);
        }

        Written good() {
            return new Written(text, seen, List.of(), "The policy is valid. Not saved yet.", List.of(), false);
        }

        Written over(String now, String message) {
            return new Written(text, EnvironmentFiles.tag(now), List.of(message), "", Differences.of(now, text), true);
        }
    }
}
