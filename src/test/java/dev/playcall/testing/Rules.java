package dev.playcall.testing;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.EnvironmentRules;
import dev.playcall.catalog.Libraries;
import dev.playcall.catalog.Sealing;
import dev.playcall.command.StartRules;
import dev.playcall.config.Config;
import dev.playcall.runner.HoldStore;
import dev.playcall.security.Agreements;
import dev.playcall.security.Closures;
import dev.playcall.security.LockStore;
import dev.playcall.security.People;
import dev.playcall.security.Vault;
import java.time.Clock;
import java.util.Map;

/** Locks, freezes and policies of a configuration, put together as the gateway does. */
public final class Rules {
    private Rules() {}

    public static StartRules of(
            Config config, Catalogs catalogs, LockStore locks, People people, Vault vault, Clock clock) {
        return of(config, catalogs, locks, people, vault, HoldStore.NONE, clock);
    }

    public static StartRules of(
            Config config,
            Catalogs catalogs,
            LockStore locks,
            People people,
            Vault vault,
            HoldStore holds,
            Clock clock) {
        var policies = new Agreements(
                config.policies().policies(), e -> catalogs.current().rules(e, EnvironmentRules::policies));
        var freezes = config.policies().freezes();
        var closures = new Closures(
                locks, () -> freezes, e -> catalogs.current().rules(e, EnvironmentRules::freezes), people, clock);
        var sealing = new Sealing(catalogs, Libraries.beside(config.paths().playbooks(), Map.of()));
        var zone = config.schedule().timezone();
        return new StartRules(catalogs, policies, closures, sealing, vault, holds, () -> zone, clock);
    }
}
