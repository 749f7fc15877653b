package dev.playcall.runner;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever follows a run that something in its folder has changed, as the kernel reports it. Where it does not (no
 * more watches are allowed, the folder is gone), a wait ends by itself after {@link #BUSY}.
 */
final class FolderChanges implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderChanges.class);
    /** Between two looks at a folder in which much is written. */
    private static final Duration BUSY = Duration.ofMillis(100);
    /** The same where nothing is: a process that died reports nothing. */
    private static final Duration QUIET = Duration.ofSeconds(1);
    /** After so many looks in a row that found something, writes are no longer reported: each would wake two threads. */
    private static final int MANY = 5;

    private @Nullable WatchService service;
    private boolean closed;
    private final Map<WatchKey, Folder> folders = new ConcurrentHashMap<>();

    /** Begins to listen with the first wait; what changed before is not reported. */
    Folder of(Path path) {
        return new Folder(path, service());
    }

    private synchronized @Nullable WatchService service() {
        if (service == null && !closed) {
            try {
                var opened = FileSystems.getDefault().newWatchService();
                Thread.ofVirtual().name("folder-changes").start(() -> distribute(opened));
                service = opened;
            } catch (IOException e) {
                log.warn(
                        "Files are read every {} ms, as their changes are not reported: {}",
                        BUSY.toMillis(),
                        e.getMessage());
            }
        }
        return service;
    }

    private void distribute(WatchService source) {
        try {
            while (true) {
                var key = source.take();
                var events = key.pollEvents();
                var folder = folders.get(key);
                if (folder != null) {
                    // An overflow is neither: anything may have happened.
                    folder.changed(events.stream().anyMatch(e -> !e.kind().equals(ENTRY_MODIFY)));
                }
                key.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            log.debug("Changes of files are no longer reported");
        }
    }

    /** Ends all waits; later ones end by themselves. */
    @Override
    public synchronized void close() {
        closed = true;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                log.debug("Changes of files are still reported: {}", e.getMessage());
            }
        }
        folders.values().forEach(f -> f.changed(true));
    }

    /** One folder, for one thread that waits. */
    final class Folder implements AutoCloseable {
        private final Path path;
        private final @Nullable WatchService source;
        private volatile @Nullable Thread waiting;
        private volatile boolean created;
        private volatile boolean written;
        private @Nullable WatchKey key;
        private boolean hearsWrites;
        private int busyInARow;

        private Folder(Path path, @Nullable WatchService source) {
            this.path = path;
            this.source = source;
        }

        /**
         * Waits for a change.
         *
         * @param busy whether the last look found something new: then only a new file, as the record of the end, cuts the wait
         *     short
         * @return whether there may be something to see; false when the time was up
         */
        boolean await(boolean busy) {
            busyInARow = busy ? busyInARow + 1 : 0;
            if (!busy && !hearsWrites) {
                listen(ENTRY_CREATE, ENTRY_MODIFY);
                if (hearsWrites) {
                    return true; // what was written until now is not reported
                }
            } else if (busyInARow == MANY) {
                listen(ENTRY_CREATE);
            }
            waiting = Thread.currentThread();
            long end = System.nanoTime() + (busy || key == null ? BUSY : QUIET).toNanos();
            long left = end - System.nanoTime();
            while (left > 0 && !created && (busy || !written)) {
                LockSupport.parkNanos(this, left);
                left = end - System.nanoTime();
            }
            boolean changed = created || written;
            created = false;
            written = false;
            return changed;
        }

        private void listen(WatchEvent.Kind<?>... kinds) {
            if (source == null) {
                return;
            }
            try {
                key = path.register(source, kinds);
                folders.put(key, this);
                hearsWrites = kinds.length > 1;
            } catch (IOException | ClosedWatchServiceException e) {
                key = null;
                hearsWrites = false;
            }
        }

        private void changed(boolean isNew) {
            written = true;
            created |= isNew;
            LockSupport.unpark(waiting);
        }

        @Override
        public void close() {
            if (key != null) {
                folders.remove(key);
                key.cancel();
            }
        }
    }
}
