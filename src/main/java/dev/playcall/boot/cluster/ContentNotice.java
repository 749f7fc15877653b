package dev.playcall.boot.cluster;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Faults;
import dev.playcall.catalog.ProjectHash;
import dev.playcall.journal.node.NodeStore;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/** Tells other gateways which playbooks and inventories are here: a run is executed where those are that it was requested with. */
final class ContentNotice implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final NodeStore nodes;
    private final String self;
    private final ProjectHash files;
    private final BackgroundLoop loop;
    private String published = "";

    ContentNotice(NodeStore nodes, String self, ProjectHash files, Clock clock) {
        this.nodes = nodes;
        this.self = self;
        this.files = files;
        this.loop = new BackgroundLoop("content of this node", EVERY, EVERY, clock, this::publish);
    }

    void start() {
        loop.start();
    }

    synchronized void publish() {
        var now = now();
        if (!now.equals(published)) {
            nodes.content(self, now);
            published = now;
        }
    }

    /** What cannot be read is like nothing elsewhere. */
    private String now() {
        try {
            return files.now();
        } catch (UncheckedIOException e) {
            return self + ": " + Faults.reason(e);
        }
    }

    BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
