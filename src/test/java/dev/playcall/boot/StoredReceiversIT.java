package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.playcall.config.runtime.ConfigFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Receivers and routes that are made while Playcall works, with a real mail server, a real webhook and real Apprise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredReceiversIT {
    private static final String PAGE = "/notifications/receivers";

    @TempDir
    private static Path home;

    @TempDir
    private static Path copy;

    private ReceiverStage stage;

    @BeforeAll
    void open() throws Exception {
        stage = new ReceiverStage(home);
        stage.makeReceivers();
    }

    @AfterAll
    void close() {
        stage.close();
    }

    /** What the page says of the last delivery to a receiver after Test was pressed. */
    private void tested(String name, String... words) throws Exception {
        assertThat(stage.form("anna", PAGE + "/" + name + "/test", Map.of())).startsWith("303");
        await().atMost(ReceiverStage.SOON)
                .untilAsserted(() -> assertThat(row(name)).contains(words));
    }

    private String row(String name) throws Exception {
        var page = stage.as("anna").get(PAGE).body();
        var from = page.indexOf("<tr", page.lastIndexOf("<tr", page.indexOf(">" + name + "<")));
        return page.substring(from, page.indexOf("</tr>", from));
    }

    @Test
    void testShowsWhatCameBack() throws Exception {
        tested("hook", "delivered");
        tested("post", "delivered");
        tested("phone", "delivered");
        assertThat(stage.got("Test of hook")).contains("/in/T0KENofHook42");
        assertThat(stage.got("Test of phone")).contains("/apprise");
        stage.awaitMail("Test of post");
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var untrusted = untrusted();
        stage.http.rejects("Test of broken", 500);
        for (var hook : Map.of(
                        "broken", stage.http.address("/broken").toString(),
                        "refused", "http://127.0.0.1:" + closed + "/x",
                        "untrusted",
                                "https://127.0.0.1:" + untrusted.getAddress().getPort() + "/x")
                .entrySet()) {
            assertThat(stage.form("anna", PAGE, ReceiverStage.webhook(hook.getKey(), hook.getValue())))
                    .startsWith("303");
        }
        assertThat(stage.form("anna", PAGE, ReceiverStage.email("nomail", closed)))
                .startsWith("303");
        tested("broken", "500");
        tested("refused", "refused");
        tested("untrusted", "certificate");
        untrusted.stop(0);
        tested("nomail", "refused");
        for (var name : List.of("broken", "refused", "untrusted", "nomail")) {
            assertThat(stage.form("anna", PAGE + "/" + name + "/remove", Map.of()))
                    .startsWith("303");
        }
    }

    /** One whose certificate nobody vouches for. */
    private static HttpsServer untrusted() throws Exception {
        var store = copy.resolve("untrusted.p12");
        var password = "changeit".toCharArray();
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-dname",
                        "CN=x",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .start();
        assertThat(made.waitFor()).isZero();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(store.toFile(), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        return server;
    }

    @Test
    void anEventArrivesByAStoredRoute() throws Exception {
        assertThat(stage.form(
                        "anna",
                        "/notifications/routes",
                        Map.of(
                                "label0",
                                "environment",
                                "operator0",
                                "=",
                                "value0",
                                "lab",
                                "receivers",
                                "hook",
                                "continue",
                                "true",
                                "wait",
                                "0s")))
                .startsWith("303");
        for (var name : List.of("post", "phone")) {
            assertThat(stage.api(
                            "anna",
                            "POST",
                            "/api/v1/routes",
                            Map.of("receiver", name, "match", "environment=lab", "continue", true, "wait", "0s")))
                    .startsWith("201");
        }
        var event = Map.of("title", "disk of lab is full", "severity", "error", "labels", Map.of("environment", "lab"));
        assertThat(stage.api("olga", "POST", "/api/v1/notifications", event)).startsWith("202");

        stage.awaitMail("disk of lab is full");
        await().atMost(ReceiverStage.SOON)
                .untilAsserted(() -> assertThat(stage.got("disk of lab is full"))
                        .containsExactlyInAnyOrder("/in/T0KENofHook42", "/apprise"));
    }

    @Test
    void noSecretIsShownExportedOrStoredAsText() throws Exception {
        var shown = new StringBuilder();
        for (var path : List.of(
                PAGE,
                PAGE + "/export",
                "/api/v1/receivers",
                "/api/v1/receivers/export",
                "/api/v1/routes",
                "/api/v1/secrets",
                "/api/v1/audit",
                "/api/v1/deliveries",
                "/settings?tab=secrets")) {
            shown.append(stage.as("anna").get(path).body());
        }
        assertThat(shown.toString())
                .contains("post", "hook", "phone")
                .doesNotContain("T0KENofHook42", "T0KENsigning42", "T0KENofApprise42", ReceiverStage.MAIL_PASSWORD);
        try (Stream<Path> files = Files.walk(stage.home().resolve("data"))) {
            for (var file : files.filter(f -> f.toString().contains(".db")).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("T0KENofHook42", "T0KENsigning42", "T0KENofApprise42")
                        .doesNotContain(ReceiverStage.MAIL_PASSWORD);
            }
        }
    }

    @Test
    void onlyAdminsReadAndChangeThem() throws Exception {
        for (var name : List.of("vera", "olga")) {
            for (var path : List.of(PAGE, PAGE + "/export", "/api/v1/receivers", "/api/v1/receivers/export")) {
                assertThat(stage.as(name).get(path).statusCode())
                        .as(name + " " + path)
                        .isEqualTo(403);
            }
            assertThat(stage.form(name, PAGE, ReceiverStage.webhook("theirs", "https://example.org/x")))
                    .startsWith("403");
            assertThat(stage.form(name, PAGE + "/hook/test", Map.of())).startsWith("403");
            assertThat(stage.form(name, PAGE + "/hook/remove", Map.of())).startsWith("403");
            assertThat(stage.form(name, "/notifications/routes", Map.of("receivers", "hook")))
                    .startsWith("403");
            assertThat(stage.api(name, "PUT", "/api/v1/receivers/theirs", Map.of("slack", "C0123ABCD")))
                    .startsWith("403");
            assertThat(stage.api(name, "DELETE", "/api/v1/receivers/hook", Map.of()))
                    .startsWith("403");
            assertThat(stage.api(name, "POST", "/api/v1/routes", Map.of("receiver", "hook")))
                    .startsWith("403");
        }
        assertThat(stage.get("anna", "/api/v1/receivers").findValuesAsText("name"))
                .contains("hook", "phone", "post", "ops")
                .doesNotContain("theirs");
    }

    @Test
    void thoseOfTheFileAreShownWithTheirSourceAndNotChanged() throws Exception {
        assertThat(row("ops")).contains("file").doesNotContain("Remove");
        assertThat(stage.api("anna", "PUT", "/api/v1/receivers/ops", Map.of("slack", "C0123ABCD")))
                .startsWith("409")
                .contains("defined in the configuration file");
        assertThat(stage.api("anna", "DELETE", "/api/v1/receivers/ops", Map.of()))
                .startsWith("409")
                .contains("remove it there");
        assertThat(stage.form("anna", PAGE, ReceiverStage.webhook("ops", "https://example.org/x")))
                .startsWith("409")
                .contains("defined in the configuration file");
    }

    @Test
    void theExportIsAConfigurationAndTheyOutliveAKill() throws Exception {
        assertThat(stage.api(
                        "anna", "POST", "/api/v1/routes", Map.of("receiver", "hook", "match", "environment=exported")))
                .startsWith("201");
        var yaml = stage.as("anna").get("/api/v1/receivers/export").body();
        var other = Files.createDirectories(copy.resolve("other/config"));
        Files.writeString(other.resolve("playcall.yml"), yaml);
        var secrets = Map.of(
                "HOOK_WEBHOOK", "https://example.org/in/new",
                "HOOK_SECRET", "another-secret-42",
                "PHONE_APPRISE", "json://127.0.0.1:9/x",
                "POST_PASSWORD", "another");
        var loaded = ConfigFile.load(copy.resolve("other"), Optional.empty(), secrets)
                .notifications();
        assertThat(loaded.receivers()).containsOnlyKeys("hook", "phone", "post");
        assertThat(loaded.route().orElseThrow().routes()).isNotEmpty();

        var before = stage.get("anna", "/api/v1/receivers");
        var routes = stage.get("anna", "/api/v1/routes");
        stage.killAndCopyTo(copy.resolve("after"));
        stage.restart();
        assertThat(stage.get("anna", "/api/v1/receivers")).isEqualTo(before);
        assertThat(stage.get("anna", "/api/v1/routes")).isEqualTo(routes);
        tested("hook", "delivered");
    }
}
