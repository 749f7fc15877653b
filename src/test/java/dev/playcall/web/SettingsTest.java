package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.AuditQuery;
import dev.playcall.security.identity.Change;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the gateway is set up, for those whom it concerns. */
class SettingsTest {
    private static final String PASSWORD = "four words and more";
    private static final String RULES = """
            access:
              roles: { keeper: { permissions: [view, secrets], environments: [staging] } }
              bindings:
                - { role: keeper, people: ["web:bert"] }
                - { role: viewer, people: ["web:vera"] }
            chat: { slack: { bot_token: xoxb-4711-4711 } }
            """;

    @TempDir
    Path folder;

    private WebHouse house;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        house = new WebHouse(folder, RULES);
        browser = new Browser(house);
        for (var name : new String[] {"anna", "bert", "vera"}) {
            assertThat(house.entrance.identity().accounts().add(name, name.equals("anna"), PASSWORD))
                    .isEqualTo(new Change.Done());
        }
    }

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    private String page(String tab) throws Exception {
        return browser.get("/settings?tab=" + tab).body();
    }

    @Test
    void whatHoldsIsShownWithItsPlaceAndWithoutSecrets() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(page("general"))
                .contains("PLAYCALL_ANSIBLE_FORKS", "config/playcall.yml:6", "set, not shown", "waits for a restart")
                .doesNotContain("4711");
        assertThat(page("people")).contains("keeper", "web:bert", "in one browser");
        assertThat(browser.submit("/settings/reload", Map.of()).statusCode()).isEqualTo(303);
    }

    @Test
    void everybodySeesOnlyTheTabsThatConcernThem() throws Exception {
        browser.login("vera", PASSWORD);
        assertThat(page("general")).contains("for those whom they concern").doesNotContain("xoxb", "forks");
        assertThat(browser.submit("/settings/people", Map.of("name", "eve", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/settings/people/anna/remove", Map.of()).statusCode())
                .isEqualTo(403);
        var other = new Browser(house);
        other.login("bert", PASSWORD);
        assertThat(other.get("/settings?tab=keys").body())
                .contains("No SSH key is kept")
                .doesNotContain("tab=general");
        assertThat(other.get("/settings?tab=people").statusCode()).isEqualTo(403);
        other.close();
        assertThat(house.entrance.identity().accounts().list()).hasSize(3);
    }

    @Test
    void peopleAreLetInAndOutAndItIsOnRecord() throws Exception {
        browser.login("anna", PASSWORD);
        browser.get("/settings?tab=people");
        browser.submit("/settings/people", Map.of("name", "eve", "password", "short"));
        assertThat(page("people")).doesNotContain("/settings/people/eve/");
        browser.submit("/settings/people", Map.of("name", "eve", "password", PASSWORD));
        assertThat(page("people")).contains("eve can log in now.", "/settings/people/eve/remove");
        var eve = new Browser(house);
        eve.login("eve", PASSWORD);
        browser.submit("/settings/people/eve/password", Map.of("password", "another four words"));
        assertThat(eve.get("/account").statusCode()).as("logged out").isEqualTo(302);
        browser.submit("/settings/people/eve/remove", Map.of());
        assertThat(page("people")).contains("eve cannot log in any more").doesNotContain("/settings/people/eve/");
        eve.close();
        assertThat(house.audit.find(AuditQuery.all(100)))
                .extracting(e -> e.note().deed())
                .contains("account.add", "account.password", "account.remove");
    }

    @Test
    void aTokenIsRevokedByWhomItBelongsToOrAnAdmin() throws Exception {
        browser.login("vera", PASSWORD);
        browser.get("/account");
        browser.submit("/account/tokens", Map.of("name", "ci", "scope", "view", "days", "30"));
        var bert = new Browser(house);
        bert.login("bert", PASSWORD);
        bert.get("/settings?tab=tokens");
        bert.submit("/settings/tokens/ci/revoke", Map.of());
        assertThat(bert.get("/settings?tab=tokens").body()).contains("You have no token ci");
        assertThat(page("tokens")).contains("ci");
        browser.submit("/settings/tokens/ci/revoke", Map.of());
        assertThat(house.entrance.identity().tokens().list()).isEmpty();
        bert.close();
    }
}
