package dev.playcall.web.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.journal.node.NodeStore;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the gateway is set up, for those whom it concerns. */
class SettingsPageTest {
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

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES);
        browser = new Browser(fixture);
        for (var name : new String[] {"anna", "bert", "vera"}) {
            assertThat(fixture.entrance.identity().accounts().add(name, name.equals("anna"), PASSWORD))
                    .isEqualTo(new AccountChange.Done());
        }
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private String page(String tab) throws Exception {
        return browser.get("/settings?tab=" + tab).body();
    }

    @Test
    void whatHoldsIsShownWithItsPlaceAndWithoutSecrets() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(page("general"))
                .contains(
                        "PLAYCALL_ANSIBLE_FORKS",
                        "config/playcall.yml:6",
                        "set, not shown",
                        "restart Playcall to apply it")
                .doesNotContain("4711");
        assertThat(page("people")).contains("keeper", "web:bert", ">1<");
        assertThat(browser.submit("/settings/reload", Map.of()).statusCode()).isEqualTo(303);
    }

    @Test
    void nodesAreListedWithTheirLabelsAndWithTheNamesOfTheColumnsForNarrowScreens() throws Exception {
        fixture.journal
                .read()
                .nodes()
                .started(new NodeStore.Identity("node-1", "1.0", "of-node-1", Set.of("zone=dmz", "ssd")));
        browser.login("anna", PASSWORD);
        assertThat(page("general"))
                .contains("data-label=\"Last seen\"", "data-label=\"Running\"", "data-label=\"Labels\"")
                .contains("ssd, zone=dmz");
    }

    @Test
    void aSettingIsChangedWithAReasonAndHadBackAgain() throws Exception {
        browser.login("anna", PASSWORD);
        assertThat(page("general")).contains("/settings/set/ansible.forks", "gone.with.the.wind does not count");
        assertThat(page("git")).contains("/settings/set/git.edits");
        var form = "/settings/set/ansible.forks";
        assertThat(browser.get(form).body()).contains("type=\"number\"", "min=\"1\"", "max=\"1000\"", "1 to 1000");
        assertThat(browser.get("/settings/set/git.edits").body()).contains("<select", ">yes</option>");
        var wrong = browser.submit(form, Map.of("value", "5000", "seen", "7", "reason", "a big move"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("5000", "a big move").containsPattern("class=\"wrong\"[^>]*>[^<]*1 to 1000");
        var set = browser.submit(form, Map.of("value", "30", "seen", "7", "reason", "a big move"));
        assertThat(set.headers().firstValue("Location")).hasValue("/settings?tab=general#ansible.forks");
        assertThat(page("general")).contains("ansible.forks is 30 now, was 7", "set by anna", "without it 7");
        assertThat(browser.get(form).body()).contains("a big move", "is 30 now, was 7", "Reset to 7");
        var late = browser.submit(form, Map.of("value", "9", "seen", "7"));
        assertThat(late.statusCode()).as("somebody was quicker").isEqualTo(409);
        assertThat(late.body()).contains("it was changed meanwhile to 30", "value=\"9\"");
        browser.submit(form, Map.of("do", "reset", "reason", "it is over"));
        assertThat(browser.get(form).body())
                .contains("is 7 again", "it is over")
                .doesNotContain("Back to");
        assertThat(browser.get("/settings/set/access.roles").statusCode()).isEqualTo(404);
    }

    @Test
    void everyKeyThatCanBeSetStandsOnATab() throws Exception {
        browser.login("anna", PASSWORD);
        var tabs = page("general") + page("git") + page("people");
        assertThat(dev.playcall.config.runtime.RuntimeSettingKeys.KEYS)
                .allSatisfy(k -> assertThat(tabs).contains("\"" + SettingForms.link(k.name()) + "\""));
    }

    @Test
    void nobodyElseChangesASetting() throws Exception {
        browser.login("vera", PASSWORD);
        browser.get("/");
        assertThat(browser.get("/settings/set/ansible.forks").statusCode()).isEqualTo(403);
        assertThat(browser.submit("/settings/set/ansible.forks", Map.of("value", "3"))
                        .statusCode())
                .isEqualTo(403);
        browser.login("anna", PASSWORD);
        assertThat(browser.form("/settings/set/ansible.forks", Map.of("value", "3"))
                        .statusCode())
                .as("another site cannot")
                .isEqualTo(403);
        assertThat(fixture.settings.kept().all()).isEmpty();
    }

    @Test
    void everybodySeesOnlyTheTabsThatConcernThem() throws Exception {
        browser.login("vera", PASSWORD);
        assertThat(page("general")).contains("only administrators").doesNotContain("xoxb", "forks");
        assertThat(browser.submit("/settings/people", Map.of("name", "eve", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/settings/people/anna/remove", Map.of()).statusCode())
                .isEqualTo(403);
        var other = new Browser(fixture);
        other.login("bert", PASSWORD);
        assertThat(other.get("/settings?tab=keys").body())
                .contains("No SSH keys.")
                .doesNotContain("tab=general");
        assertThat(other.get("/settings?tab=people").statusCode()).isEqualTo(403);
        other.close();
        assertThat(fixture.entrance.identity().accounts().list()).hasSize(3);
    }

    @Test
    void peopleAreLetInAndOutAndItIsOnRecord() throws Exception {
        browser.login("anna", PASSWORD);
        browser.get("/settings?tab=people");
        browser.submit("/settings/people", Map.of("name", "eve", "password", "short"));
        assertThat(page("people")).doesNotContain("/settings/people/eve/");
        browser.submit("/settings/people", Map.of("name", "eve", "password", PASSWORD));
        assertThat(page("people")).contains("eve can now log in.", "/settings/people/eve/remove");
        var eve = new Browser(fixture);
        eve.login("eve", PASSWORD);
        browser.submit("/settings/people/eve/password", Map.of("password", "another four words"));
        assertThat(eve.get("/account").statusCode()).as("logged out").isEqualTo(302);
        browser.submit("/settings/people/eve/remove", Map.of());
        assertThat(page("people")).contains("eve can no longer log in").doesNotContain("/settings/people/eve/");
        eve.close();
        assertThat(fixture.audit.find(AuditQuery.all(100)))
                .extracting(e -> e.note().action())
                .contains("account.add", "account.password", "account.remove");
    }

    @Test
    void aTokenIsRevokedByWhomItBelongsToOrAnAdmin() throws Exception {
        browser.login("vera", PASSWORD);
        browser.get("/account");
        browser.submit("/account/tokens", Map.of("name", "ci", "scope", "view", "days", "30"));
        var bert = new Browser(fixture);
        bert.login("bert", PASSWORD);
        bert.get("/settings?tab=tokens");
        bert.submit("/settings/tokens/ci/revoke", Map.of());
        assertThat(bert.get("/settings?tab=tokens").body()).contains("You have no token ci");
        assertThat(page("tokens")).contains("ci");
        browser.submit("/settings/tokens/ci/revoke", Map.of());
        assertThat(fixture.entrance.identity().tokens().list()).isEmpty();
        bert.close();
    }
}
