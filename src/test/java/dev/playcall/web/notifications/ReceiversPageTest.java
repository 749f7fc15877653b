package dev.playcall.web.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers and routes as a browser without scripts has them. */
class ReceiversPageTest {
    private static final String PAGE = "/notifications/receivers";

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

    private void submit(String path, Map<String, String> fields) throws Exception {
        var answer = browser.submit(path, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    @Test
    void everyKindIsAddedAndNothingSecretIsShownAgain() throws Exception {
        var kinds = new HashMap<String, Map<String, String>>();
        kinds.put("webhook", Map.of("webhook", "https://example.org/T0KEN", "secret", "k3y-of-hook-42"));
        kinds.put("apprise", Map.of("apprise", "pover://user@T0KEN"));
        kinds.put("apprise_api", Map.of("apprise_api", "https://example.org/T0KEN", "tag", "oncall"));
        kinds.put("ntfy", Map.of("ntfy", "https://ntfy.sh/T0KEN", "token", "tk_T0KEN"));
        kinds.put("slack", Map.of("slack", "C0123ABCD"));
        kinds.put("discord", Map.of("discord", "987654321"));
        kinds.put("slack_webhook", Map.of("slack_webhook", "https://hooks.slack.com/services/T0KEN"));
        kinds.put("discord_webhook", Map.of("discord_webhook", "https://discord.com/api/webhooks/1/T0KEN"));
        kinds.put("email", new HashMap<>(Map.of("host", "mail.example.org", "port", "2525", "user", "ops")));
        kinds.get("email").putAll(Map.of("password", "T0KENmail", "from", "ops@example.org"));
        kinds.get("email").put("to", "ada@example.org, bob@example.org");
        for (var kind : ReceiverForm.values()) {
            var fields = new HashMap<>(kinds.get(kind.key()));
            fields.put("kind", kind.key());
            fields.put("name", "to-" + kind.key());
            submit(PAGE, fields);
        }
        var page = browser.get(PAGE).body();
        assertThat(page)
                .contains("to-slack_webhook", "ada@example.org, bob@example.org by mail.example.org", "local, ")
                .doesNotContain("T0KEN", "k3y-of-hook-42");
        assertThat(browser.get(PAGE + "/export").body())
                .contains("to-email", "${TO_EMAIL_PASSWORD}")
                .doesNotContain("T0KEN");
    }

    @Test
    void aMistakeKeepsWhatWasTypedButNoSecret() throws Exception {
        var answer = browser.submit(
                PAGE, Map.of("kind", "email", "name", "post", "host", "mail.example.org", "password", "T0KENmail"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"mail.example.org\"", "value=\"post\"", "is missing")
                .doesNotContain("T0KENmail");
    }

    @Test
    void aRouteIsBuiltFromConditions() throws Exception {
        submit(PAGE, Map.of("kind", "slack", "name", "ops", "slack", "C0123ABCD"));
        var fields = new HashMap<String, String>();
        fields.putAll(Map.of("label0", "environment", "operator0", "=~", "value0", "prod.*"));
        fields.putAll(Map.of("label1", "severity", "operator1", ">=", "value1", "error"));
        fields.putAll(Map.of("receivers", "ops", "continue", "true", "group_by", "environment, event"));
        submit("/notifications/routes", fields);
        assertThat(browser.get(PAGE).body()).contains("environment, event", "page.1");
        assertThat(fixture.get("/api/v1/routes").body().replace(" ", ""))
                .contains("environment=~\\\"prod.*\\\"", "severity>=error", "\"continue\":true");
        submit("/notifications/routes/1/remove", Map.of());
        assertThat(browser.get(PAGE).body()).contains("No routes yet");
    }
}
