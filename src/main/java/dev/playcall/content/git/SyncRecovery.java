package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings to its end what a gateway was doing to a checkout when it was killed. */
record SyncRecovery(Git git, SyncJournal way, CheckoutUpdate move) {
    private static final Logger log = LoggerFactory.getLogger(SyncRecovery.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    void repair() throws ContentException {
        var root = way.root();
        if (!Files.isDirectory(root)) {
            move.settle();
            return;
        }
        await(root);
        try {
            unlock(root);
            finish(git.ask(root, "rev-parse", "HEAD").line());
        } catch (IOException e) {
            throw new ContentException(root + " cannot be read: " + e.getMessage());
        }
    }

    private void finish(String head) throws IOException, ContentException {
        if (head.equals(way.to())) {
            arrive();
        } else if (head.equals(way.from())) {
            move.back(move.strange(), false);
            log.warn("A sync of {} was interrupted; rolled back to {}", way.root(), way.from());
        } else {
            move.settle();
        }
    }

    private void arrive() throws ContentException, IOException {
        try {
            move.arrive();
            move.settle();
            log.warn("A sync of {} was interrupted; completed at {}", way.root(), way.to());
        } catch (ContentException e) {
            log.warn("A sync of {} was interrupted and cannot be completed: {}", way.root(), e.why());
            move.back(move.strange(), false);
        }
    }

    /** What the dead gateway has started goes on without it. */
    private static void await(Path root) throws ContentException {
        long until = System.nanoTime() + TIMEOUT.toNanos();
        while (ExternalProgram.isAtWork(root)) {
            if (System.nanoTime() > until) {
                throw new ContentException("an earlier Git process is still running in " + root);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** Whoever held these is gone. */
    private void unlock(Path root) throws IOException, ContentException {
        var gitDir = Path.of(git.ask(root, "rev-parse", "--absolute-git-dir").line());
        Files.deleteIfExists(gitDir.resolve("index.lock"));
        Files.deleteIfExists(gitDir.resolve("HEAD.lock"));
        var modules = gitDir.resolve("modules");
        if (!Files.isDirectory(modules)) {
            return;
        }
        Files.walkFileTree(modules, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.endsWith("index.lock") || file.endsWith("HEAD.lock")) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
