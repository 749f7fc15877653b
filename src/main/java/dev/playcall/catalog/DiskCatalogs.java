package dev.playcall.catalog;

import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.config.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The catalogue from the disk, read again when a file there has changed. */
public final class DiskCatalogs implements Catalogs {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Supplier<Config> settings;
    private final HostRegister register;
    private final Clock clock;
    private final Consumer<String> problemListener;
    private volatile HostFacts facts = HostFacts.NONE;
    private Catalog catalog = Catalog.EMPTY;
    private @Nullable Config readWith;
    private String fingerprint = "";
    private Instant looked = Instant.EPOCH;

    public DiskCatalogs(Config config, Clock clock) {
        this(config, clock, _ -> {});
    }

    /** @param problemListener gets what is broken and left out, once for each time it is found broken anew */
    public DiskCatalogs(Config config, Clock clock, Consumer<String> problemListener) {
        this(() -> config, HostRegister.NONE, clock, problemListener);
    }

    /**
     * @param settings the configuration as it is now
     * @param register hosts that stand in no file
     */
    public DiskCatalogs(
            Supplier<Config> settings, HostRegister register, Clock clock, Consumer<String> problemListener) {
        this.settings = settings;
        this.register = register;
        this.clock = clock;
        this.problemListener = problemListener;
    }

    /** Where it is asked from now on what is known of hosts. */
    public void facts(HostFacts known) {
        facts = known;
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    /** What would be left out of the catalogue with this configuration, and why. */
    public static List<String> problems(Config config) {
        return new CatalogReader(config, HostRegister.NONE).read().problems();
    }

    @Override
    public synchronized Catalog afterChange() {
        looked = Instant.EPOCH;
        return current();
    }

    @Override
    public synchronized Catalog current() {
        var now = clock.instant();
        // Also when the clock was put back, or nothing would be read until it has caught up.
        if (now.isBefore(looked) || !now.isBefore(looked.plus(BETWEEN_LOOKS))) {
            looked = now;
            readIfChanged();
        }
        return catalog;
    }

    private void readIfChanged() {
        var config = settings.get();
        var found = CatalogFingerprint.of(config) + register.revision();
        if (!(found + CatalogFingerprint.of(imported())).equals(fingerprint) || !config.equals(readWith)) {
            var before = catalog.problems();
            catalog = new CatalogReader(config, register).read();
            // Only now it is known which playbooks are imported.
            fingerprint = found + CatalogFingerprint.of(imported());
            readWith = config;
            catalog.problems().stream().filter(p -> !before.contains(p)).forEach(problemListener);
        }
    }

    /** Playbooks that others import may lie anywhere, and what they ask for is in the catalogue as well. */
    private List<Path> imported() {
        return catalog.playbooks().values().stream()
                .flatMap(p -> p.inputs().prompts().files().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
