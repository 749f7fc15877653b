package dev.playcall.testing;

import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For tests that are not about alerts. */
public final class NoAlerts {
    private NoAlerts() {}

    public static Alerts of(Database database) {
        return new Alerts(
                database.alerts(),
                database.notices(),
                () -> NotificationRules.of(Optional.empty()),
                () -> Set.of(),
                p -> p,
                List::of,
                Clock.systemUTC());
    }
}
