package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each key is and where that stands, without the secrets. */
class TraceTest {
    @TempDir
    Path home;

    private Map<String, EffectiveSetting> read(String yaml, Map<String, String> environment) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), yaml);
        return ConfigFile.read(home, Optional.empty(), environment).effective().stream()
                .collect(Collectors.toMap(EffectiveSetting::key, e -> e));
    }

    @Test
    void whatIsSaidHasItsLineAndWhatIsNotIsTheDefault() throws IOException {
        var keys = read(
                "ansible:\n  timeout: 90m\nretention:\n  runs: { max_age: 30d }\n",
                Map.of("PLAYCALL_ANSIBLE_FORKS", "7"));
        assertThat(keys)
                .containsEntry(
                        "ansible.timeout", new EffectiveSetting("ansible.timeout", "90m", "config/playcall.yml:2"))
                .containsEntry("ansible.forks", new EffectiveSetting("ansible.forks", "7", "PLAYCALL_ANSIBLE_FORKS"))
                .containsEntry(
                        "ansible.cancel_grace",
                        new EffectiveSetting("ansible.cancel_grace", "10s", EffectiveSetting.USUAL))
                .containsEntry(
                        "retention.logs.max_size",
                        new EffectiveSetting("retention.logs.max_size", "5GB", EffectiveSetting.USUAL))
                .containsEntry(
                        "chat.slack.mode", new EffectiveSetting("chat.slack.mode", "socket", EffectiveSetting.USUAL));
        assertThat(Objects.requireNonNull(keys.get("retention.runs.max_age")).origin())
                .isEqualTo("config/playcall.yml:4");
    }

    @Test
    void aSecretOnlyShowsThatItIsThere() throws IOException {
        var keys = read("""
            chat: { slack: { bot_token: xoxb-4711, signing_secret: "${SLACK_SIGNING_SECRET:-}" } }
            store: { url: "jdbc:postgresql://db/playcall?password=4711-abc" }
            notify:
              receivers:
                ops: { slack_webhook: "https://hooks.slack.com/services/T0/B0/4711" }
                hook: { webhook: "https://user:4711@example.org/x", secret: "4711-secret" }
            """, Map.of());
        assertThat(keys.values().toString()).doesNotContain("4711");
        assertThat(Objects.requireNonNull(keys.get("chat.slack.bot_token")).value())
                .isEqualTo(ConfigOrigins.HIDDEN);
        assertThat(Objects.requireNonNull(keys.get("chat.slack.signing_secret")).value())
                .isEmpty();
        assertThat(Objects.requireNonNull(keys.get("notify.receivers.ops.slack_webhook"))
                        .value())
                .isEqualTo(ConfigOrigins.HIDDEN);
    }
}
