package dev.playcall.web.hosts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.FilePayload;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Hosts, groups, variables and files of an environment, changed on a phone and at a desk. */
@ExtendWith(Chromium.class)
class InventoryPagesIT {
    private static final String VAULTED = """
        secret: !vault |
          $ANSIBLE_VAULT;1.1;AES256
          3132333435
        # how many at once
        workers: 2
        """;

    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    InventoryPagesIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        write("group_vars/web.yml", VAULTED);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Path file(String name) {
        return folder.resolve("inventory/production").resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    /** Both widths, and back to the phone. */
    private static void looksWell(BrowserPage visit, String name) {
        visit.looksWell(name).as(BrowserPage.DESK).looksWell(name).as(BrowserPage.PHONE);
    }

    @Test
    void aFileOfThousandsOfServersIsImportedAndTheyAreFoundAndSelected() throws Exception {
        var table = IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> "vm-%d,10.1.%d.%d,deploy,%s,debian"
                        .formatted(i, i / 250, i % 250, i % 10 == 0 ? "edge" : "core"))
                .collect(Collectors.joining("\n", "name,address,user,tags,distro\n", "\n"));
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory/production")
                    .page
                    .locator("summary:has-text('Import servers')")
                    .click();
            visit.page.fill("#table", "name,adress\nvm-1,10.0.0.1\n");
            looksWell(visit, "inventory-import");
            visit.page.locator("button:has-text('Import')").click();
            assertThat(visit.page.locator(".wrong:visible")).containsText("did you mean address?");
            assertThat(visit.page.locator("#table")).hasValue("name,adress\nvm-1,10.0.0.1\n");
            var file = new FilePayload("servers.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8));
            visit.page.setInputFiles("#file", file);
            visit.page.locator("button:has-text('Import')").click();
            assertThat(visit.page.locator(".wrong:visible")).containsText("choose a file or paste a table, not both");
            visit.page.fill("#table", "");
            visit.page.setInputFiles("#file", file);
            visit.page.locator("button:has-text('Import')").click();
            assertThat(visit.page.locator(".toast")).containsText("5000 new");
            assertThat(visit.page.locator(".hostrows tbody tr")).hasCount(300);
            visit.to("/inventory/production?host=vm-4999");
            assertThat(visit.page.locator(".hostrows tbody tr")).hasCount(1);
            visit.to("/start?operation=deploy&environment=production&rollout=1&find=tag:edge&limit=tag:edge");
            visit.page.fill("[name='v.version']", "v1");
            visit.page.locator("#steps button:has-text('Servers')").click();
            assertThat(visit.page.locator("#reach")).containsText("500 servers");
            assertThat(visit.page.locator("#picks")).containsText("10.1.0.10");
            visit.page.locator("button:has-text('Clear selection')").click();
            assertThat(visit.page.locator("#reach")).containsText("5003 servers");
            visit.page.fill("#search", "status:never&!tag:core");
            assertThat(visit.page.locator("#picks")).containsText("all 503 servers");
            visit.looksWell("start-fleet-2");
            visit.page.locator("button:has-text('Select all found')").click();
            assertThat(visit.page.locator("#reach")).containsText("503 servers");
            assertThat(visit.page.locator("#limit")).hasValue("status:never&!tag:core");
            visit.page.fill("#search", "vm-49");
            assertThat(visit.page.locator("#picks")).containsText("all 111 servers");
            visit.page.locator("button:has-text('Select all found')").click();
            assertThat(visit.page.locator("#reach")).containsText("603 servers");
        }
    }

