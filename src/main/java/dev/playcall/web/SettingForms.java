package dev.playcall.web;

import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.config.Setting;
import dev.playcall.config.SettingForm;
import dev.playcall.security.AuditLog;
import dev.playcall.security.Permission;
import dev.playcall.web.pages.SettingView;
import dev.playcall.web.pages.SettingView.Input;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The page of one setting that may be changed while Playcall works. */
final class SettingForms {
    private static final String PAGE = "/settings/set/";
    private static final int SHOWN = 5;

    private final Configured configured;
    private final Desk desk;
    private final AuditLog audit;
    private final Visitors visitors;
    private final Pages pages;
    private final Flash flash;
    private final Clock clock;

    SettingForms(
            Configured configured,
            Desk desk,
            AuditLog audit,
            Visitors visitors,
            Pages pages,
            Flash flash,
            Clock clock) {
        this.configured = configured;
        this.desk = desk;
        this.audit = audit;
        this.visitors = visitors;
        this.pages = pages;
        this.flash = flash;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE + "{key}", ctx -> {
            var setting = find(ctx);
            show(ctx, 200, setting, setting.value(), "");
        });
        routes.post(PAGE + "{key}", this::take);
    }

    /** Where a key is changed, and on which tab it stands. */
    static String link(String key) {
        return PAGE + key;
    }

    private Setting find(Context ctx) {
        visitors.admit(ctx, Permission.ADMIN);
        var key = ctx.pathParam("key");
        return configured.settings().stream()
                .filter(s -> s.key().name().equals(key))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no setting \"" + key + "\" to change here"));
    }

    private void take(Context ctx) {
        var setting = find(ctx);
        var key = setting.key().name();
        var value = field(ctx, "value");
        var reason = field(ctx, "reason");
        if (Forms.text(ctx, "do").filter("reset"::equals).isPresent()) {
            does(ctx, setting, new Command.ResetSetting(key, reason));
            return;
        }
        var seen = Forms.text(ctx, "seen");
        if (seen.filter(s -> !s.equals(setting.value())).isPresent()) {
            show(
                    ctx,
                    409,
                    setting,
                    value,
                    "meanwhile somebody else has made it " + setting.value()
                            + "; set it again to have yours all the same");
        } else {
            does(ctx, setting, new Command.SetSetting(key, value, reason));
        }
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private void does(Context ctx, Setting setting, Command wish) {
        var replied = Replied.of(desk.handle(wish, visitors.caller(ctx, Optional.empty())));
        if (replied.isGood()) {
            flash.say(ctx, replied);
            ctx.redirect(SettingsRows.place(setting.key().name()), HttpStatus.SEE_OTHER);
        } else {
            show(ctx, replied.status(), setting, field(ctx, "value"), replied.text());
        }
    }

    private void show(Context ctx, int status, Setting setting, String typed, String wrong) {
        var key = setting.key();
        ctx.status(status);
        pages.show(
                ctx,
                "setting.jte",
                new SettingView(
                        key.name(),
                        key.help(),
                        key.range(),
                        input(key.form()),
                        setting.value(),
                        setting.otherwise(),
                        setting.origin(),
                        setting.set()
                                .map(s -> s.by() + " " + Ages.ago(s.at(), clock.instant()))
                                .orElse(""),
                        typed,
                        field(ctx, "reason"),
                        wrong,
                        new PastDeeds(audit, clock.instant()).ofSetting(key.name(), SHOWN),
                        SettingsRows.place(key.name())));
    }

    private static Input input(SettingForm form) {
        return switch (form) {
            case SettingForm.Count(var least, var most) ->
                new Input("number", List.of(), Long.toString(least), Long.toString(most));
            case SettingForm.Choice(var words) -> new Input("choice", words, "", "");
            case SettingForm.Text(var usual) -> new Input("text", usual, "", "");
        };
    }
}
