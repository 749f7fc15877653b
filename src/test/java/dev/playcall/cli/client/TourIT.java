package dev.playcall.cli.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.slack.Shown;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.web.Chromium;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newcomer's way through the sample project with real Ansible, half of it in Slack; its pictures are those of README and
 * docs/tour.md.
 */
@ExtendWith(Chromium.class)
class TourIT {
    private static final Terminal SCREEN = new Terminal(100, false, false);
    private static final LocatorAssertions.HasTextOptions SOON =
            new LocatorAssertions.HasTextOptions().setTimeout(120_000);
    private static final Path HOME = Path.of(System.getProperty("playcall.home", "."));

    private static final String ALICE = "U0ALICE";
    private static final String OPS = "C0OPS";

    @TempDir
    Path folder;

    private final Browser browser;
    private final SlackServer slack = SlackServer.start();
    private final DiscordServer discord = DiscordServer.start();
    private final String operations = discord.channel("operations");

    private Application application;
    private HttpGateway gateway;
    private BrowserContext context;
    private Page page;

    TourIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws IOException {
        for (var part : List.of("config", "playbooks", "inventory")) {
            copy(HOME.resolve(part), folder.resolve(part));
        }
        application = Application.open(
                ConfigFile.load(folder, Optional.empty(), new TreeMap<>(connected())), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(960, 700).setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.onDialog(d -> d.accept());
    }

    private Map<String, String> connected() {
        slack.person(ALICE, "alice");
        slack.patience(Duration.ofSeconds(20));
        return Map.ofEntries(
                entry("PLAYCALL_SERVER_PORT", "0"),
                entry("PLAYCALL_ANSIBLE_WARM", "auto"),
                entry("PLAYCALL_CHAT_SLACK_API_BASE", slack.apiBase().toString()),
                entry("PLAYCALL_CHAT_SLACK_BOT_TOKEN", SlackServer.BOT_TOKEN),
                entry("PLAYCALL_CHAT_SLACK_APP_TOKEN", SlackServer.APP_TOKEN),
                entry("PLAYCALL_CHAT_SLACK_DEFAULT_CHANNEL", OPS),
                entry("PLAYCALL_CHAT_DISCORD_API_BASE", discord.apiBase().toString()),
                entry("PLAYCALL_CHAT_DISCORD_GATEWAY", discord.gateway().toString()),
                entry("PLAYCALL_CHAT_DISCORD_TOKEN", DiscordServer.TOKEN));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var there = to.resolve(from.relativize(file));
                Files.createDirectories(there.getParent());
                Files.copy(file, there);
            }
        }
    }

    @AfterEach
    void close() {
        context.close();
        gateway.close();
        application.close();
        slack.close();
        discord.close();
    }

    /** A slash command in Slack. Returns its run. */
    private long slash(String command, String text) {
        long before = gateway.newest();
        await().atMost(Duration.ofSeconds(30)).until(() -> slack.openSockets() > 0);
        assertThat(slack.command(ALICE, OPS, command, text).acked()).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.newest() > before);
        return gateway.newest();
    }

    /** The card of a run as Slack has it now, with the buttons of its end. */
    private JsonNode card(long run) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> slack.sights().messages(OPS).stream()
                                .filter(m -> m.plain().contains("#" + run + " ")
                                        && m.buttons().stream()
                                                .anyMatch(b -> b.label().equals("Retry failed hosts")))
                                .map(Shown::blocks)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void slackPicture(long run) throws IOException {
        picture("slack-card", SlackPicture.page(card(run)));
    }

    /** The form of a command that is entered alone, filled in, and the home tab. */
    private void windowPictures() throws IOException {
        assertThat(slack.command(ALICE, OPS, "/deploy", "").acked()).isTrue();
        var form = seen(() -> slack.sights().view(ALICE));
        picture(
                "slack-form",
                SlackPicture.view(
                        form, Map.of("env", "production", "version", "v1.1.0 – live in production", "limit", "web")));
        assertThat(slack.openHome(ALICE).acked()).isTrue();
        picture("slack-home", SlackPicture.view(seen(() -> slack.sights().home(ALICE)), Map.of()));
    }

    private static JsonNode seen(Callable<Optional<JsonNode>> what) {
        return await().atMost(Duration.ofSeconds(30))
                .until(what, Optional::isPresent)
                .orElseThrow();
    }

    private void picture(String name, String html) throws IOException {
        var shown = page.context().newPage();
        shown.setViewportSize(640, 10);
        shown.setContent(html);
        keep(name, shown, new Page.ScreenshotOptions().setFullPage(true));
        shown.close();
    }

    /** A first deployment from Discord, and its card there. */
    private void discordPicture() throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> discord.connected() && !discord.commands().isEmpty());
        var alice = discord.person("300000000000000001", "alice");
        var options = new TreeMap<>(Map.of("env", "production", "version", "v1.0.0"));
        assertThat(discord.slash(alice, operations, "deploy", options).acknowledged())
                .isTrue();
        var card = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> discord.messages(operations).stream()
                                .filter(m -> m.text().contains("succeeded")
                                        && !m.buttons().isEmpty())
                                .findFirst(),
                        Optional::isPresent);
        picture("discord-card", DiscordPicture.page(card.orElseThrow()));
    }

    private long say(String line) {
        var said = gateway.run(line, SCREEN);
        return said.run().orElseThrow(() -> new AssertionError(said.text()));
    }

    private void done(String line) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        assertThat(new RunFollower(gateway::card, nowhere, SCREEN).follow(say(line)))
                .as(line)
                .isEqualTo("success");
    }

    private Page at(String path) {
        page.navigate(application.address() + path);
        page.waitForSelector("#link.on");
        return page;
    }

    private Locator state() {
        return page.locator("#runstate .state");
    }

    /** Written beside the text that shows it with {@code -Dgolden.write=true}, else where it can be looked at. */
    private void picture(String name) throws IOException {
        keep(name, page, new Page.ScreenshotOptions());
    }

    private static void keep(String name, Page shown, Page.ScreenshotOptions how) throws IOException {
        var write = Boolean.getBoolean("golden.write");
        var file = (write ? HOME.resolve("docs/tour") : HOME.resolve("target/screenshots/tour")).resolve(name + ".png");
        Files.createDirectories(file.getParent());
        shown.screenshot(how.setPath(file));
        assertThat(Files.size(file)).as(name).isLessThan(120_000);
    }

    @Test
    void fromTheFirstLookToAFailureAndBackToGreen() throws IOException {
        at("/");
        picture("1-start");
        done("ping production");
        done("provision production");
        discordPicture();
        at("/");
        assertThat(page.locator("h1")).hasText("Nothing failing, nothing running");
        picture("2-operations");
        var problem = folder.resolve("data/demo-hosts/web-2/maintenance");
        Files.createDirectories(problem.getParent());
        Files.writeString(problem, "somebody put this host into maintenance\n");
        var run = slash("/deploy", "production version=v1.1.0");
        at("/runs/" + run);
        assertThat(page.locator("#tasks")).containsText("release", contains());
        picture("3-running");
        assertThat(state()).hasText("failed", SOON);
        picture("4-failed");
        slackPicture(run);
        windowPictures();
        page.locator("#card button[data-find]").click();
        assertThat(page.locator("#lines .marked")).containsText("web-2");
        picture("5-first-failure");
        Files.delete(problem);
        page.locator("button[data-deed$='/retry']").click();
        page.waitForURL(u -> u.matches(".*/runs/" + (run + 1) + "\\b.*"));
        assertThat(state()).hasText("succeeded", SOON);
        picture("6-retried");
        // The alert of the failure is resolved by the success a moment after it.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            at("/");
            return page.locator("h1").textContent().strip().equals("Nothing failing, nothing running");
        });
        picture("7-green");
        assertThat(page.locator("h2 .bad")).hasCount(0);
    }

    private static LocatorAssertions.ContainsTextOptions contains() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    }
}
