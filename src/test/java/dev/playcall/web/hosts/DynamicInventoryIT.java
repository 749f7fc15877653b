package dev.playcall.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hosts of a gateway, as Ansible without Playcall gets them by the inventory script of the manual. */
class DynamicInventoryIT {
    private static final Path SCRIPT = Path.of("docs", "playcall_inventory.py").toAbsolutePath();

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        var hosts = """
            [{"name": "vm-1", "address": "10.0.0.1", "port": 2222, "user": "ops", "tags": ["blue_green"], "status": "active",
              "variables": {"note": "{{ lookup('pipe', 'touch stolen; echo stolen') }}", "deep": {"list": ["{{ 7 * 7 }}", 5]},
              "vault": {"deep": {"__ansible_vault": "$ANSIBLE_VAULT;1.1;AES256"}}}},
             {"name": "vm-2", "tags": ["blue_green"], "status": "retired"},
             {"name": "vm-3"}]
            """;
        var answer = fixture.send(HttpRequest.newBuilder(fixture.at("/api/v1/inventory/production/registered:bulk"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(hosts)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> ask(String query) throws Exception {
        return fixture.get("/api/v1/inventory/production" + query);
    }

    @Test
    void ansibleElsewhereSeesTheHostsWithTheirGroupsAndNoVariableIsATemplate() throws Exception {
        var seen = ansible("tag_blue_green:&status_active");
        assertThat(seen)
                .contains(
                        "vm-1 | SUCCESS",
                        "touch stolen; echo stolen",
                        "{{ 7 * 7 }}",
                        "__ansible_vault",
                        "10.0.0.1",
                        "2222",
                        "ops")
                .doesNotContain("vm-2", "vm-3");
        assertThat(folder.resolve("stolen")).doesNotExist();
    }

    private String ansible(String pattern) throws IOException, InterruptedException {
        var message =
                "{{ note | default('') }} {{ deep | default('') }} {{ vault | default('') }} {{ ansible_host | default('') }}"
                        + " {{ ansible_port | default('') }} {{ ansible_user | default('') }}";
        return run(
                Map.of(),
                List.of(
                        "ansible",
                        "-i",
                        SCRIPT.toString(),
                        pattern,
                        "-c",
                        "local",
                        "-m",
                        "ansible.builtin.debug",
                        "-a",
                        "msg=\"" + message + "\""));
    }

    private String run(Map<String, String> more, List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PLAYCALL_URL", fixture.at("/").toString());
        builder.environment().put("PLAYCALL_ENVIRONMENT", "production");
        builder.environment().put("PLAYCALL_TOKEN", WebFixture.TOKEN);
        builder.environment().putAll(more);
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void aScriptThatCannotAskSaysWhyInOneLine() throws Exception {
        var list = List.of(SCRIPT.toString(), "--list");
        assertThat(run(Map.of("PLAYCALL_TOKEN", "wrong"), list))
                .contains("answers 401")
                .hasLineCount(1);
        assertThat(run(Map.of("PLAYCALL_LIMIT", "vm-9"), list))
                .contains("answers 400", "vm-9")
                .hasLineCount(1);
        assertThat(run(Map.of("PLAYCALL_ENVIRONMENT", "../x"), list))
                .contains("answers 4")
                .hasLineCount(1);
        assertThat(run(Map.of("PLAYCALL_URL", "http://127.0.0.1:1"), list))
                .contains("refused")
                .hasLineCount(1);
        assertThat(run(Map.of("PLAYCALL_TOKEN", ""), list)).isEqualTo("PLAYCALL_TOKEN is not set\n");
        assertThat(run(Map.of(), List.of(SCRIPT.toString(), "--host", "vm-1"))).contains("\"ansible_port\": 2222");
        assertThat(run(Map.of("PLAYCALL_LIMIT", "vm-3"), list)).contains("vm-3").doesNotContain("vm-1", "vm-2");
    }

    @Test
    void aLimitChoosesHostsAndTheirGroups() throws Exception {
        var json = new ObjectMapper();
        var some = json.readTree(ask("?limit=tag:blue_green%26status:active").body());
        assertThat(some.path("hosts").toString()).isEqualTo("[\"vm-1\"]");
        assertThat(some.path("registered").toString()).isEqualTo("[\"vm-1\"]");
        assertThat(some.path("groups").path("blue_green").toString()).isEqualTo("[\"vm-1\"]");
        assertThat(some.path("groups").has("status_retired")).isFalse();
        assertThat(ask("?limit=vm-9").statusCode()).isEqualTo(400);
        assertThat(ask("?limits=vm-1").body()).contains("there is no parameter limits; there are limit");
        assertThat(json.readTree(ask("").body()).path("hosts").size()).isGreaterThan(3);
    }
}
