package dev.playcall.web.playbooks;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.file.FileVersions.Version;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.playbook.PlaybookFiles.PlaybookText;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.Reply;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.playbooks.PlaybookView.Variable;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.Sidebar;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One playbook: what it takes, what stands in it, what it was before; taken away and brought back. */
final class PlaybookPages {
    private static final String ONE = "/playbooks/{name}";

    private final Catalogs catalogs;
    private final PlaybookFiles files;
    private final CommandHandler commands;
    private final Sidebar sidebar;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Flash flash;
    private final Clock clock;
    private final EditRights edits;
    private final Function<Context, PlaybooksPage> list;

    PlaybookPages(
            WebContext web,
            Sidebar sidebar,
            PlaybookFiles files,
            EditRights edits,
            Function<Context, PlaybooksPage> list) {
        this.edits = edits;
        this.catalogs = web.catalogs();
        this.files = files;
        this.commands = web.commands();
        this.sidebar = sidebar;
        this.requestAuth = web.requestAuth();
        this.pages = web.pages();
        this.flash = web.flash();
        this.clock = web.clock();
        this.list = list;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, ctx -> show(ctx, name(ctx)));
        routes.get(ONE + "/versions/{version}", ctx -> version(ctx, name(ctx)));
        routes.post(ONE + "/delete", this::delete);
        routes.post(ONE + "/restore", this::restore);
    }

    /** The name in the address, for those who may look. */
    PlaybookName name(Context ctx) {
        requestAuth.admit(ctx);
        var name = ctx.pathParam("name");
        if (!PlaybookName.isValid(name)) {
            throw ProblemException.notFound("playbook not found");
        }
        return new PlaybookName(name);
    }

    private void show(Context ctx, PlaybookName name) throws IOException {
        var versions = files.versions().of(name);
        var text = files.read(name);
        if (text.isEmpty()) {
            gone(ctx, name, versions);
            return;
        }
        var known = catalogs.current().playbook(name);
        var row = known.map(list.apply(ctx)::row);
        pages.show(
                ctx,
                "playbooks/playbook.jte",
                new PlaybookView(
                        name.value(),
                        known.map(Playbook::title).orElse(name.value()),
                        known.map(Playbook::description).orElse(""),
                        known.isPresent() ? List.of() : problems(name),
                        row.map(r -> r.operations()).orElse(List.of()),
                        known.map(p -> p.variables().stream()
                                        .map(PlaybookPages::variable)
                                        .toList())
                                .orElse(List.of()),
                        known.map(PlaybookPages::templates).orElse(List.of()),
                        known.map(p -> sidebar.dot(p, requestAuth.visibleEnvironments(ctx)))
                                .orElseGet(() -> sidebar.none(name.value())),
                        row.map(r -> r.start())
                                .orElseGet(() -> new dev.playcall.web.pages.ActionButton(
                                        "Start", "", "It cannot be started until its problems are fixed.")),
                        row.map(r -> r.schedule()),
                        row.map(r -> r.scheduled()).orElse(List.of()),
                        text.get().playbook(),
                        text.get().description().orElse(""),
                        text.get().tag(),
                        versions.stream().map(this::version).toList(),
                        edits.allows(ctx),
                        edits.notice()));
    }

    private List<String> problems(PlaybookName name) {
        var here = catalogs.current().problems().stream()
                .filter(p -> p.contains("/" + name + ".yml") || p.contains("/" + name + ".meta.yml"))
                .toList();
        return here.isEmpty() ? List.of("It is not in the catalogue.") : here;
    }

    /** One that was taken away can be brought back from here. */
    private void gone(Context ctx, PlaybookName name, List<Version> versions) throws IOException {
        if (versions.isEmpty()) {
            throw ProblemException.notFound("there is no playbook " + name);
        }
        show(ctx, name, versions.getFirst());
    }

    private PlaybookView.Version version(Version v) {
        return new PlaybookView.Version(v.id(), JsonBodies.time(v.until()), TextFormat.ago(v.until(), clock.instant()));
    }

    private static Variable variable(VariableSpec v) {
        var how = new ArrayList<String>();
        how.add(v.secret() ? "secret" : v.type().name().toLowerCase(java.util.Locale.ROOT));
        if (!v.choices().isEmpty()) {
            how.add("one of " + String.join(", ", v.choices()));
        }
        v.pattern().ifPresent(p -> how.add("matching " + p));
        v.defaultValue().filter(_ -> !v.secret()).ifPresent(d -> how.add("default " + d.display()));
        if (v.required() && v.defaultValue().isEmpty()) {
            how.add("required");
        }
        return new Variable(v.name(), String.join(", ", how), v.description());
    }

    private static List<PlaybookView.Template> templates(Playbook playbook) {
        return playbook.templates().entrySet().stream()
                .map(t -> new PlaybookView.Template(
                        t.getKey(),
                        t.getValue().entrySet().stream()
                                .map(v -> v.getKey() + "=" + Playbook.written(v.getValue()))
                                .toList()))
                .toList();
    }

    private void version(Context ctx, PlaybookName name) throws IOException {
        var id = ctx.pathParam("version");
        show(
                ctx,
                name,
                files.versions().of(name).stream()
                        .filter(v -> v.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ProblemException.notFound("version not found of " + name)));
    }

    private void show(Context ctx, PlaybookName name, Version version) throws IOException {
        var was = files.versions()
                .read(name, version.id())
                .orElseThrow(() -> ProblemException.notFound("version not found of " + name));
        var now = files.read(name);
        pages.show(
                ctx,
                "playbooks/version.jte",
                new VersionView(
                        name.value(),
                        version.id(),
                        JsonBodies.time(version.until()),
                        TextFormat.ago(version.until(), clock.instant()),
                        now.isEmpty(),
                        Differences.of(now.map(PlaybookText::playbook).orElse(""), was.playbook()),
                        Differences.of(
                                now.flatMap(PlaybookText::description).orElse(""),
                                was.description().orElse("")),
                        edits.allows(ctx)));
    }

    private void delete(Context ctx) {
        var seen = Forms.text(ctx, "seen").filter(s -> !s.isBlank());
        var name = ctx.pathParam("name");
        lead(
                ctx,
                commands.handle(
                        new PlaybookCommand.DeletePlaybook(name, seen), requestAuth.caller(ctx, Optional.empty())),
                name);
    }

    private void restore(Context ctx) {
        var name = ctx.pathParam("name");
        var version = Forms.text(ctx, "version").orElse("");
        lead(
                ctx,
                commands.handle(
                        new PlaybookCommand.RestorePlaybook(name, version), requestAuth.caller(ctx, Optional.empty())),
                name);
    }

    /** A name that cannot be one is not led to. */
    private void lead(Context ctx, Reply reply, String name) {
        flash.set(ctx, Results.of(reply));
        boolean there = PlaybookName.isValid(name);
        ctx.redirect(there ? "/playbooks/" + name : "/playbooks", HttpStatus.SEE_OTHER);
    }
}
