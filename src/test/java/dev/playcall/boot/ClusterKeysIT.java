package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.Gateway;
import dev.playcall.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A second gateway of a cluster that is started before the keys are copied to it. */
class ClusterKeysIT {
    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    @Test
    void aGatewayRefusedForItsKeysStartsWithTheRightOnes() throws Exception {
        var server = PostgresServer.shared();
        var database = server.create();
        try (var first = node("node-1", server.place(database));
                var second = node("node-2", server.place(database))) {
            first.start();
            var told = second.command(Map.of(), "serve").get();
            assertThat(told.code()).isNotZero();
            assertThat(told.err()).contains("this gateway has other keys than those on its database");
            assertThat(folder.resolve("node-2/data/audit.head")).doesNotExist();
            second.takeAlong(folder.resolve("node-1"), "data/keys");
            second.start();
            assertThat(second.get("/api/v1/nodes").path("nodes")).hasSize(2);
        }
    }

    private Gateway node(String name, String store) {
        var gateway = new Gateway(folder.resolve(name), PostgresServer.settings(store, name));
        gateway.environment("prod", List.of("h1"));
        return gateway;
    }
}
