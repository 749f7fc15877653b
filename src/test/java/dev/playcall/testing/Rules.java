package dev.playcall.testing;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.config.Config;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.access.People;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.secret.SecretService;
import java.time.Clock;
import java.util.Map;

/** Locks, freezes and policies of a configuration, put together as the gateway does. */
public final class Rules {
    private Rules() {}

    public static StartPolicy of(
            Config config, Catalogs catalogs, LockStore locks, People people, SecretService secrets, Clock clock) {
        return of(config, catalogs, locks, people, secrets, HoldStore.NONE, clock);
    }

    public static StartPolicy of(
            Config config,
            Catalogs catalogs,
            LockStore locks,
            People people,
            SecretService secrets,
            HoldStore holds,
            Clock clock) {
        var policies = new ApprovalPolicies(
                config.policies().policies(), e -> catalogs.current().rules(e, EnvironmentRules::policies));
        var freezes = config.policies().freezes();
        var locksAndFreezes = new LocksAndFreezes(
                locks, () -> freezes, e -> catalogs.current().rules(e, EnvironmentRules::freezes), people, clock);
        var contentHash = new ContentHash(catalogs, RolesPath.of(config.paths(), Map.of()));
        var zone = config.schedule().timezone();
        return new StartPolicy(catalogs, policies, locksAndFreezes, contentHash, secrets, holds, () -> zone, clock);
    }
}
