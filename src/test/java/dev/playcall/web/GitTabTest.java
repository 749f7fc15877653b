package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.content.DeployKeys;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.testing.GitFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where playbooks and collections come from, as the settings show it: a real checkout, and a set as Galaxy leaves it. */
class GitTabTest {
    private static final String PASSWORD = "four words and more";
    private static final String RULES = """
        access:
          roles: { puller: { permissions: [view, sync] } }
          bindings: [{ role: puller, people: ["web:bert"] }, { role: viewer, people: ["web:vera"] }]
        """;

    @TempDir
    Path base;

    private GitFixture git;
    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(base);
        fixture = new WebFixture(git.home, RULES);
        browser = new Browser(fixture);
        for (var name : new String[] {"anna", "bert", "vera"}) {
            fixture.entrance.identity().accounts().add(name, name.equals("anna"), PASSWORD);
        }
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private String tab() throws Exception {
        return browser.get("/settings?tab=git")
                .body()
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void aCheckoutSaysHowItStands() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(tab())
                .contains("Branch main", git.head().substring(0, 10) + " Begin, Ada", "origin/main")
                .contains("changed in", "playbooks/deploy.yml", "Untracked files", "No sync yet");
        git.git("add", "--all");
        git.git("commit", "--quiet", "-m", "Mine");
        assertThat(tab()).contains("1 commit ahead, not pushed", "Mine").doesNotContain("changed in");
        git.git("push", "--quiet", "origin", "HEAD:main");
        git.git("fetch", "--quiet");
        assertThat(tab()).contains("up to date as of the last fetch", "Last fetch", "Local changes none");
        git.git("checkout", "--quiet", "--detach");
        assertThat(tab()).contains("Branch none (detached)", "is on no branch");
    }

    @Test
    void whoMaySyncDoesItAndSeesWhatCameOfIt() throws Exception {
        browser.login("bert", PASSWORD);
        assertThat(tab()).contains("Sync now").doesNotContain("git.remote", "Sync while");
        var done = browser.submit("/settings/sync", Map.of());
        assertThat(done.headers().firstValue("Location")).hasValue("/settings?tab=git");
        assertThat(tab()).contains("origin/main at 77aa, 1 commit newer than 66aa", "restart bert, just now");
        fixture.ask("admin", "POST", "/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"prod\"}");
        fixture.begin("ping");
        assertThat(tab()).contains("Sync while #1 is running");
        var other = new Browser(fixture);
        other.login("vera", PASSWORD);
        other.get("/");
        assertThat(other.get("/settings?tab=git").statusCode()).isEqualTo(403);
        other.submit("/settings/sync", Map.of());
        other.submit("/settings/galaxy", Map.of());
        assertThat(tab()).contains("vera");
        other.close();
    }

    @Test
    void whatIsInstalledForWhichRequirementsIsShown() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(tab()).contains("no requirements.yml with content beside the playbooks");
        git.write("requirements.yml", "collections: [acme.tools]\nroles: [{ src: base }]\n");
        assertThat(tab()).contains("1 collection and 1 role of requirements.yml", "not installed", "Install");
        browser.submit("/settings/galaxy", Map.of());
        assertThat(tab()).contains("Manual installations", "anna, just now");
        var sets = new Galaxy(() -> fixture.settings.reading().config(), Map.of(), DeployKeys.none(), fixture.clock);
        var name = sets.wanted().orElseThrow();
        git.write(
                "data/galaxy/" + name + "/collections/ansible_collections/acme/tools/MANIFEST.json",
                "{\"collection_info\": {\"namespace\": \"acme\", \"version\": \"1.2.3\"}, \"format\": 1}");
        git.write("data/galaxy/" + name + "/roles/base/meta/.galaxy_install_info", "install_date: x\nversion: v7\n");
        Files.createDirectories(git.home.resolve("data/galaxy/.new-123"));
        assertThat(tab())
                .contains("of requirements.yml installed", name + " current", "acme.tools 1.2.3, base v7")
                .doesNotContain(".new-123");
    }
}
