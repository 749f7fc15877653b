package dev.playcall.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.Reply;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.routing.RouteTest;
import dev.playcall.notify.routing.Routing;
import dev.playcall.security.secret.Redactor;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers and routes of the file and stored ones are used together, and only the stored ones change. */
class StoredReceiversTest {
    private static final Person ADA = new Person("web:ada");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String FILE = """
        notify:
          receivers: { ops: { slack: C0OPS }, night: { slack: C0NIGHT } }
          route: { receiver: ops, routes: [ { match: ['severity>=critical'], receiver: night } ] }
        """;

    @TempDir
    private Path home;

    private final Redactor redactor = new Redactor(List.of());
    private Database database;
    private Settings settings;
    private StoredReceivers stored;

    @BeforeEach
    void open() throws Exception {
        for (var folder : List.of("config", "playbooks", "inventory")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("config/playcall.yml"), FILE);
        database = Database.open("jdbc:sqlite:" + home.resolve("test.db"), CLOCK);
        begin();
    }

    private void begin() {
        settings = new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of()));
        var secrets = MemorySecrets.vault(database.secrets(), home.resolve("keys.json"), redactor);
        stored = StoredReceivers.of(settings, database, secrets, redactor, CLOCK);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> told(String... labels) {
        return RouteTest.of(new Routing(settings.rules().root()), RouteTest.labels(List.of(labels)))
                .receivers()
                .stream()
                .map(t -> t.substring(0, t.indexOf(' ')))
                .toList();
    }

    private static String done(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) reply).message();
    }

    private void hook() {
        done(stored.put(
                "hook", Map.of("webhook", "https://example.org/T0KENofHook42", "secret", "k3y-of-hook-42"), ADA));
    }

    @Test
    void aStoredRouteIsUsedAtOnceAndTakesNothingFromThoseOfTheFile() {
        hook();
        done(stored.addRoute(
                Map.of("receiver", "hook", "match", List.of("environment=production"), "continue", true), ADA));

        assertThat(told("environment=production")).containsExactly("hook", "ops");
        assertThat(told("environment=production", "severity=critical")).containsExactly("hook", "night");
        assertThat(told("environment=staging")).containsExactly("ops");
    }

    @Test
    void withoutContinueARouteSkipsThoseOfTheFile() {
        hook();
        done(stored.addRoute(Map.of("receiver", "hook", "match", "environment=production"), ADA));

        assertThat(told("environment=production")).containsExactly("hook");
    }

    @Test
    void whatIsStoredSurvivesARestart() {
        hook();
        done(stored.addRoute(Map.of("receiver", "hook"), ADA));
        begin();

        assertThat(told("environment=staging")).containsExactly("hook");
        assertThat(stored.receivers())
                .extracting(r -> r.name() + " " + r.source().word() + " " + r.target())
                .containsExactly("hook page example.org", "night file C0NIGHT", "ops file C0OPS");
    }

    @Test
    void secretsAreNeitherStoredInClearNorExportedAndAreRedacted() {
        hook();

        assertThat(database.routing().receivers().toString()).doesNotContain("T0KEN", "k3y");
        assertThat(stored.yaml()).contains("${HOOK_WEBHOOK}", "${HOOK_SECRET}").doesNotContain("T0KEN", "k3y");
        assertThat(redactor.redact("sent with k3y-of-hook-42")).doesNotContain("k3y-of-hook-42");
    }

    @Test
    void whatIsExportedCanBeUsedAsTheFile() throws Exception {
        hook();
        Files.writeString(home.resolve("config/playcall.yml"), stored.yaml());

        var environment = Map.of("HOOK_WEBHOOK", "https://example.org/x", "HOOK_SECRET", "abcdef-012345");
        var config = ConfigFile.read(home, Optional.empty(), environment).config();
        assertThat(config.notifications().receivers()).containsOnlyKeys("hook");
    }

    @Test
    void whatTheFileDefinesIsNotChanged() {
        assertThat(stored.put("ops", Map.of("slack", "C0OTHER"), ADA)).isInstanceOf(Reply.Conflict.class);
        assertThat(stored.remove("ops")).isInstanceOf(Reply.Conflict.class);
    }

    @Test
    void aReceiverInUseIsNotRemoved() {
        hook();
        done(stored.addRoute(Map.of("receiver", "hook"), ADA));

        assertThat(stored.remove("hook"))
                .isEqualTo(new Reply.Conflict("the receiver hook is used by the route page.1; remove it first"));
        done(stored.removeRoute(1));
        assertThat(done(stored.remove("hook"))).isEqualTo("the receiver hook is removed");
        assertThat(told("environment=staging")).containsExactly("ops");
    }

    @Test
    void removingSaysWhatHappensToPendingMessages() {
        hook();
        var content = NotificationBuilder.sendTest("hook", "ada", CLOCK.instant());
        database.notices().enqueue("hook", "drill/1", content, CLOCK.instant());

        assertThat(done(stored.remove("hook"))).contains("1 pending message to it will not be sent");
    }

    @Test
    void aMistakeIsOneLineWithoutTheSecret() {
        assertThat(stored.put("hook", Map.of("webhook", "T0KEN"), ADA))
                .isEqualTo(new Reply.Invalid(
                        "receiver", "webhook: is not an address (try https://example.org/hook)", Optional.empty()));
        assertThat(stored.addRoute(Map.of("receiver", "ops", "match", "nonsense"), ADA))
                .isInstanceOf(Reply.Invalid.class);
        assertThat(stored.addRoute(Map.of("receiver", "nobody"), ADA)).isInstanceOf(Reply.Invalid.class);
    }

    @Test
    void aReceiverThatTheFileDefinesLaterComesBeforeTheStoredOne() throws Exception {
        hook();
        Files.writeString(
                home.resolve("config/playcall.yml"), FILE.replace("{ ops: {", "{ hook: { slack: C0HOOK }, ops: {"));
        settings.reload();

        assertThat(stored.misfits())
                .containsExactly(
                        "the stored receiver hook is ignored: the configuration file defines one of this name");
        assertThat(stored.receivers())
                .filteredOn(r -> r.name().equals("hook"))
                .extracting(r -> r.source().word())
                .containsExactly("file");
    }
}
