package dev.playcall.boot;

import dev.playcall.domain.Person;
import dev.playcall.notify.Alerts;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.inbound.Hook;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.security.Vault;
import dev.playcall.store.Database;
import dev.playcall.web.PostHook;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who is told of what, by which means. */
record Notices(Notifications notifications, Alerts alerts, Apprise apprise) {

    static Notices of(Ground ground) {
        var notifications = notifications(ground.settings(), ground.database(), ground.vault(), ground.clock());
        return new Notices(
                notifications,
                alerts(ground.settings(), ground.database(), notifications::waits, ground.clock()),
                new Apprise(ground.config().paths().data().resolve("apprise"), System.getenv()));
    }

    static Alerts alerts(Settings settings, Database database, Supplier<List<String>> waits, Clock clock) {
        var people = database.chat();
        return new Alerts(
                database.alerts(),
                database.notices(),
                settings::rules,
                settings.each(c -> c.notifications().receivers().keySet()),
                p -> {
                    var person = new Person(p);
                    return people.names(Set.of(person)).getOrDefault(person, p);
                },
                waits,
                clock);
    }

    private static Notifications notifications(Settings settings, Database database, Vault vault, Clock clock) {
        return new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                settings::rules,
                settings::sinks,
                vault::redact,
                settings.config().server().publicUrl(),
                clock,
                System::nanoTime,
                new SecureRandom());
    }

    /** Where the source of this name comes in, as it is configured now. */
    Optional<PostHook> hook(Settings settings, String name, Clock clock) {
        return Optional.ofNullable(settings.config().notifications().sources().get(name))
                .map(source -> new Hook(name, source, notifications.outbox(), clock))
                .map(hook -> (headers, body) -> {
                    var reply = hook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), "application/json", reply.body());
                });
    }
}
