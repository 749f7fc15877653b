package dev.playcall.testing;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.command.Rights;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.RunRequestFactory.RunTimeouts;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.config.Config;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.runner.queue.Hold;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.access.People;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.secret.SecretService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Locks, freezes and policies of a configuration, put together as the gateway does. */
public final class Rules {
    /** Nothing is held back, and nothing can be. */
    public static final HoldStore NO_HOLDS = new HoldStore() {
        @Override
        public List<Hold> all() {
            return List.of();
        }

        @Override
        public Optional<Hold> take(Hold hold) {
            throw new IllegalStateException("pauses cannot be stored");
        }

        @Override
        public boolean release(Hold hold) {
            return false;
        }
    };

    /** Nothing is locked, and nothing can be. */
    private static final LockStore NO_LOCKS = new LockStore() {
        @Override
        public Optional<EnvironmentLock> find(EnvironmentName environment) {
            return Optional.empty();
        }

        @Override
        public Optional<EnvironmentLock> take(EnvironmentLock lock, Set<Person> own) {
            throw new IllegalStateException("locks cannot be stored");
        }

        @Override
        public boolean release(EnvironmentLock lock) {
            return false;
        }

        @Override
        public List<EnvironmentLock> all() {
            return List.of();
        }
    };

    /** No run waits for anything but its own lock. */
    public static final WaitReasons NOTHING_WAITS = new WaitReasons() {
        @Override
        public Optional<String> waitsFor(Run run, List<Run> running) {
            return Optional.empty();
        }

        @Override
        public List<String> closed(Predicate<EnvironmentName> seen) {
            return List.of();
        }
    };

    private Rules() {}

    public static StartPolicy of(
            Config config, Catalogs catalogs, LockStore locks, People people, SecretService secrets, Clock clock) {
        return of(config, catalogs, locks, people, secrets, NO_HOLDS, clock);
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

    /** Nobody has to agree, and nothing is locked. */
    public static StartPolicy none(Catalogs catalogs, SecretService secrets) {
        var clock = Clock.systemUTC();
        People people = Set::of;
        var locksAndFreezes = new LocksAndFreezes(NO_LOCKS, List::of, _ -> List.of(), people, clock);
        var contentHash = new ContentHash(catalogs, new RolesPath(Path.of("").toAbsolutePath(), Optional.empty()));
        return new StartPolicy(
                catalogs,
                new ApprovalPolicies(List.of(), _ -> List.of()),
                locksAndFreezes,
                contentHash,
                secrets,
                NO_HOLDS,
                () -> ZoneOffset.UTC,
                clock);
    }

    /** Requests are made with this timeout where nothing says otherwise. */
    public static RunRequestFactory requests(
            Catalogs catalogs, Rights rights, SecretService secrets, Duration timeout) {
        return new RunRequestFactory(catalogs, rights, secrets, () -> new RunTimeouts(timeout, 50), _ -> {});
    }
}
