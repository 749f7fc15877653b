package dev.playcall.boot;

import dev.playcall.boot.settings.Settings;
import dev.playcall.chat.query.ScheduledReports.ReportReceivers;
import dev.playcall.domain.PersonNames;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.web.notifications.PostHook;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who is told of what, by which means. */
public record NotificationServices(NotificationEngine notifications, Alerts alerts, Apprise apprise) {

    static NotificationServices of(CoreServices core) {
        var notificationEngine = notifications(core.settings(), core.database(), core.vault(), core.clock());
        return new NotificationServices(
                notificationEngine,
                alerts(core.settings(), core.database(), notificationEngine::waits, core.clock()),
                new Apprise(core.config().paths().data().resolve("apprise"), System.getenv()));
    }

    public static Alerts alerts(Settings settings, Database database, Supplier<List<String>> waits, Clock clock) {
        var names = new PersonNames(database.chat()::names);
        return new Alerts(
                database.alerts(),
                database.notices(),
                settings::rules,
                settings.each(c -> c.notifications().receivers().keySet()),
                p -> names.of(new Person(p)),
                waits,
                clock);
    }

    private static NotificationEngine notifications(
            Settings settings, Database database, SecretService secrets, Clock clock) {
        return new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                settings::rules,
                settings::sinks,
                new NotificationEngine.Texts(
                        secrets::redact,
                        settings.config().server().publicUrl(),
                        new PersonNames(database.chat()::names)::of),
                new NotificationEngine.Timing(clock, System::nanoTime, new SecureRandom()));
    }

    /** Where reports go that are not for a channel. */
    ReportReceivers reports(Settings settings) {
        var outbox = notifications.outbox();
        return new ReportReceivers() {
            @Override
            public Set<String> names() {
                return settings.config().notifications().receivers().keySet();
            }

            @Override
            public void send(String receiver, NotificationEvent report) {
                outbox.takeFor(receiver, report);
            }

            @Override
            public void send(NotificationEvent event) {
                outbox.take(List.of(event));
            }

            @Override
            public String page() {
                return settings.config().server().publicUrl().replaceFirst("/+$", "");
            }
        };
    }

    /** Where the source of this name comes in, as it is configured now. */
    Optional<PostHook> hook(Settings settings, String name, Clock clock) {
        return Optional.ofNullable(settings.config().notifications().sources().get(name))
                .map(source -> new InboundHook(name, source, notifications.outbox(), clock))
                .map(inboundHook -> (headers, body) -> {
                    var reply = inboundHook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), "application/json", reply.body());
                });
    }
}
