package dev.playcall.catalog.fetched;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.ListedInventory;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.EnvironmentSource.FetchPlan;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the inventories of environments up to date that plugins and scripts give. They are asked on demand: by a person, and before
 * a run is requested when the last result is older than configured. A run that is already requested uses what is kept.
 */
public final class InventoryRefresh {
    private final Catalogs catalogs;
    private final InventoryFetcher fetcher;
    private final Clock clock;
    private final Map<EnvironmentName, ReentrantLock> locks = new ConcurrentHashMap<>();

    public InventoryRefresh(Catalogs catalogs, InventoryFetcher fetcher, Clock clock) {
        this.catalogs = catalogs;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /** What came of a refresh. */
    public sealed interface Outcome {
        /** @param environment as it is now */
        record Fetched(Environment environment) implements Outcome {}

        /** @param last what is still used, if there is anything */
        record Failed(String why, Optional<FetchedInventory> last) implements Outcome {}

        /** Its files are data, and always read as they are. */
        record OnlyData() implements Outcome {}
    }

    /** Asks the sources of an environment now. */
    public Outcome now(Environment environment) {
        var plan = environment.source().fetching();
        return plan.isEmpty() ? new Outcome.OnlyData() : locked(environment, () -> ask(environment, plan.get()));
    }

    /** Asks the sources when their last result is too old for a run; does nothing for an environment of data. */
    public void beforeRun(String name) {
        catalogs.current()
                .environment(name)
                .ifPresent(environment -> environment
                        .source()
                        .fetching()
                        .ifPresent(plan -> locked(environment, () -> {
                            if (isDue(environment.source(), plan)) {
                                ask(environment, plan);
                            }
                            return new Outcome.OnlyData();
                        })));
    }

    /** One at a time for each environment: who waits finds the result of the other. */
    private Outcome locked(Environment environment, Supplier<Outcome> action) {
        var lock = locks.computeIfAbsent(environment.name(), _ -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue(EnvironmentSource source, FetchPlan plan) {
        try {
            return FetchedInventory.read(source.folder()).isDue(source, plan, clock.instant());
        } catch (IOException e) {
            return true; // a source that cannot be read: Ansible says which
        }
    }

    private Outcome ask(Environment environment, FetchPlan plan) {
        var source = environment.source();
        return switch (fetcher.fetch(source, plan)) {
            case InventoryFetcher.Answer.Failed(var why) -> failed(source, why);
            case InventoryFetcher.Answer.Listed(var text) ->
                ListedInventory.problem(text, source.group())
                        .map(why -> failed(source, why))
                        .orElseGet(() -> keep(environment, text));
        };
    }

    private Outcome keep(Environment environment, String text) {
        try {
            FetchedInventory.keep(environment.source(), text, clock.instant());
        } catch (IOException e) {
            return failed(environment.source(), "the result could not be kept: " + e.getMessage());
        }
        var now = catalogs.afterChange().environment(environment.name());
        return new Outcome.Fetched(now.orElse(environment));
    }

    private Outcome failed(EnvironmentSource source, String why) {
        try {
            FetchedInventory.keepFailure(source, why, clock.instant());
        } catch (IOException e) {
            return new Outcome.Failed(why + " (and this could not be kept: " + e.getMessage() + ")", Optional.empty());
        }
        catalogs.afterChange();
        var kept = FetchedInventory.read(source.folder());
        return new Outcome.Failed(why, Optional.of(kept).filter(k -> k.at().isPresent()));
    }

    /** Asks the sources of an environment, which executes the plugins and scripts among them. */
    public interface InventoryFetcher {
        /** What came of it. */
        sealed interface Answer {
            /** @param text as {@code ansible-inventory --list --export} printed it */
            record Listed(String text) implements Answer {}

            /** @param why one line, without secrets */
            record Failed(String why) implements Answer {}
        }

        Answer fetch(EnvironmentSource source, FetchPlan plan);
    }
}
