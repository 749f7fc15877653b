package dev.playcall.web.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.testing.Runs;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of secrets, as a browser without scripts has it. */
class SecretPageTest {
    private static final String PASSWORD = "four words and more";
    private static final String RULES = """
        access:
          roles: { keeper: { permissions: [view, secrets], environments: [staging] } }
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
        for (var name : new String[] {"bert", "vera"}) {
            assertThat(fixture.entrance.identity().accounts().add(name, false, PASSWORD))
                    .isEqualTo(new AccountChange.Done());
        }
        assertThat(fixture.entrance.identity().accounts().add("anna", true, PASSWORD))
                .isEqualTo(new AccountChange.Done());
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private static Map<String, String> secret(String scope, String name, String value) {
        return Map.of("scope", scope, "name", name, "kind", "text", "value", value);
    }

    @Test
    void aKeyIsRotatedByWhoeverMayHandleIt() throws Exception {
        browser.login("vera", PASSWORD);
        assertThat(browser.submit("/secrets/production/deploy/rotate-key", Map.of())
                        .statusCode())
                .isEqualTo(403);
        browser.login("bert", PASSWORD);
        assertThat(browser.submit("/secrets/production/deploy/rotate-key", Map.of())
                        .statusCode())
                .isEqualTo(403);
        browser.login("anna", PASSWORD);
        browser.get("/secrets");
        var started = browser.submit("/secrets/production/deploy/rotate-key", Map.of());
        assertThat(started.headers().firstValue("Location")).hasValue("/runs/1");
    }

    @Test
    void aRotationIsStartedFromItsSecretAndNotFromItsRun() throws Exception {
        fixture.journal.create(Runs.asked(Runs.keyRotation()));
        browser.login("anna", PASSWORD);
        browser.get("/runs/1");
        browser.submit("/runs/1/cancel", Map.of());
        assertThat(browser.get("/runs/1").body())
                .contains("cancelled")
                .doesNotContain("/runs/1/rerun", "/runs/1/retry");
    }

    @Test
    void aSecretIsKeptReplacedAndRemovedAndItsValueNeverShown() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(browser.get("/account").body()).contains("href=\"/secrets\"");
        browser.get("/secrets");
        var kept = browser.submit("/secrets", secret("production", "db_password", "line one\r\nline two"));
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
        assertThat(kept.body())
                .contains("db_password", "production", "by anna")
                .doesNotContain("line one")
                .doesNotContain("<script>")
                .doesNotContain("style=");
        assertThat(fixture.secrets
                        .reveal(new dev.playcall.domain.Value.Secret(
                                "production/db_password", dev.playcall.domain.Value.Secret.Usage.VARIABLE))
                        .orElseThrow()
                        .reveal())
                .isEqualTo("line one\nline two");
        assertThat(browser.submit("/secrets", secret("production", "db_password", "another one"))
                        .body())
                .doesNotContain("another one");
        assertThat(browser.submit("/secrets/production/db_password/remove", Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.secrets.list()).isEmpty();
        assertThat(browser.submit("/secrets/production/db_password/remove", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.audit.find(AuditQuery.all(100)))
                .extracting(e -> e.note().action())
                .contains("secret.set", "secret.remove");
    }

    @Test
    void aFormWithoutItsProofAndAWrongOneDoNothing() throws Exception {
        browser.login("anna", PASSWORD);
        browser.get("/secrets");
        assertThat(browser.form("/secrets", secret("global", "token", "abcdefgh"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/secrets", secret("global", "9 lives", "abcdefgh"))
                        .statusCode())
                .isEqualTo(422);
        var small = browser.submit("/secrets", secret("global", "token", "abc"));
        assertThat(small.statusCode()).isEqualTo(422);
        assertThat(small.body()).contains("too short").doesNotContain(">abc<");
        assertThat(browser.submit("/secrets", secret("nowhere", "token", "abcdefgh"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(fixture.secrets.list()).isEmpty();
    }

    @Test
    void onlyWhatOneMayHandleIsShown() throws Exception {
        fixture.secrets.set(
                SecretRef.parse("production/hidden_one").orElseThrow(),
                dev.playcall.security.secret.SecretKind.TEXT,
                new dev.playcall.security.secret.SecretText("abcdefgh"),
                new dev.playcall.domain.name.Person("web:anna"));
        browser.login("bert", PASSWORD);
        var page = browser.get("/secrets");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"staging\"").doesNotContain("hidden_one", "value=\"production\"");
        assertThat(browser.submit("/secrets", secret("production", "x1", "abcdefgh"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/secrets", secret("staging", "x1", "abcdefgh"))
                        .statusCode())
                .isEqualTo(200);
        var other = new Browser(fixture);
        other.login("vera", PASSWORD);
        assertThat(other.get("/secrets").statusCode()).isEqualTo(403);
        assertThat(other.get("/account").body()).doesNotContain("/secrets");
        other.close();
    }
}