    @Test
    void hostsAreAddedTaggedPingedAndRemoved() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory").page.locator("a:has-text('Edit production')").click();
            visit.page.waitForURL("**/inventory/production");
            visit.page.fill("#add-host", "web-1");
            visit.page.locator("button:has-text('Add host')").click();
            assertThat(visit.page.locator(".wrong:visible")).containsText("web-1");
            assertThat(visit.page.locator("#add-host")).hasValue("web-1");
            looksWell(visit, "inventory-environment");
            visit.page.fill("#add-host", "web-3");
            visit.page.fill("#add-address", "10.0.0.3");
            visit.page.selectOption("#add-to", "web");
            visit.page.locator("button:has-text('Add host')").click();
            assertThat(visit.page.locator(".toast")).containsText("web-3 is in production, group web");
            visit.page.fill("#add-group", "canary");
            visit.page.locator("button:has-text('Add group')").click();
            assertThat(visit.page.locator("#groups")).containsText("canary");
            visit.page.locator("#hosts a:has-text('web-3')").click();
            visit.page.fill("#tag", "canary");
            visit.page.locator("button:has-text('Add to group')").click();
            assertThat(visit.page.locator("#others")).containsText("canary");
            assertThat(visit.page.locator("#variables")).containsText("10.0.0.3");
            looksWell(visit, "inventory-host");
            visit.page.locator("button:has-text('Remove from canary')").click();
            assertThat(visit.page.locator(".toast")).containsText("no longer tagged canary");
            visit.page.locator("main button.danger:has-text('Remove')").click();
            visit.page.waitForURL("**/inventory/production");
            assertThat(visit.page.locator("#hosts")).not().containsText("web-3");
            visit.page.locator("button:has-text('Ping selected hosts')").click();
            assertThat(visit.page.locator(".problem")).containsText("Select at least one host");
            visit.page.check("[name=target][value=web-2]");
            visit.page.check("[name=target][value=db-1]");
            visit.page.locator("button:has-text('Ping selected hosts')").click();
            visit.page.waitForURL("**/runs/*");
        }
        var run = fixture.journal
                .read()
                .find(new dev.playcall.domain.name.RunId(1))
                .orElseThrow();
        assertThat(run.request().operation().value()).isEqualTo("ping");
        assertThat(run.request().limit()).hasToString("web-2,db-1");
    }

    @Test
    void variablesAreSetAndRemovedAndVaultedOnesAreLeftAlone() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory/production")
                    .page
                    .locator("#groups a:has-text('web')")
                    .click();
            var vaulted = visit.page.locator("#variables tr:has-text('secret')");
            assertThat(vaulted).containsText("vaulted");
            assertThat(vaulted.locator("button, a.button")).hasCount(0);
            assertThat(visit.page.locator("body")).not().containsText("3132333435");
            visit.page.locator("a:has-text('Change workers')").click();
            assertThat(visit.page.locator("#variable")).hasValue("workers");
            visit.page.fill("#value", "{{ lookup('pipe', 'id') }}");
            visit.page.locator("button:has-text('Set variable')").click();
            assertThat(visit.page.locator(".wrong:visible")).containsText("no template");
            assertThat(visit.page.locator("#value")).hasValue("{{ lookup('pipe', 'id') }}");
            looksWell(visit, "inventory-group");
            visit.page.fill("#value", "5");
            visit.page.locator("button:has-text('Set variable')").click();
            assertThat(visit.page.locator(".toast")).containsText("workers of group web in production is set");
            visit.page.fill("#variable", "ports");
            visit.page.fill("#value", "[80, \"443\"]");
            visit.page.locator("button:has-text('Set variable')").click();
            assertThat(visit.page.locator("#variables")).containsText("[80, 443]");
            assertThat(Files.readString(file("group_vars/web.yml")))
                    .isEqualTo(VAULTED.replace("workers: 2", "workers: 5") + "ports: [80, \"443\"]\n");
            visit.page.locator("button:has-text('Remove ports')").click();
            assertThat(visit.page.locator(".toast")).containsText("ports of group web in production is removed");
        }
        assertThat(Files.readString(file("group_vars/web.yml"))).isEqualTo(VAULTED.replace("workers: 2", "workers: 5"));
    }

    @Test
    void aFileIsCheckedSavedOverTheirsOnlyWhenSeenAndRestored() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory/production")
                    .page
                    .locator("a:has-text('New file')")
                    .click();
            visit.page.fill("#path", "group_vars/db.yml");
            type(visit, "port: 5432\n\tbad: 1\n");
            visit.page.locator("button:text-is('Save')").click();
            assertThat(visit.page.locator(".problem")).containsText("group_vars/db.yml:2");
            assertThat(visit.page.locator(".CodeMirror .faulty")).hasCount(1);
            looksWell(visit, "inventory-file-fault");
            type(visit, "port: 5432\n");
            visit.page.locator("button:text-is('Check')").click();
            assertThat(visit.page.locator("main [role=status]")).containsText("Not saved yet");
            assertThat(file("group_vars/db.yml")).doesNotExist();
            visit.page.locator("button:text-is('Save')").click();
            visit.page.waitForURL("**/file?path=**");
            type(visit, "port: 5433\n");
            write("group_vars/db.yml", "port: 5432\ntheirs: true\n");
            visit.page.locator("button:text-is('Save')").click();
            assertThat(visit.page.locator(".notice")).containsText("saved by someone else");
            assertThat(visit.page.locator(".diff .del")).containsText(new String[] {"port: 5432", "theirs: true"});
            looksWell(visit, "inventory-file-conflict");
            visit.page.locator("button:has-text('Overwrite their version')").click();
            visit.page.locator("#versions a").first().click();
            assertThat(visit.page.locator(".diff .add")).containsText(new String[] {"port: 5432", "theirs: true"});
            looksWell(visit, "inventory-file-version");
            visit.page.locator("button:has-text('Restore this version')").click();
            visit.page.waitForURL("**/file?path=**");
            assertThat(Files.readString(file("group_vars/db.yml"))).isEqualTo("port: 5432\ntheirs: true\n");
            looksWell(visit, "inventory-file");
            Files.delete(file("group_vars/db.yml"));
            visit.page.locator("button:text-is('Save')").click();
            assertThat(visit.page.locator(".problem")).containsText("was deleted by someone else");
            visit.page.locator("button:text-is('Save')").click();
            visit.page.waitForURL("**/file?path=**");
            assertThat(file("group_vars/db.yml")).exists();
            visit.page.locator("button.danger:has-text('Delete')").click();
            assertThat(visit.page.locator(".notice")).containsText("was deleted");
        }
        assertThat(file("group_vars/db.yml")).doesNotExist();
    }

    private static void type(BrowserPage visit, String text) {
        visit.page.waitForSelector(".CodeMirror");
        visit.page.locator(".CodeMirror-line").first().click();
        visit.page.keyboard().press("Control+a");
        visit.page.keyboard().insertText(text);
    }

    @Test
    void whereFilesAreChangedInGitItSaysSoAndOffersNothing() throws Exception {
        fixture.gitOnly("inventories are changed in Git, not here");
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            for (var path : new String[] {"", "/hosts/web-1", "/groups/web", "/file?path=hosts.yml"}) {
                visit.to("/inventory/production" + path);
                assertThat(visit.page.locator(".notice")).containsText("changed in Git, not here");
                assertThat(
                                visit.page.locator(
                                        "main form[method=post]:not([action='/start']):not([action$='/ping']):not([action$='/import'])"))
                        .hasCount(0);
            }
            looksWell(visit, "inventory-file-git");
        }
    }
}
