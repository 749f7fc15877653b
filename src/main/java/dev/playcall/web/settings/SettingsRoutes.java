package dev.playcall.web.settings;

import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the gateway is set up, tab by tab, each for those whom it concerns. */
final class SettingsRoutes {
    private static final String PAGE = "/settings";

    private final Configured configured;
    private final GitPage git;
    private final Identity identity;
    private final StoredSecrets kept;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final SecurityFilter securityFilter;
    private final Pages pages;
    private final Flash flash;
    private final NodeStore nodes;
    private final Clock clock;

    SettingsRoutes(
            Configured configured,
            GitPage git,
            Identity identity,
            StoredSecrets kept,
            SecurityFilter securityFilter,
            WebContext context) {
        this.configured = configured;
        this.git = git;
        this.identity = identity;
        this.kept = kept;
        this.commands = context.commands();
        this.requestAuth = context.requestAuth();
        this.securityFilter = securityFilter;
        this.pages = context.pages();
        this.flash = context.flash();
        this.nodes = context.journal().read().nodes();
        this.clock = context.clock();
    }

    /** What can be looked at. */
    enum Tab {
        GENERAL("General"),
        GIT("Git"),
        NOTIFICATIONS("Notifications"),
        SECRETS("Secrets"),
        KEYS("SSH keys"),
        TOKENS("Tokens"),
        PEOPLE("Users");

        private final String title;

        Tab(String title) {
            this.title = title;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, this::show);
        routes.post(PAGE + "/reload", ctx -> does(ctx, new SettingsCommand.Reload(), Tab.GENERAL));
        routes.post(
                PAGE + "/nodes/{name}/drain",
                ctx -> does(
                        ctx,
                        new QueueCommand.DrainNode(
                                ctx.pathParam("name"), Forms.text(ctx, "reason").orElse("")),
                        Tab.GENERAL));
        routes.post(
                PAGE + "/nodes/{name}/undrain",
                ctx -> does(ctx, new QueueCommand.UndrainNode(ctx.pathParam("name")), Tab.GENERAL));
        routes.post(PAGE + "/sync", ctx -> {
            boolean now = Forms.text(ctx, "now").filter("1"::equals).isPresent();
            does(ctx, new ContentCommand.Sync(now), Tab.GIT);
        });
        routes.post(PAGE + "/galaxy", ctx -> {
            boolean again = Forms.text(ctx, "again").filter("1"::equals).isPresent();
            does(ctx, new ContentCommand.InstallGalaxy(true, again), Tab.GIT);
        });
    }

    private void does(Context ctx, Command command, Tab tab) {
        flash.set(ctx, Results.of(commands.handle(command, requestAuth.caller(ctx, Optional.empty()))));
        ctx.redirect(PAGE + "?tab=" + tab.word(), HttpStatus.SEE_OTHER);
    }

    private boolean mayOpen(Context ctx, Tab tab) {
        return switch (tab) {
            case GENERAL, NOTIFICATIONS, PEOPLE -> requestAuth.may(ctx, Permission.ADMIN);
            case GIT -> requestAuth.may(ctx, Permission.ADMIN) || requestAuth.may(ctx, Permission.SYNC);
            case SECRETS, KEYS -> requestAuth.mayAnywhere(ctx, Permission.SECRETS);
            case TOKENS ->
                requestAuth.may(ctx, Permission.TOKENS) || securityFilter.webCaller(ctx) instanceof WebCaller.Member;
        };
    }

    private void show(Context ctx) {
        requestAuth.admit(ctx);
        var open = Arrays.stream(Tab.values()).filter(t -> mayOpen(ctx, t)).toList();
        var asked = Params.text(ctx, "tab");
        var tab = open.stream()
                .filter(t -> asked.isEmpty() || t.word().equals(asked.get()))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(403, "only administrators can see these settings", Optional.empty()));
        if (tab == Tab.SECRETS) {
            ctx.redirect("/secrets", HttpStatus.SEE_OTHER);
            return;
        }
        var tabs = open.stream()
                .map(t -> new Chip(t.title, PAGE + "?tab=" + t.word(), t == tab))
                .toList();
        pages.show(ctx, "settings/settings.jte", view(ctx, tab, tabs));
    }

    private SettingsView view(Context ctx, Tab tab, List<Chip> tabs) {
        var loadedConfig = configured.reading();
        var rows = new SettingsRows(loadedConfig, configured.settings(), identity, clock.instant());
        return new SettingsView(
                tab.word(),
                tabs,
                loadedConfig.file(),
                tab == Tab.GIT && !requestAuth.may(ctx, Permission.ADMIN) ? List.of() : rows.groups(tab),
                tab == Tab.GENERAL ? configured.rejectedSettings() : List.of(),
                tab == Tab.GENERAL ? List.copyOf(configured.waiting()) : List.of(),
                tab == Tab.GENERAL ? SettingsRows.nodes(nodes.all()) : List.of(),
                tab == Tab.GIT ? git.view(requestAuth.may(ctx, Permission.SYNC)) : GitView.NONE,
                tab == Tab.KEYS
                        ? kept.of(requestAuth.caller(ctx, Optional.empty())).stream()
                                .filter(s -> s.kind() == SecretKind.SSH_KEY)
                                .map(s -> SecretPage.row(s, clock.instant()))
                                .toList()
                        : List.of(),
                tab == Tab.TOKENS
                        ? rows.tokens(requestAuth.may(ctx, Permission.TOKENS), securityFilter.person(ctx))
                        : List.of(),
                tab == Tab.PEOPLE ? rows.users(securityFilter.person(ctx)) : List.of(),
                tab == Tab.PEOPLE ? rows.roles() : List.of(),
                securityFilter.hasNoAdmin());
    }
}
