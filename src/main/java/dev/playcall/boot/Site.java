package dev.playcall.boot;

import dev.playcall.ansible.RunTimelines;
import dev.playcall.command.Puller;
import dev.playcall.command.Review;
import dev.playcall.config.Reading;
import dev.playcall.config.Setting;
import dev.playcall.web.Check;
import dev.playcall.web.Configured;
import dev.playcall.web.PostHook;
import dev.playcall.web.WebServer;
import java.util.Collection;
import java.util.List;

/** The page and everything else that is asked for over HTTP. */
final class Site {
    private Site() {}

    static WebServer of(
            Ground ground,
            AnsibleTools ansible,
            Desks desks,
            Chats chats,
            Notices notices,
            List<Check> checks,
            boolean anyPort) {
        var web = new WebServer(
                ground.config(),
                anyPort,
                ground.catalogs(),
                ground.journal(),
                desks.all(),
                ground.rights(),
                ground.vault(),
                ground.rules(),
                new RunTimelines(ansible.running().runs(), ground.vault()::redact)::of,
                chats.console(),
                ground.audit(),
                checks,
                ground.entrance(),
                ground.clock());
        web.show(notices.notifications(), notices.alerts());
        web.show(ground.database().schedules());
        web.show(new Review(desks.drafts(), ground.rules(), ground.journal()));
        web.show(
                configured(ground.settings()),
                ground.shelf().checkouts(),
                ground.shelf().galaxy());
        web.offerHolds();
        web.show(desks.files());
        web.show(ground.catalogs(), desks.all(), ground.rules().closures());
        web.show(desks.all());
        web.measure(ground.database()::measure);
        web.measure(chats::measure);
        web.measure(new NoticeFigures(notices.notifications(), notices.alerts())::measure);
        web.showEverybody(
                ground.catalogs(), ground.settings().each(c -> c.server().publicStatus()));
        return web;
    }

    private static Configured configured(Settings settings) {
        return new Configured() {
            @Override
            public Reading reading() {
                return settings.reading();
            }

            @Override
            public List<Setting> settings() {
                return settings.settings();
            }

            @Override
            public List<String> misfits() {
                return settings.misfits();
            }

            @Override
            public Collection<String> waiting() {
                return settings.waiting();
            }
        };
    }

    /** What others send: alerts, pushes to git, what a platform of chat says over HTTP. */
    static void listen(WebServer web, Ground ground, Notices notices, Chats chats, Puller puller) {
        web.receive(name -> notices.hook(ground.settings(), name, ground.clock())
                .or(() -> ground.shelf().pushes(name, puller)));
        chats.webhooks()
                .forEach((path, hook) -> web.receive(path, (headers, body) -> {
                    var reply = hook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), reply.contentType(), reply.body());
                }));
    }
}
