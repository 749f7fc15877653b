package dev.playcall.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Routing;
import dev.playcall.notify.template.SampleNotifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation of notifications shows can be copied and does what it says. */
class RecipesTest {
    private static final Path PAGE = Path.of("docs", "notifications.md");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, String> GIVEN = Map.of(
            "NTFY_TOKEN", "tk_1",
            "HOOK_SECRET", "s3cret",
            "ARCHIVE_SECRET", "s3cret",
            "SMTP_PASSWORD", "p4ss",
            "PUSHOVER_USER", "user1234",
            "PUSHOVER_TOKEN", "token1234",
            "DISCORD_WEBHOOK", "abc",
            "ZABBIX_TOKEN", "t0ken",
            "ALERTMANAGER_TOKEN", "t0ken");

    @TempDir
    private Path home;

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    /** A piece of a section is put where it belongs. */
    private static String whole(String block) {
        var indented = block.indent(2);
        return switch (block.split(":", 2)[0]) {
            case "notify" -> block;
            case "ops" -> "notify:\n  receivers:\n" + block.indent(4) + "  route: { receiver: ops }\n";
            default -> "notify:\n" + indented;
        };
    }

    private NotifyConfig load(String block) throws IOException {
        var text = whole(block);
        if (text.contains("receiver: ops") && !text.contains("receivers:\n")) {
            text = text.replaceFirst(
                    "notify:\n",
                    "notify:\n  receivers: { ops: { slack: C0 }, night: { slack: C1 }, boss: { slack: C2 } }\n");
        }
        var file = Files.createDirectories(home.resolve("config")).resolve("playcall.yml");
        Files.writeString(file, text);
        return ConfigFile.load(home, Optional.empty(), GIVEN).notifications();
    }

    private NotifyConfig recipe(String name) throws IOException {
        var page = Files.readString(PAGE);
        return load(blocks().get((int)
                BLOCK.matcher(page.substring(0, page.indexOf(name))).results().count()));
    }

    private static ReceiverConfig receiver(NotifyConfig notifyConfig, String name) {
        return Optional.ofNullable(notifyConfig.receivers().get(name)).orElseThrow();
    }

    private static List<String> told(NotifyConfig notifyConfig, String... labels) {
        return assigned(notifyConfig, labels).stream()
                .map(RoutedEvent::receiver)
                .toList();
    }

    private static List<RoutedEvent> assigned(NotifyConfig notifyConfig, String... labels) {
        var given = new TreeMap<String, String>();
        for (var label : labels) {
            given.put(label.split("=", 2)[0], label.split("=", 2)[1]);
        }
        return new Routing(ReceiverFactory.rules(notifyConfig).root()).of(given);
    }

    @Test
    void everythingThatIsShownCanBeRead() throws IOException {
        assertThat(blocks()).hasSizeGreaterThan(7);
        for (var block : blocks()) {
            var notifyConfig = load(block);
            assertThat(ReceiverFactory.rules(notifyConfig).root())
                    .as(block)
                    .satisfiesAnyOf(
                            r -> assertThat(r).isPresent(),
                            _ -> assertThat(block).doesNotContain("route:"));
            ReceiverFactory.templates(notifyConfig);
        }
    }

    @Test
    void failuresOfProductionGoToOpsAlone() throws IOException {
        var notifyConfig = recipe("**Failures of production");
        assertThat(told(notifyConfig, "environment=production", "severity=error"))
                .containsExactly("ops");
        assertThat(told(notifyConfig, "environment=production", "severity=info"))
                .containsExactly("nobody");
        assertThat(told(notifyConfig, "environment=staging", "severity=critical"))
                .containsExactly("nobody");
    }

    @Test
    void stagingIsTogetherInOneMailAnHour() throws IOException {
        var notifyConfig = recipe("**A digest of staging");
        var staging = assigned(notifyConfig, "environment=staging", "operation=deploy", "severity=error");
        assertThat(staging).singleElement().satisfies(a -> {
            assertThat(a.receiver()).isEqualTo("team");
            assertThat(a.group()).isEmpty();
            assertThat(a.timing().hold()).isEqualTo(Duration.ofHours(1));
            assertThat(a.timing().interval()).isEqualTo(Duration.ofHours(1));
        });
        var words = Optional.ofNullable(ReceiverFactory.templates(notifyConfig).get("team"))
                .orElseThrow()
                .of(SampleNotifications.one(Severity.ERROR, new TreeMap<>()));
        assertThat(words.title()).isEqualTo("Staging: 1 things, 1 open");
        assertThat(told(notifyConfig, "environment=production", "severity=error"))
                .containsExactly("ops");
    }

    @Test
    void whatIsCriticalRingsAndTheRestDoesNot() throws IOException {
        var notifyConfig = recipe("**Page somebody at night");
        assertThat(told(notifyConfig, "severity=critical", "environment=production"))
                .containsExactly("ops", "phone", "pushover");
        assertThat(told(notifyConfig, "severity=error", "environment=production"))
                .containsExactly("ops");
        assertThat(receiver(notifyConfig, "phone").rate().orElseThrow().count()).isEqualTo(10);
        assertThat(((Transport.Apprise) receiver(notifyConfig, "pushover").transport())
                        .url()
                        .reveal())
                .isEqualTo("pover://user1234@token1234");
        assertThat(receiver(notifyConfig, "ops").pings().getFirst().who())
                .containsExactly(new Mention(Mention.Kind.HERE, ""));
    }

    @Test
    void alertmanagerSpeaksOnDiscord() throws IOException {
        var notifyConfig = recipe("**Alertmanager to Discord");
        assertThat(told(notifyConfig, "alertname=DiskFull", "severity=warning")).containsExactly("alerts");
        assertThat(notifyConfig.sources().keySet()).containsExactly("alertmanager");
        assertThat(receiver(notifyConfig, "alerts").transport()).isInstanceOf(Transport.ChatWebhook.class);
        assertThat(notifyConfig.receivers().entrySet().stream()
                        .map(e -> e.getKey() + e.getValue().rate().orElseThrow())
                        .collect(Collectors.joining()))
                .contains("count=30");
    }
}
