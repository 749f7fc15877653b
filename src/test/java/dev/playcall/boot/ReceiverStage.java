package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.playcall.boot.settings.Settings;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.notify.sink.Receiver;
import dev.playcall.web.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A gateway with a real mail server and a real HTTP receiver, and accounts of a viewer, an operator and an admin. */
final class ReceiverStage implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    static final String MAIL_PASSWORD = "T0KEN-of-the-mail-robot";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "four words and more";

    final GreenMail mail = new GreenMail(setup());
    final Receiver http;
    private final Map<String, Browser> browsers = new TreeMap<>();
    private Path home;
    private Application application;

    ReceiverStage(Path home) throws Exception {
        this.home = home;
        http = new Receiver();
        mail.setUser("robot", "robot", MAIL_PASSWORD);
        mail.start();
        mail.getUserManager().setAuthRequired(true);
        write("config/playcall.yml", """
            notify:
              receivers:
                ops: { webhook: "%s", allow_private: true }
            access:
              bindings:
                - { role: viewer, people: ["web:vera"] }
                - { role: operator, people: ["web:olga"] }
                - { role: admin, people: ["web:anna"] }
            """.formatted(http.address("/ops")));
        write("inventory/prod/hosts.yml", "all: { hosts: { h1: { ansible_connection: local } } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        application = start();
        try (var console = new HttpGateway(application.found())) {
            for (var name : List.of("anna", "olga", "vera")) {
                var admin = name.equals("anna");
                console.ask("POST", "/api/v1/users", Map.of("name", name, "password", PASSWORD, "admin", admin));
            }
        }
    }

    /** What the command line gets for these words. */
    String command(String words) {
        try (var console = new HttpGateway(application.found())) {
            return console.run(words, new Terminal(200, false, false)).text();
        }
    }

    private static ServerSetup setup() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    void write(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Application start() {
        var at = home;
        var started = Application.open(
                new Settings(() -> ConfigFile.read(at, Optional.empty(), Map.of())), GatewayMode.WORKING, true);
        started.start();
        return started;
    }

    /** What is on the disk at this moment, as a kill would leave it, is what the next gateway begins with. */
    void killAndCopyTo(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = other.resolve(home.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        application.close();
        home = other;
    }

    Path home() {
        return home;
    }

    void restart() {
        application = start();
        browsers.values().forEach(Browser::close);
        browsers.clear();
    }

    Browser as(String name) throws Exception {
        var known = browsers.get(name);
        if (known != null) {
            return known;
        }
        var browser = new Browser(() -> application.address());
        browser.login(name, PASSWORD);
        browser.get("/notifications/receivers");
        browser.get("/account");
        browsers.put(name, browser);
        return browser;
    }

    JsonNode get(String name, String path) throws Exception {
        return JSON.readTree(as(name).get(path).body());
    }

    /** The status of the answer and what it says. */
    String api(String name, String method, String path, Object body) throws Exception {
        var browser = as(name);
        var answer = browser.json(method, path, JSON.writeValueAsString(body));
        return answer.statusCode() + " " + answer.body();
    }

    /** The status a form is answered with, and the page the browser is led to. */
    String form(String name, String path, Map<String, String> fields) throws Exception {
        var answer = as(name).submit(path, new HashMap<>(fields));
        var page = answer.headers()
                .firstValue("Location")
                .map(to -> {
                    try {
                        return as(name).get(to).body();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orElse(answer.body());
        return answer.statusCode() + " " + page;
    }

    /** Makes a webhook and a mail receiver with their forms, and an Apprise receiver over the API. */
    void makeReceivers() throws Exception {
        assertThat(form("anna", "/notifications/receivers", webhook("hook", http.address("/in/T0KENofHook42") + "")))
                .startsWith("303");
        assertThat(form(
                        "anna",
                        "/notifications/receivers",
                        email("post", mail.getSmtp().getPort())))
                .startsWith("303");
        var url = "json://robot:T0KENofApprise42@127.0.0.1:" + http.address("").getPort() + "/apprise";
        assertThat(api("anna", "PUT", "/api/v1/receivers/phone", Map.of("apprise", url)))
                .startsWith("200");
    }

    static Map<String, String> webhook(String name, String url) {
        return Map.of(
                "kind", "webhook", "name", name, "webhook", url, "secret", "T0KENsigning42", "allow_private", "true");
    }

    static Map<String, String> email(String name, int port) {
        var fields = new HashMap<>(Map.of("kind", "email", "name", name, "host", "127.0.0.1"));
        fields.putAll(Map.of("port", port + "", "encryption", "none", "user", "robot", "password", MAIL_PASSWORD));
        fields.putAll(Map.of("from", "Playcall <ops@example.org>", "to", "team@example.org"));
        return fields;
    }

    /** Paths of what the HTTP receiver got with this in it. */
    List<String> got(String text) {
        return http.got().stream()
                .filter(g -> g.text().contains(text))
                .map(Receiver.Got::path)
                .toList();
    }

    void awaitMail(String subject) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(mail.getReceivedMessages())
                        .anySatisfy(m -> assertThat(m.getSubject()).contains(subject)));
    }

    @Override
    public void close() {
        browsers.values().forEach(Browser::close);
        application.close();
        mail.stop();
        http.close();
    }
}
