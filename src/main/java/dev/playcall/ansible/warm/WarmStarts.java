package dev.playcall.ansible.warm;

import dev.playcall.config.file.FileTrees;
import dev.playcall.runner.Launcher;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Ansible imported for the runs that come. The first run of a kind starts cold, and from then on there is one for
 * its kind; it is replaced after an hour, and when what was imported has been replaced on disk. Of the kinds of late two
 * are kept, and none while memory is scarce.
 */
public final class WarmStarts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmStarts.class);
    private static final int MOST = 2;
    private static final Duration AGE = Duration.ofHours(1);
    /** One needs about 60 MB; what is free beside it belongs to the runs. */
    private static final long FREE_MEMORY = 512L << 20;

    private final Path script;
    private final Path folder;
    private final BooleanSupplier wanted;
    private final BooleanSupplier roomy;
    private final AtomicInteger made = new AtomicInteger();
    private final SequencedMap<WarmKey, ImportedAnsible> kept = new LinkedHashMap<>(MOST + 1, 1, true);
    private boolean closed;

    /**
     * Nothing is started before a run has come.
     *
     * @param script warm.py
     * @param folder only for these; it is emptied by {@link #start}
     * @param wanted what the configuration says now
     */
    public WarmStarts(Path script, Path folder, BooleanSupplier wanted) {
        this(script, folder, wanted, () -> FreeMemory.now().orElse(Long.MAX_VALUE) >= FREE_MEMORY);
    }

    WarmStarts(Path script, Path folder, BooleanSupplier wanted, BooleanSupplier roomy) {
        this.script = script;
        this.folder = folder;
        this.wanted = wanted;
        this.roomy = roomy;
    }

    /** Prepares runs as this launcher does, and starts them from an imported Ansible where that can be done. */
    public Launcher before(Launcher launcher) {
        return new WarmLauncher(launcher, this);
    }

    /** Removes what a gateway left that was killed. */
    public void start() {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            log.debug("{} cannot be emptied: {}", folder, e.getMessage());
        }
    }

    /** Hands the run to a supervisor that is there; empty when one has to be started. */
    Optional<ProcessHandle> take(Launch launch, Path directory) {
        if (!wanted.getAsBoolean() || !roomy.getAsBoolean()) {
            dropAll();
            return Optional.empty();
        }
        return WarmKey.of(launch).flatMap(this::ready).flatMap(imported -> imported.handOver(directory));
    }

    private synchronized Optional<ImportedAnsible> ready(WarmKey key) {
        var imported = kept.get(key);
        if (imported == null || imported.isGivenUp(AGE)) {
            keep(key);
            return Optional.empty();
        }
        return Optional.of(imported).filter(i -> i.state() == ImportedAnsible.State.READY);
    }

    /** Whether a run like this would get one; if not, one is made. */
    boolean isReady(Launch launch) {
        return WarmKey.of(launch).flatMap(this::ready).isPresent();
    }

    private void keep(WarmKey key) {
        if (closed) {
            return;
        }
        try {
            var own = folder.resolve(Integer.toString(made.incrementAndGet()));
            kept.put(key, ImportedAnsible.start(script, key, own, AGE, (which, before) -> ended(key, which, before)));
        } catch (UncheckedIOException e) {
            log.warn("{}", e.getMessage());
        }
        while (kept.size() > MOST) {
            kept.pollFirstEntry().getValue().close();
        }
    }

    /** One that has served is replaced; one that never could stays in its place, so that it is not tried for each run. */
    private synchronized void ended(WarmKey key, ImportedAnsible which, ImportedAnsible.State before) {
        if (kept.get(key) != which || before == ImportedAnsible.State.UNUSABLE) {
            return;
        }
        kept.remove(key);
        if (before == ImportedAnsible.State.READY && wanted.getAsBoolean() && roomy.getAsBoolean()) {
            keep(key);
        }
    }

    private synchronized void dropAll() {
        kept.values().forEach(ImportedAnsible::close);
        kept.clear();
    }

    /** The process ids of those that wait for runs. */
    synchronized List<Long> waiting() {
        return kept.values().stream()
                .filter(i -> i.state() == ImportedAnsible.State.READY)
                .map(ImportedAnsible::pid)
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        dropAll();
    }
}
