package dev.playcall.web.settings;

import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.SettingsCommand;
import dev.playcall.config.runtime.Setting;
import dev.playcall.config.runtime.SettingForm;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.security.access.Permission;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.settings.SettingView.Input;
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
    private final CommandHandler commands;
    private final AuditLog audit;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Flash flash;
    private final Clock clock;

    SettingForms(
            Configured configured,
            CommandHandler commands,
            AuditLog audit,
            RequestAuth requestAuth,
            Pages pages,
            Flash flash,
            Clock clock) {
        this.configured = configured;
        this.commands = commands;
        this.audit = audit;
        this.requestAuth = requestAuth;
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
        requestAuth.admit(ctx, Permission.ADMIN);
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
            does(ctx, setting, new SettingsCommand.ResetSetting(key, reason));
            return;
        }
        var seen = Forms.text(ctx, "seen");
        if (seen.filter(s -> !s.equals(setting.value())).isPresent()) {
            var changed = "it was changed meanwhile to " + setting.value() + "; save again to overwrite that";
            show(ctx, 409, setting, value, changed);
        } else {
            does(ctx, setting, new SettingsCommand.SetSetting(key, value, reason));
        }
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private void does(Context ctx, Setting setting, Command command) {
        var results = Results.of(commands.handle(command, requestAuth.caller(ctx, Optional.empty())));
        if (results.isGood()) {
            flash.set(ctx, results);
            ctx.redirect(SettingsRows.place(setting.key().name()), HttpStatus.SEE_OTHER);
        } else {
            show(ctx, results.status(), setting, field(ctx, "value"), results.text());
        }
    }

    private void show(Context ctx, int status, Setting setting, String typed, String wrong) {
        var key = setting.key();
        var view = new SettingView(
                key.name(),
                key.help(),
                key.range(),
                input(key.form()),
                setting.value(),
                setting.otherwise(),
                setting.origin(),
                setting.set()
                        .map(s -> s.by().inText() + " " + TextFormat.ago(s.at(), clock.instant()))
                        .orElse(""),
                typed,
                field(ctx, "reason"),
                wrong,
                new RecentActions(audit, clock.instant()).ofSetting(key.name(), SHOWN),
                SettingsRows.place(key.name()));
        pages.show(ctx.status(status), "settings/setting.jte", view);
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
