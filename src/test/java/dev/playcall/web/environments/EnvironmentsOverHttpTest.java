package dev.playcall.web.environments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments and their policies by the API, and by forms without a script. */
class EnvironmentsOverHttpTest {
    private static final String RULES = """
        access:
          bindings:
            - { role: operator, people: [console:bob] }
            - { role: viewer, people: [console:vera], environments: [staging] }
            - { role: admin, people: [web:root] }
        """;
    private static final String ALL = "/api/v1/environments";

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> ask(String person, String method, String path, String body) throws Exception {
        return fixture.ask(person, method, path, body);
    }

    private HttpResponse<String> write(String name, String policy, String tag) throws Exception {
        var body = new ObjectMapper().writeValueAsString(Map.of("policy", policy));
        return fixture.send(HttpRequest.newBuilder(fixture.at(ALL + "/" + name + "/policy"))
                .PUT(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + WebFixture.TOKEN)
                .header("If-Match", tag));
    }

    private String tag(String name) throws Exception {
        return ask("admin", "GET", ALL + "/" + name + "/policy", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    @Test
    void anEnvironmentIsCreatedRenamedArchivedAndRestored() throws Exception {
        var made = ask(
                "admin",
                "POST",
                ALL,
                "{\"name\":\"preview\",\"copy_from\":\"staging\",\"hosts\":[\"p-1=10.0.0.1\",\"p-2\"]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(ALL + "/preview");
        assertThat(ask("admin", "GET", "/api/v1/inventory/preview", "").body())
                .contains("\"hosts\":[\"stage-1\",\"p-1\",\"p-2\"]");
        assertThat(ask("admin", "POST", ALL + "/preview/rename", "{\"name\":\"canary\"}")
                        .body())
                .contains("preview is now canary");
        assertThat(ask("admin", "POST", ALL + "/canary/archive", "").body()).contains("canary is archived");
        assertThat(ask("admin", "GET", ALL, "").body()).contains("\"archived\":[\"canary\"]");
        assertThat(ask("vera", "GET", ALL, "").body()).contains("\"archived\":[]");
        assertThat(ask("admin", "POST", ALL + "/canary/restore", "").body()).contains("canary is in use again");
        assertThat(fixture.audit.find(AuditQuery.all(100)))
                .extracting(e -> e.note().action())
                .contains("environment.create", "environment.rename", "environment.archive", "environment.restore");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"../up\"}|400|name|letters, digits",
                "{\"name\":\"staging\"}|409||there is an environment staging already",
                "{\"name\":\"preview\",\"copy_from\":\"stagng\"}|404||did you mean staging?",
                "{\"name\":\"preview\",\"hosts\":[\"all\"]}|400|hosts|all",
                "{\"name\":\"preview\",\"hosts\":\"web-1\"}|400|hosts|list",
                "{}|400|name|name"
            })
    void whatCannotBeCreatedIsAProblemThatNamesItsField(String body, int status, String field, String says)
            throws Exception {
        var answer = ask("admin", "POST", ALL, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("detail").asText()).contains(says);
        assertThat(problem.path("field").asText("")).isEqualTo(field == null ? "" : field);
        assertThat(folder.resolve("inventory/preview")).doesNotExist();
    }

    @Test
    void aPolicyIsWrittenOnlyInPlaceOfWhatWasSeenAndOnlyWhenItCanBeRead() throws Exception {
        var first = tag("production");
        assertThat(write("production", "protected: true\n", first).body()).contains("policy of production is changed");
        assertThat(write("production", "", first).statusCode()).isEqualTo(412);
        var wrong = write("production", "protected: true\nlocks: { longest: soon }\n", tag("production"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("config.yml:2", "soon", "a duration", "8h");
        assertThat(write("production", "protectd: true\n", tag("production")).body())
                .contains("config.yml:1", "did you mean protected?");
        assertThat(folder.resolve("inventory/production/config.yml")).hasContent("protected: true\n");
        assertThat(write("production", " ", tag("production")).body()).contains("is removed");
        assertThat(folder.resolve("inventory/production/config.yml")).doesNotExist();
    }

    @Test
    void anEnvironmentWithABrokenPolicyStaysListedAndIsRepairedHere() throws Exception {
        Files.writeString(folder.resolve("inventory/staging/config.yml"), "protected: true\nprotectd: yes\n");
        var listed = new ObjectMapper().readTree(ask("admin", "GET", ALL, "").body());
        assertThat(listed.at("/broken/0/name").asText()).isEqualTo("staging");
        assertThat(listed.at("/broken/0/problems/0").asText()).contains("inventory/staging/config.yml:2", "protectd");
        assertThat(listed.at("/environments").findValuesAsText("name")).doesNotContain("staging");
        var start = ask("admin", "POST", "/api/v1/runs", "{\"operation\":\"deploy\",\"environment\":\"staging\"}");
        assertThat(start.statusCode()).isEqualTo(400);
        assertThat(start.body()).contains("inventory/staging/config.yml:2");
        fixture.entrance.identity().accounts().add("root", true, "four words and more");
        try (var root = new Browser(fixture)) {
            root.login("root", "four words and more");
            assertThat(root.get("/environments").body()).contains("href=\"/environments/staging\"", "config.yml:2");
            assertThat(root.get("/environments/staging").body())
                    .contains("Nothing runs in staging", "config.yml:2", "protectd: yes", "Save policy")
                    .doesNotContain("/archive");
            var saved = root.submit(
                    "/environments/staging/policy",
                    Map.of("policy", "protected: true", "seen", tag("staging").replace("\"", ""), "do", "save"));
            assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        }
        var mended = new ObjectMapper().readTree(ask("admin", "GET", ALL, "").body());
        assertThat(mended.at("/broken")).isEmpty();
        assertThat(mended.at("/environments").findValuesAsText("name")).contains("staging");
    }

    @ParameterizedTest
    @CsvSource({"bob", "vera"})
    void onlyWhoMayAdministerEverythingChangesThem(String person) throws Exception {
        for (var path : new String[] {"/staging/rename", "/staging/archive", "/staging/restore", ""}) {
            var body = path.endsWith("rename") || path.isEmpty() ? "{\"name\":\"other\"}" : "";
            assertThat(ask(person, "POST", ALL + path, body).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(ask(person, "GET", ALL + "/staging/policy", "").statusCode()).isEqualTo(200);
        assertThat(ask("vera", "GET", ALL + "/production/policy", "").statusCode())
                .isEqualTo(403);
        assertThat(folder.resolve("inventory/other")).doesNotExist();
    }

    @Test
    void whereFilesAreChangedInGitItIsSaidAndNothingIsOffered() throws Exception {
        fixture.gitOnly("inventories are changed in Git, not here (git.edits is off)");
        assertThat(ask("admin", "POST", ALL, "{\"name\":\"preview\"}").body()).contains("changed in Git, not here");
        assertThat(write("production", "protected: true\n", tag("production")).statusCode())
                .isEqualTo(400);
        fixture.entrance.identity().accounts().add("root", true, "four words and more");
        try (var root = new Browser(fixture)) {
            root.login("root", "four words and more");
            for (var page : new String[] {"/environments", "/environments/production", "/new-environment"}) {
                assertThat(root.get(page).body())
                        .as(page)
                        .contains("changed in Git, not here")
                        .doesNotContain("Save policy", "Create environment", "/archive", "/rename");
            }
        }
    }

    @Test
    void formsDoTheSameWithoutAScriptAndKeepWhatWasTyped() throws Exception {
        fixture.entrance.identity().accounts().add("root", true, "four words and more");
        try (var root = new Browser(fixture)) {
            root.login("root", "four words and more");
            assertThat(root.get("/environments").body()).contains("New environment", "production", "staging");
            root.get("/new-environment");
            var wrong = root.submit(
                    "/new-environment", Map.of("name", "staging", "hosts", "p-1=10.0.0.1\r\np-2", "copy_from", ""));
            assertThat(wrong.statusCode()).isEqualTo(409);
            assertThat(wrong.body())
                    .contains("p-1=10.0.0.1\np-2")
                    .containsPattern("class=\"wrong\"[^>]*>there is an environment staging already");
            var made = root.submit(
                    "/new-environment", Map.of("name", "preview", "hosts", "p-1=10.0.0.1\r\np-2", "copy_from", ""));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
            assertThat(Files.readString(folder.resolve("inventory/preview/hosts.yml")))
                    .contains("p-1", "10.0.0.1", "p-2");
            assertThat(root.get("/environments/preview").body()).contains("preview is created with 2 hosts");
            policy(root);
            renamedAndArchived(root);
        }
    }

    private void policy(Browser root) throws Exception {
        var typed = "protected: true\nlocks: { longest: soon }\n";
        var checked =
                root.submit("/environments/preview/policy", Map.of("policy", typed, "seen", seen(root), "do", "check"));
        assertThat(checked.statusCode()).isEqualTo(422);
        assertThat(checked.body()).contains("config.yml:2", "a duration", "data-fault=\"2\"", "longest: soon");
        var good = root.submit(
                "/environments/preview/policy", Map.of("policy", "protected: true", "seen", seen(root), "do", "check"));
        assertThat(good.body()).contains("Not saved yet");
        assertThat(folder.resolve("inventory/preview/config.yml")).doesNotExist();
        var seen = seen(root);
        Files.writeString(folder.resolve("inventory/preview/config.yml"), "protected: false\n");
        var conflict = root.submit(
                "/environments/preview/policy", Map.of("policy", "protected: true", "seen", seen, "do", "save"));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).contains("-protected: false", "+protected: true", "Overwrite their version");
        var saved = root.submit(
                "/environments/preview/policy", Map.of("policy", "protected: true", "seen", seen(root), "do", "save"));
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(folder.resolve("inventory/preview/config.yml")).hasContent("protected: true\n");
    }

    private static String seen(Browser browser) throws Exception {
        return browser.get("/environments/preview").body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]*)\".*", "$1");
    }

    private static void renamedAndArchived(Browser root) throws Exception {
        var renamed = root.submit("/environments/preview/rename", Map.of("name", "canary"));
        assertThat(renamed.headers().firstValue("Location")).contains("/environments/canary");
        var question = root.submit("/environments/canary/archive", Map.of("ask", "Archive canary?"));
        assertThat(question.body()).contains("Archive canary?");
        assertThat(root.submit("/environments/canary/archive", Map.of())
                        .headers()
                        .firstValue("Location"))
                .contains("/environments");
        assertThat(root.get("/environments").body()).contains("Archived", "/environments/canary/restore");
        root.submit("/environments/canary/restore", Map.of());
        assertThat(root.get("/environments/canary").body()).contains("canary is in use again", "Save policy");
    }
}
