package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.slack.SlackManifest;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.PayloadTypes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the check of payloads by the platforms' types can fail, and what is not recorded in other tests. */
class PayloadTypesIT {
    @TempDir
    Path folder;

    @Test
    void aFieldOfTheWrongTypeOrNameIsFound() throws IOException, InterruptedException {
        var good = folder.resolve("good");
        Files.createDirectories(good);
        Files.writeString(good.resolve("chat.postMessage-1.json"), "{\"channel\": \"C1\", \"text\": \"hello\"}");
        Files.writeString(good.resolve("message-create-1.json"), "{\"content\": \"hello\", \"tts\": false}");
        assertThat(PayloadTypes.check(good)).isEmpty();

        var bad = folder.resolve("bad");
        Files.createDirectories(bad);
        Files.writeString(
                bad.resolve("chat.postMessage-1.json"),
                "{\"channel\": \"C1\", \"text\": \"x\", \"blocks\": [{\"type\": \"section\", \"txet\": 1}]}");
        Files.writeString(bad.resolve("message-create-1.json"), "{\"content\": 5}");
        Files.writeString(bad.resolve("surprise-1.json"), "{}");
        assertThat(PayloadTypes.check(bad))
                .anyMatch(l -> l.contains("no type is known for surprise"))
                .anyMatch(l -> l.contains("p0.ts"))
                .anyMatch(l -> l.contains("p1.ts"));
    }

    @Test
    void theManifestIsOneForSlackAndAWrongOneIsFound() throws IOException, InterruptedException {
        var config = ConfigFile.load(folder, Optional.empty(), Map.of());
        var commands = CommandCatalogue.of(new DiskCatalogs(config, Clock.systemUTC()).current());
        var socket = SlackManifest.manifest(commands, Optional.empty(), "");
        var good = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(good.resolve("manifest-1.json"), socket);
        var address = URI.create("https://playcall.example.org");
        Files.writeString(
                good.resolve("manifest-2.json"),
                SlackManifest.manifest(commands, Optional.of(address), address.toString()));
        assertThat(PayloadTypes.check(good)).isEmpty();

        var bad = Files.createDirectory(folder.resolve("wrong-manifests"));
        Files.writeString(bad.resolve("manifest-1.json"), socket.replace("\"users:read\"", "\"users:reed\""));
        Files.writeString(bad.resolve("manifest-2.json"), socket.replace("app_mention\"", "app_mentioned\""));
        Files.writeString(bad.resolve("manifest-3.json"), socket.replace("usage_hint", "hint"));
        Files.writeString(bad.resolve("manifest-4.json"), socket.replace("oauth_config", "oauth"));
        assertThat(PayloadTypes.check(bad))
                .anyMatch(l -> l.contains("p0.ts"))
                .anyMatch(l -> l.contains("p1.ts"))
                .anyMatch(l -> l.contains("p2.ts"))
                .anyMatch(l -> l.contains("p3.ts"));
    }
}
