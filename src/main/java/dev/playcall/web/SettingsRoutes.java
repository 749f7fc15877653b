package dev.playcall.web;

import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.KeptSecrets;
import dev.playcall.security.Permission;
import dev.playcall.security.SecretKind;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.GitView;
import dev.playcall.web.pages.SettingsView;
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
    private final KeptSecrets kept;
    private final Desk desk;
    private final Visitors visitors;
    private final Gate gate;
    private final Pages pages;
    private final Flash flash;
    private final Clock clock;

    SettingsRoutes(
            Configured configured,
            GitPage git,
            Identity identity,
            KeptSecrets kept,
            Desk desk,
            Visitors visitors,
            Gate gate,
            Pages pages,
            Flash flash,
            Clock clock) {
        this.configured = configured;
        this.git = git;
        this.identity = identity;
        this.kept = kept;
        this.desk = desk;
        this.visitors = visitors;
        this.gate = gate;
        this.pages = pages;
        this.flash = flash;
        this.clock = clock;
    }

    /** What can be looked at. */
    enum Tab {
        GENERAL("General"),
        GIT("Git"),
        NOTIFICATIONS("Notifications"),
        SECRETS("Secrets"),
        KEYS("SSH keys"),
        TOKENS("Tokens"),
        PEOPLE("People");

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
        routes.post(PAGE + "/reload", ctx -> does(ctx, new Command.Reload(), Tab.GENERAL));
        routes.post(PAGE + "/sync", ctx -> {
            boolean now = Forms.text(ctx, "now").filter("1"::equals).isPresent();
            does(ctx, new Command.Sync(now), Tab.GIT);
        });
        routes.post(PAGE + "/galaxy", ctx -> {
            boolean again = Forms.text(ctx, "again").filter("1"::equals).isPresent();
            does(ctx, new Command.Provide(true, again), Tab.GIT);
        });
    }

    private void does(Context ctx, Command wish, Tab tab) {
        flash.say(ctx, Replied.of(desk.handle(wish, visitors.caller(ctx, Optional.empty()))));
        ctx.redirect(PAGE + "?tab=" + tab.word(), HttpStatus.SEE_OTHER);
    }

    private boolean mayOpen(Context ctx, Tab tab) {
        return switch (tab) {
            case GENERAL, NOTIFICATIONS, PEOPLE -> visitors.may(ctx, Permission.ADMIN);
            case GIT -> visitors.may(ctx, Permission.ADMIN) || visitors.may(ctx, Permission.SYNC);
            case SECRETS, KEYS -> visitors.mayAnywhere(ctx, Permission.SECRETS);
            case TOKENS -> visitors.may(ctx, Permission.TOKENS) || gate.visitor(ctx) instanceof Visitor.Member;
        };
    }

    private void show(Context ctx) {
        visitors.admit(ctx);
        var open = Arrays.stream(Tab.values()).filter(t -> mayOpen(ctx, t)).toList();
        var asked = Params.text(ctx, "tab");
        var tab = open.stream()
                .filter(t -> asked.isEmpty() || t.word().equals(asked.get()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        403, "these settings are for those whom they concern: administrators", Optional.empty()));
        if (tab == Tab.SECRETS) {
            ctx.redirect("/secrets", HttpStatus.SEE_OTHER);
            return;
        }
        var tabs = open.stream()
                .map(t -> new Chip(t.title, PAGE + "?tab=" + t.word(), t == tab))
                .toList();
        pages.show(ctx, "settings.jte", view(ctx, tab, tabs));
    }

    private SettingsView view(Context ctx, Tab tab, List<Chip> tabs) {
        var reading = configured.reading();
        var rows = new SettingsRows(reading, configured.settings(), identity, clock.instant());
        return new SettingsView(
                tab.word(),
                tabs,
                reading.file(),
                tab == Tab.GIT && !visitors.may(ctx, Permission.ADMIN) ? List.of() : rows.groups(tab),
                tab == Tab.GENERAL ? configured.misfits() : List.of(),
                tab == Tab.GENERAL ? List.copyOf(configured.waiting()) : List.of(),
                tab == Tab.GIT ? git.view(visitors.may(ctx, Permission.SYNC)) : GitView.NONE,
                tab == Tab.KEYS
                        ? kept.of(visitors.caller(ctx, Optional.empty())).stream()
                                .filter(s -> s.kind() == SecretKind.SSH_KEY)
                                .map(s -> SecretPage.row(s, clock.instant()))
                                .toList()
                        : List.of(),
                tab == Tab.TOKENS ? rows.tokens(visitors.may(ctx, Permission.TOKENS), gate.person(ctx)) : List.of(),
                tab == Tab.PEOPLE ? rows.users(gate.person(ctx)) : List.of(),
                tab == Tab.PEOPLE ? rows.roles() : List.of(),
                gate.hasNoAdmin());
    }
}
