package dev.playcall.web.notifications;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.notify.event.Delivery;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A receiver and a route from their forms to their removal, on a phone and at a desk. */
@ExtendWith(Chromium.class)
class ReceiversPageIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    ReceiversPageIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        fixture.notificationEngine.start();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aReceiverIsAddedTestedRoutedAndRemoved() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/notifications")
                    .page
                    .locator("a:has-text('Receivers and routes')")
                    .first()
                    .click();
            visit.page.waitForURL("**/notifications/receivers");
            visit.looksWell("receivers-none").as(BrowserPage.DESK).looksWell("receivers-none");
            visit.page
                    .locator("nav[aria-label='Kind of receiver'] a:text-is('Mail')")
                    .click();
            visit.page.waitForURL("**kind=email**");
            visit.looksWell("receiver-mail").as(BrowserPage.PHONE).looksWell("receiver-mail");
            visit.page
                    .locator("nav[aria-label='Kind of receiver'] a:text-is('Webhook')")
                    .click();
            visit.page.waitForURL("**kind=webhook**");
            visit.page.fill("#name", "ops");
            visit.page.fill("#f-webhook", "T0KENofHook42");
            visit.page.locator("button:has-text('Save receiver')").click();
            assertThat(visit.page.locator("#add .problem")).containsText("is not an address");
            assertThat(visit.page.locator("#f-webhook")).hasValue("");
            visit.page.fill("#f-webhook", "https://example.org/T0KENofHook42");
            visit.page.locator("button:has-text('Save receiver')").click();
            assertThat(visit.page.locator(".toast")).containsText("ops");
            assertThat(visit.page.content()).doesNotContain("T0KEN");
            visit.page.locator("#receivers button:has-text('Test')").click();
            Awaitility.await()
                    .until(() ->
                            fixture.notificationEngine.delivery(1).orElseThrow().state() == Delivery.State.DEAD);
            visit.page.locator("#receivers a:text-is('Refresh')").click();
            assertThat(visit.page.locator("#receivers")).containsText("410 gone");
            routes(visit);
            visit.page.locator("#receivers button:has-text('Remove')").click();
            assertThat(visit.page.locator("#receivers")).containsText("No receivers yet");
        }
    }

    private static void routes(BrowserPage visit) {
        visit.page.fill("[name=label0]", "environment");
        visit.page.fill("[name=value0]", "production");
        visit.page.locator("#route button:has-text('Add route')").click();
        assertThat(visit.page.locator("#route .problem")).containsText("a route needs one");
        assertThat(visit.page.locator("[name=value0]")).hasValue("production");
        visit.looksWell("route-problem");
        visit.page.check("#route [name=receivers]");
        visit.page.check("#route [name=continue]");
        visit.page.locator("#route button:has-text('Add route')").click();
        assertThat(visit.page.locator("#routes")).containsText("environment=\"production\"");
        visit.looksWell("receivers").as(BrowserPage.DESK).looksWell("receivers").as(BrowserPage.PHONE);
        visit.page.locator("#routes button:has-text('Remove')").click();
        assertThat(visit.page.locator("#routes")).containsText("No routes yet");
    }
}
