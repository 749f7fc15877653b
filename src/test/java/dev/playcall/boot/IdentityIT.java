package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.Gateway.Told;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and tokens as an operator makes them. */
class IdentityIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private Gateway project(Map<String, String> environment) {
        var gateway = new Gateway(home, environment);
        gateway.environment("prod", List.of("h1"));
        gateway.file(
                "playbooks/deploy.yml",
                "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.debug:\n");
        return gateway;
    }

    private static Told tell(Gateway gateway, String... arguments) {
        return gateway.inProcess(Map.of(), arguments);
    }

    private static Told tell(Gateway gateway, String input, List<String> arguments) {
        return gateway.inProcess(input, Map.of(), arguments.toArray(String[]::new));
    }

    @Test
    void anAccountClosesThePageCommandsOfThisMachineGoOnAndATokenWorksUntilItIsRevoked() throws Exception {
        try (var gateway = project(Map.of()).start()) {
            assertThat(gateway.get("/api/v1/runs").has("runs")).isTrue();
            assertThat(tell(gateway, "four words and more\n", List.of("user", "add", "bert"))
                            .err())
                    .contains("must be an admin");
            var made = tell(gateway, "four words and more\n", List.of("user", "add", "anna", "--admin"));
            assertThat(made.code()).as(made.out() + made.err()).isZero();
            assertThat(gateway.send(gateway.request("/api/v1/runs")).statusCode())
                    .isEqualTo(401);
            var ran = tell(gateway, "run", "--json", "deploy", "prod");
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
            assertThat(JSON.readTree(ran.out()).path("requested_by").asText())
                    .isEqualTo("console:" + System.getProperty("user.name"));
            var file = home.resolve("data/gateway.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(tell(gateway, "user", "list").out()).contains("anna", "admin");
            assertThat(tell(gateway, "user", "remove", "anna").err()).contains("last admin");
            aTokenWorksUntilItIsRevoked(gateway);
        }
    }

    private static void aTokenWorksUntilItIsRevoked(Gateway gateway) {
        var secret = tell(gateway, "token", "create", "ci", "--scope", "view,start", "--days", "3")
                .out()
                .strip();
        assertThat(secret).startsWith("playcall_");
        var request = gateway.request("/api/v1/runs").header("Authorization", "Bearer " + secret);
        assertThat(gateway.send(request).statusCode()).isEqualTo(200);
        assertThat(tell(gateway, "token", "list").out()).contains("ci", "start,view");
        assertThat(tell(gateway, "token", "revoke", "ci").code()).isZero();
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
        assertThat(tell(gateway, "token", "create", "x", "--scope", "all").err())
                .contains("there is no scope");
    }

    @Test
    void othersAreListenedToOnlyWhenSomebodyIsAdmin() {
        var wide = Map.of("PLAYCALL_SERVER_HOST", "0.0.0.0", "PLAYCALL_SERVER_PUBLIC_URL", "https://playcall.example");
        var gateway = project(wide);
        var refused = gateway.command(Map.of(), "serve").join();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("no admin is configured", "user add");
        var made = gateway.command("four words and more\n", "user", "add", "anna", "--admin")
                .join();
        assertThat(made.code()).as(made.out() + made.err()).isZero();
    }

    /** 127.0.0.2 is another address of this machine: it answers only where all addresses are listened on. */
    @Test
    void theEnvironmentOfAContainerMakesTheFirstAdminWhoCanLogInFromElsewhere() throws Exception {
        var container = Map.of(
                "PLAYCALL_SERVER_HOST", "0.0.0.0",
                "PLAYCALL_SERVER_PUBLIC_URL", "http://127.0.0.2:8080",
                "PLAYCALL_ADMIN_USER", "anna",
                "PLAYCALL_ADMIN_PASSWORD", "four words and more");
        try (var gateway = project(container).start()) {
            var elsewhere = "http://127.0.0.2:" + gateway.address().getPort();
            var page = gateway.send(HttpRequest.newBuilder(URI.create(elsewhere + "/api/v1/runs")));
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(tell(gateway, "user", "list").out()).contains("anna", "admin");
            var form = gateway.send(HttpRequest.newBuilder(URI.create(elsewhere + "/login")));
            var cookie = form.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            var csrf = form.body().replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
            var login = gateway.send(HttpRequest.newBuilder(URI.create(elsewhere + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Cookie", cookie)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "csrf=" + csrf + "&name=anna&password=four+words+and+more")));
            assertThat(login.statusCode()).isEqualTo(303);
        }
    }
}
