package dev.playcall.venv;

import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One at a time changes the environments, of all threads of this program and of all programs on this machine. */
final class StoreLock {
    private final ReentrantLock threads = new ReentrantLock(true);
    private final Path file;

    StoreLock(Path file) {
        this.file = file;
    }

    /** What is done while it is held. */
    interface Work<T> {
        T work() throws IOException, ContentException;
    }

    /** @param stop whether nobody waits any more */
    <T> T hold(BooleanSupplier stop, Work<T> work) throws ContentException {
        await(stop);
        try {
            Files.createDirectories(file.getParent());
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                return work.work();
            }
        } catch (IOException e) {
            throw new ContentException("environments cannot be changed: " + e.getMessage());
        } finally {
            threads.unlock();
        }
    }

    private void await(BooleanSupplier stop) throws ContentException {
        try {
            while (!threads.tryLock(200, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new ContentException("the installation was stopped");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContentException("the gateway is stopping");
        }
    }
}
