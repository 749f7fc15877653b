package dev.playcall.boot;

import dev.playcall.agent.AgentReports;
import dev.playcall.ansible.timeline.RunTimelines;
import dev.playcall.boot.chat.ChatServices;
import dev.playcall.boot.settings.Settings;
import dev.playcall.command.content.GitSyncScheduler;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPreview;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.config.runtime.Setting;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.notifications.PostHook;
import dev.playcall.web.server.WebServer;
import java.util.Collection;
import java.util.List;

/** The page and everything else that is asked for over HTTP. */
final class WebFactory {
    private WebFactory() {}

    static WebServer of(
            CoreServices core,
            AnsibleTools ansible,
            CommandServices commandServices,
            ChatServices chatServices,
            NotificationServices events,
            AgentReports agents,
            List<ReadinessCheck> checks,
            boolean anyPort) {
        var web = new WebServer(
                core.config(),
                anyPort,
                new RunServices(core.catalogs(), core.journal(), commandServices.all(), core.rights(), core.rules()),
                core.vault(),
                core.audit(),
                checks,
                core.webAccess(),
                core.clock());
        web.showRuns(new RunTimelines(ansible.running().runs(), core.vault()::redact)::of);
        web.show(
                chatServices.console(),
                core.rules().closures(),
                core.settings().each(c -> c.server().publicStatus()),
                ansible.environments());
        web.show(ansible.environments(), core.content()::elsewhere);
        web.show(events.notifications(), events.alerts(), core.receivers());
        web.show(
                core.database().schedules(),
                core.settings().each(c -> c.notifications().receivers().keySet()));
        web.show(new StartPreview(commandServices.requests(), core.rules(), core.journal()), commandServices.reach());
        web.show(
                configured(core.settings()),
                core.content().checkouts(),
                core.content().galaxy(),
                ansible.venvs());
        web.show(commandServices.files(), core.content()::elsewhere);
        web.show(ansible.inventoryFiles(), core.content()::elsewhere);
        web.show(agents);
        web.show(commandServices.all());
        web.measure(core.database()::measure);
        web.measure(chatServices::measure);
        web.measure(new NotificationMetrics(events.notifications(), events.alerts())::measure);
        return web;
    }

    private static Configured configured(Settings settings) {
        return new Configured() {
            @Override
            public LoadedConfig reading() {
                return settings.reading();
            }

            @Override
            public List<Setting> settings() {
                return settings.settings();
            }

            @Override
            public List<String> rejectedSettings() {
                return settings.rejectedSettings();
            }

            @Override
            public Collection<String> waiting() {
                return settings.waiting();
            }
        };
    }

    /** What others send: alerts, pushes to git, what a platform of chat says over HTTP. */
    static void listen(
            WebServer web,
            CoreServices core,
            NotificationServices events,
            ChatServices chatServices,
            GitSyncScheduler gitSyncScheduler) {
        web.receive(name -> events.hook(core.settings(), name, core.clock())
                .or(() -> core.content().pushes(name, gitSyncScheduler)));
        listen(web, chatServices);
    }

    static void listen(WebServer web, ChatServices chatServices) {
        chatServices
                .webhooks()
                .forEach((path, hook) -> web.receive(path, (headers, body) -> {
                    var reply = hook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), reply.contentType(), reply.body());
                }));
    }
}
