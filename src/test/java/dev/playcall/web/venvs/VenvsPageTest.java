package dev.playcall.web.venvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of Python environments, as a browser without scripts has it. */
class VenvsPageTest {
    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        browser = new Browser(fixture);
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private String page() throws Exception {
        return browser.get("/venvs").body();
    }

    @Test
    void specificationsAndWhatHostsHaveAreListedWithTheirSize() throws Exception {
        assertThat(page()).contains("No specifications yet.", "No environments are installed.");
        var spec = fixture.post("/api/v1/venvs/analyze", "{\"playbook\":\"deploy\",\"lint\":false}")
                .body()
                .replaceFirst("(?s).*\"name\" *: *\"(deploy_[0-9a-f]{8})\".*", "$1");
        var hosts = Files.createDirectories(folder.resolve("data/host_venvs/production"));
        Files.writeString(hosts.resolve("web-1.yml"), """
            hostname: web-1
            installed_venvs:
              - { name: %s, path: /home/ansible/venvs/x, installed_date: "2024-01-15T10:35:00Z", requirements: aa, size: 5242880 }
            """.formatted(spec));
        assertThat(page())
                .contains("href=\"/playbooks/deploy\"", spec, "ansible-core&gt;=2.14", "web-1", "1 environment, 5")
                .contains("/home/ansible/venvs/x")
                .doesNotContain("has changed since");
        Files.writeString(folder.resolve("playbooks/deploy.yml"), "- hosts: none\n");
        assertThat(page()).contains("has changed since");
        Files.writeString(hosts.resolve("web-1.yml"), "installed_venvs: [{ name: x }]\n");
        assertThat(page()).contains("host_venvs/production/web-1.yml", "installed_date");
    }
}
