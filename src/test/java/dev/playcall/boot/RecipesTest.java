package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ConfigFile;
import dev.playcall.config.Notify;
import dev.playcall.config.Receiver;
import dev.playcall.config.Receiver.Mention;
import dev.playcall.config.Receiver.Way;
import dev.playcall.notify.Assignment;
import dev.playcall.notify.Routing;
import dev.playcall.notify.Severity;
import dev.playcall.notify.wording.Samples;
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

    private Notify load(String block) throws IOException {
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

    private Notify recipe(String name) throws IOException {
        var page = Files.readString(PAGE);
        return load(blocks().get((int)
                BLOCK.matcher(page.substring(0, page.indexOf(name))).results().count()));
    }

    private static Receiver receiver(Notify notify, String name) {
        return Optional.ofNullable(notify.receivers().get(name)).orElseThrow();
    }

    private static List<String> told(Notify notify, String... labels) {
        return assigned(notify, labels).stream().map(Assignment::receiver).toList();
    }

    private static List<Assignment> assigned(Notify notify, String... labels) {
        var given = new TreeMap<String, String>();
        for (var label : labels) {
            given.put(label.split("=", 2)[0], label.split("=", 2)[1]);
        }
        return new Routing(Receivers.rules(notify).root()).of(given);
    }

    @Test
    void everythingThatIsShownCanBeRead() throws IOException {
        assertThat(blocks()).hasSizeGreaterThan(7);
        for (var block : blocks()) {
            var notify = load(block);
            assertThat(Receivers.rules(notify).root())
                    .as(block)
                    .satisfiesAnyOf(
                            r -> assertThat(r).isPresent(),
                            _ -> assertThat(block).doesNotContain("route:"));
            Receivers.wordings(notify);
        }
    }

    @Test
    void failuresOfProductionGoToOpsAlone() throws IOException {
        var notify = recipe("**Failures of production");
        assertThat(told(notify, "environment=production", "severity=error")).containsExactly("ops");
        assertThat(told(notify, "environment=production", "severity=info")).containsExactly("nobody");
        assertThat(told(notify, "environment=staging", "severity=critical")).containsExactly("nobody");
    }

    @Test
    void stagingIsTogetherInOneMailAnHour() throws IOException {
        var notify = recipe("**A digest of staging");
        var staging = assigned(notify, "environment=staging", "operation=deploy", "severity=error");
        assertThat(staging).singleElement().satisfies(a -> {
            assertThat(a.receiver()).isEqualTo("team");
            assertThat(a.group()).isEmpty();
            assertThat(a.timing().hold()).isEqualTo(Duration.ofHours(1));
            assertThat(a.timing().interval()).isEqualTo(Duration.ofHours(1));
        });
        var words = Optional.ofNullable(Receivers.wordings(notify).get("team"))
                .orElseThrow()
                .of(Samples.one(Severity.ERROR, new TreeMap<>()));
        assertThat(words.title()).isEqualTo("Staging: 1 things, 1 open");
        assertThat(told(notify, "environment=production", "severity=error")).containsExactly("ops");
    }

    @Test
    void whatIsCriticalRingsAndTheRestDoesNot() throws IOException {
        var notify = recipe("**Page somebody at night");
        assertThat(told(notify, "severity=critical", "environment=production"))
                .containsExactly("ops", "phone", "pushover");
        assertThat(told(notify, "severity=error", "environment=production")).containsExactly("ops");
        assertThat(receiver(notify, "phone").rate().orElseThrow().count()).isEqualTo(10);
        assertThat(((Way.Apprise) receiver(notify, "pushover").way()).url().reveal())
                .isEqualTo("pover://user1234@token1234");
        assertThat(receiver(notify, "ops").pings().getFirst().who())
                .containsExactly(new Mention(Mention.Kind.HERE, ""));
    }

    @Test
    void alertmanagerSpeaksOnDiscord() throws IOException {
        var notify = recipe("**Alertmanager to Discord");
        assertThat(told(notify, "alertname=DiskFull", "severity=warning")).containsExactly("alerts");
        assertThat(notify.sources().keySet()).containsExactly("alertmanager");
        assertThat(receiver(notify, "alerts").way()).isInstanceOf(Way.ChatWebhook.class);
        assertThat(notify.receivers().entrySet().stream()
                        .map(e -> e.getKey() + e.getValue().rate().orElseThrow())
                        .collect(Collectors.joining()))
                .contains("count=30");
    }
}
