package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PayloadTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the check of payloads by the platforms' types can fail. */
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
}
