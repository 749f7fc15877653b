package dev.playcall.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of an inventory for its viewers, its admins, and admins of everything; forms as a browser without scripts sends them. */
class InventoryPageRightsTest {
    private static final String PASSWORD = "four words and more";
    private static final String PRODUCTION = "/inventory/production";
    private static final String STAGING = "/inventory/staging";
    private static final String RULES = """
        access:
          roles: { keeper: { permissions: [view, admin], environments: [staging] } }
          bindings:
            - { role: keeper, people: ["web:bert"] }
            - { role: viewer, people: ["web:vera"] }
        """;

    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES);
        browser = new Browser(fixture);
        for (var name : List.of("anna", "bert", "vera")) {
            assertThat(fixture.entrance.identity().accounts().add(name, name.equals("anna"), PASSWORD))
                    .isEqualTo(new AccountChange.Done());
        }
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    @Test
    void whoMayOnlyLookSeesHostsAndGroupsAndNoVariables() throws Exception {
        browser.login("vera", PASSWORD);
        assertThat(browser.get("/inventory").body())
                .contains("href=\"/inventory/production\"")
                .doesNotContain(">Edit<");
        assertThat(browser.get(PRODUCTION).body())
                .contains("web-1", "aria-disabled=\"true\"")
                .doesNotContain("Add host", "New file", "hosts.yml");
        assertThat(browser.get(PRODUCTION + "/hosts/web-1").body())
                .contains("Variables are shown to admins of production")
                .doesNotContain("Set variable");
        for (var path : List.of("/file?path=hosts.yml", "/new-file", "/file/versions/x?path=hosts.yml")) {
            assertThat(browser.get(PRODUCTION + path).statusCode()).as(path).isEqualTo(403);
        }
        var forms =
                Map.of("/hosts", "web-9", "/groups", "canary", "/hosts/web-1/tag", "canary", "/hosts/web-1/remove", "");
        for (var form : forms.entrySet()) {
            var sent = Map.of("host", form.getValue(), "group", form.getValue());
            assertThat(browser.submit(PRODUCTION + form.getKey(), sent).statusCode())
                    .as(form.getKey())
                    .isEqualTo(403);
        }
        assertThat(Files.readString(folder.resolve("inventory/production/hosts.yml")))
                .contains("web-1")
                .doesNotContain("web-9", "canary");
        assertThat(browser.get("/inventory/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void anAdminOfOneEnvironmentChangesItsVariablesAndOnlyReadsItsFiles() throws Exception {
        browser.login("bert", PASSWORD);
        assertThat(browser.get(PRODUCTION).statusCode()).isEqualTo(403);
        var set = Map.of("name", "workers", "value", "4", "do", "set");
        assertThat(browser.submit(STAGING + "/hosts/stage-1/variables", set).statusCode())
                .isEqualTo(303);
        assertThat(folder.resolve("inventory/staging/host_vars/stage-1.yml")).hasContent("workers: 4");
        var page = browser.get(STAGING + "/file?path=host_vars/stage-1.yml").body();
        assertThat(page)
                .contains("workers: 4", "Only admins of all environments")
                .doesNotContain("name=\"text\"");
        var text = Map.of("path", "hosts.yml", "text", "all: {}", "seen", "x");
        assertThat(browser.submit(STAGING + "/file", text).statusCode()).isEqualTo(403);
        assertThat(browser.submit(STAGING + "/file/delete", text).statusCode()).isEqualTo(403);
        assertThat(browser.submit(STAGING + "/file/restore", text).statusCode()).isEqualTo(403);
    }

    @Test
    void anEncryptedFileIsNeitherShownNorWritten() throws Exception {
        var file = folder.resolve("inventory/staging/group_vars/all.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "$ANSIBLE_VAULT;1.1;AES256\n3132333435\n");
        browser.login("anna", PASSWORD);
        assertThat(browser.get(STAGING + "/file?path=group_vars/all.yml").body())
                .contains("This file is vaulted")
                .doesNotContain("3132333435", "name=\"text\"");
        assertThat(browser.get(STAGING + "/groups/all").body())
                .contains("whole file", "vaulted")
                .doesNotContain("3132333435");
        var sent = Map.of("path", "group_vars/all.yml", "text", "a: 1", "seen", "x", "do", "save");
        assertThat(browser.submit(STAGING + "/file", sent).body()).doesNotContain("3132333435");
        assertThat(Files.readString(file)).contains("3132333435");
    }
}
