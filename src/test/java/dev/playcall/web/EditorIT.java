package dev.playcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A playbook is written in a browser: with a fault, by two at once, and from a phone. */
@ExtendWith(Chromium.class)
class EditorIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    EditorIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void write(BrowserPage visit, String text) {
        visit.page.locator(".CodeMirror-line").first().click();
        visit.page.keyboard().press("Control+a");
        visit.page.keyboard().insertText(text);
    }

    @Test
    void aFaultIsMarkedInItsLineAndWhatIsRightIsSaved() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/playbooks/deploy").page.locator("a:has-text('Edit')").click();
            visit.page.waitForSelector(".CodeMirror .cm-atom");
            write(visit, "- hosts: web\n\ttasks: []\n");
            visit.page.keyboard().press("Control+s");
            assertThat(visit.page.locator(".CodeMirror .faulty")).hasCount(1);
            assertThat(visit.page.locator(".faultline")).containsText("deploy.yml:2");
            visit.looksWell("editor-fault").as(BrowserPage.DESK).looksWell("editor-fault");
            write(visit, "- hosts: web\n  tasks: []\n");
            visit.page.locator("button:has-text('Check')").click();
            assertThat(visit.page.locator("main [role=status]")).containsText("Not saved yet");
            visit.page.locator("button:has-text('Save')").click();
            visit.page.waitForURL("**/playbooks/deploy");
            assertThat(visit.page.locator(".toast")).containsText("playbook deploy is written");
            assertThat(visit.page.locator(".versions li")).hasCount(1);
        }
        assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo("- hosts: web\n  tasks: []\n");
    }

    @Test
    void theSecondOfTwoSeesWhatTheFirstOneWrote() throws Exception {
        try (var first = new BrowserPage(browser, fixture, BrowserPage.DESK);
                var second = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            for (var visit : new BrowserPage[] {first, second}) {
                visit.to("/playbooks/deploy/edit").page.waitForSelector(".CodeMirror .cm-atom");
            }
            write(first, "- hosts: web\n");
            first.page.locator("button:has-text('Save')").click();
            first.page.waitForURL("**/playbooks/deploy");
            write(second, "- hosts: db\n");
            second.page.locator("button:has-text('Save')").click();
            assertThat(second.page.locator(".notice .del")).hasText("-- hosts: web");
            second.looksWell("editor-conflict").as(BrowserPage.DESK).looksWell("editor-conflict");
            assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo("- hosts: web\n");
            second.page.locator("button:has-text('Overwrite their version')").click();
            second.page.waitForURL("**/playbooks/deploy");
            second.page.locator(".versions a").first().click();
            second.page.locator("button:has-text('Restore this version')").click();
            second.page.waitForURL("**/playbooks/deploy");
        }
        assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo("- hosts: web\n");
    }
}
