package dev.playcall.catalog;

import dev.playcall.config.Config;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The catalogue from the disk, read again when a file there has changed. */
public final class DiskCatalogs implements Catalogs {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Config config;
    private final Clock clock;
    private Catalog catalog = Catalog.EMPTY;
    private String fingerprint = "";
    private Instant looked = Instant.EPOCH;

    public DiskCatalogs(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public synchronized Catalog current() {
        var now = clock.instant();
        // Also when the clock was put back, or nothing would be read until it has caught up.
        if (now.isBefore(looked) || !now.isBefore(looked.plus(BETWEEN_LOOKS))) {
            looked = now;
            var found =
                    Fingerprint.of(config.paths().inventory(), config.paths().playbooks());
            if (!found.equals(fingerprint)) {
                catalog = new CatalogReader(config).read();
                fingerprint = found;
            }
        }
        return catalog;
    }
}
