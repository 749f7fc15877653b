package dev.playcall.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.testing.WebAccessFixture;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and how. */
@Timeout(120)
class LoginTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "four words and more";
    private static final String WISH = "{\"operation\":\"ping\",\"environment\":\"production\"}";

    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        fixture = new WebFixture(folder);
        browser = new Browser(fixture);
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private void account(String name, boolean admin) {
        assertThat(fixture.entrance.identity().accounts().add(name, admin, PASSWORD))
                .isEqualTo(new AccountChange.Done());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private String token(String scopes, int days) throws Exception {
        var made = fixture.post(
                "/api/v1/tokens",
                "{\"name\":\"ci\",\"scopes\":[" + scopes + "],\"days\":" + days + "}",
                bearer(WebFixture.TOKEN));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).path("token").asText();
    }

    @Test
    void untilThereIsAnAccountThisMachineIsLetInAndNobodyElse() throws Exception {
        assertThat(fixture.get("/").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/", "X-Forwarded-For", "192.0.2.1").statusCode())
                .isEqualTo(403);
        assertThat(fixture.post("/api/v1/runs", WISH, "Forwarded", "for=192.0.2.1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void fromTheFirstAccountOnEverythingButTheDoorNeedsToKnowWho() throws Exception {
        account("anna", true);
        for (var route : fixture.server.allRoutes()) {
            var method = route.split(" ", 2)[0];
            var path = route.split(" ", 2)[1].replaceAll("\\{[^}]+}", "1");
            if (Set.of("/healthz", "/readyz", "/login", "/setup", "/slack/events")
                    .contains(path)) {
                continue;
            }
            var request = HttpRequest.newBuilder(fixture.at(path))
                    .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                    .header("Content-Type", "application/json");
            var answer = fixture.send(request);
            assertThat(answer.statusCode()).as(route).isEqualTo(401);
            assertThat(answer.body()).as(route).contains("authentication required");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(fixture.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(fixture.post("/slack/events", "{}", "X-Signature", "v0=1").statusCode())
                .isEqualTo(200);
        assertThat(fixture.get("/static/style.css").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/static/../api/v1/runs").statusCode()).isNotEqualTo(200);
        assertThat(fixture.get("//api/v1/runs").statusCode()).isNotEqualTo(200);
        assertThat(fixture.get("/healthz/").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aWebSocketOfNobodyIsNotOpened() throws Exception {
        var run = fixture.deploy("v1");
        account("anna", true);
        var address = fixture.at("/api/v1/runs/" + run.value() + "/stream").toString();
        var opening = fixture.http
                .newWebSocketBuilder()
                .buildAsync(java.net.URI.create(address.replace("http:", "ws:")), new WebSocket.Listener() {});
        assertThatThrownBy(opening::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void whoLogsInComesBackToWhereTheyWantedToGo() throws Exception {
        account("anna", true);
        var turned = browser.get("/runs?environment=production");
        assertThat(location(turned)).isEqualTo("/login?next=%2Fruns%3Fenvironment%3Dproduction");
        var page = browser.get(location(turned));
        assertThat(page.body()).contains("value=\"/runs?environment=production\"");
        var in = browser.submit(
                "/login", Map.of("name", "anna", "password", PASSWORD, "next", "/runs?environment=production"));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(location(in)).isEqualTo("/runs?environment=production");
        assertThat(browser.get("/runs").body()).contains("anna", "Log out");
        var run = browser.post("/api/v1/runs", WISH, "X-CSRF-Token", browser.proof());
        assertThat(JSON.readTree(run.body()).path("requested_by").asText()).isEqualTo("web:anna");
    }

    @Test
    void theCookieIsForUsAloneAndNewWithEveryLogin() throws Exception {
        account("anna", true);
        browser.get("/login");
        browser.cookies.put("playcall", "what-somebody-put-there-before");
        var in = browser.submit("/login", Map.of("name", "anna", "password", PASSWORD));
        var cookie = in.headers().allValues("Set-Cookie").stream()
                .filter(c -> c.startsWith("playcall="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure", "Domain");
        var first = browser.cookies.get("playcall");
        assertThat(first).isNotEqualTo("what-somebody-put-there-before").hasSizeGreaterThan(40);
        browser.login("anna", PASSWORD);
        var second = browser.cookies.get("playcall");
        assertThat(second).isNotEqualTo(first);
        browser.cookies.put("playcall", first);
        assertThat(location(browser.get("/"))).startsWith("/login");
        assertThat(fixture.databaseText()).doesNotContain(first, second, PASSWORD);
    }

    @Test
    void overHttpsTheCookieNeverLeavesEncryption() throws Exception {
        fixture.close();
        fixture = new WebFixture(folder.resolve("https"), "server: { public_url: \"https://playcall.example\" }\n");
        account("anna", true);
        var answer = fixture.raw("GET /login HTTP/1.1\r\nHost: playcall.example\r\nX-Forwarded-For: 192.0.2.1\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsPattern("Set-Cookie: __Host-playcall-form=[^\r]*Secure")
                .contains("Strict-Transport-Security: max-age=31536000");
    }

    @Test
    void aProxyThatPutsOurNameInItsPlaceIsStillEncrypted() throws Exception {
        fixture.close();
        fixture = new WebFixture(folder.resolve("https"), "server: { public_url: \"https://playcall.example\" }\n");
        account("anna", true);
        var answer = fixture.raw(
                "GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n" + "Connection: close\r\n\r\n");
        assertThat(answer).containsPattern("Set-Cookie: __Host-playcall-form=[^\r]*Secure");
    }

    @Test
    void onePersonCannotTakeEveryStream() throws Exception {
        account("anna", true);
        var secret = token("\"view\"", 30);
        var open = new ArrayList<HttpResponse<InputStream>>();
        try {
            for (int i = 0; i < 100; i++) {
                open.add(stream(secret));
            }
            assertThat(open).allMatch(s -> s.statusCode() == 200);
            assertThat(fixture.get("/api/v1/events", bearer(secret)).statusCode())
                    .isEqualTo(429);
            var other = stream(WebFixture.TOKEN);
            open.add(other);
            assertThat(other.statusCode()).isEqualTo(200);
        } finally {
            for (var stream : open) {
                stream.body().close();
            }
        }
    }

    private HttpResponse<InputStream> stream(String token) throws Exception {
        var request = HttpRequest.newBuilder(fixture.at("/api/v1/events")).headers(bearer(token));
        return fixture.http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void aFormWithoutItsProofDoesNothing() throws Exception {
        account("anna", true);
        browser.get("/login");
        assertThat(browser.form("/login", Map.of("name", "anna", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.form("/login", Map.of("name", "anna", "password", PASSWORD, "csrf", "guess"))
                        .statusCode())
                .isEqualTo(403);
        browser.login("anna", PASSWORD);
        browser.get("/account");
        assertThat(browser.post("/api/v1/runs", WISH).statusCode()).isEqualTo(403);
        assertThat(browser.post("/api/v1/runs", WISH, "X-CSRF-Token", "guess").statusCode())
                .isEqualTo(403);
        assertThat(browser.form("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.form("/account/tokens", Map.of("name", "ci", "scope", "view"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/account/tokens", Map.of("name", "ci", "scope", "view"), "Origin", "http://evil")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit(
                                "/account/tokens",
                                Map.of("name", "ci", "scope", "view"),
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.entrance.identity().tokens().list()).isEmpty();
        assertThat(fixture.journal.read().queue()).isEmpty();
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressOfSomebodyElseIsNotFollowedAfterTheLogin() throws Exception {
        account("anna", true);
        for (var evil :
                List.of("//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil", "javascript:1")) {
            browser.get("/login");
            var in = browser.submit("/login", Map.of("name", "anna", "password", PASSWORD, "next", evil));
            assertThat(location(in)).as(evil).isEqualTo("/");
        }
    }

    @Test
    void loggingOutEndsTheSessionAndNotOnlyTheCookie() throws Exception {
        account("anna", true);
        browser.login("anna", PASSWORD);
        var kept = browser.cookies.get("playcall");
        browser.get("/");
        assertThat(browser.submit("/logout", Map.of()).statusCode()).isEqualTo(303);
        assertThat(browser.cookies).doesNotContainKey("playcall");
        browser.cookies.put("playcall", kept);
        assertThat(location(browser.get("/"))).startsWith("/login");
    }

    @Test
    void aSessionEndsWhenNobodyUsesItAndAfterAWeekInAnyCase() throws Exception {
        account("anna", true);
        browser.login("anna", PASSWORD);
        fixture.clock.go(Duration.ofHours(11));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        fixture.clock.go(Duration.ofHours(11));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        fixture.clock.go(Duration.ofHours(13));
        assertThat(location(browser.get("/"))).startsWith("/login");
        browser.login("anna", PASSWORD);
        for (int i = 0; i < 16; i++) {
            fixture.clock.go(Duration.ofHours(10));
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
        }
        fixture.clock.go(Duration.ofHours(9));
        assertThat(location(browser.get("/"))).startsWith("/login");
    }

    @Test
    void guessingGetsSlowAndTellsNothing() throws Exception {
        account("anna", true);
        var nobody = browser.login("nobody", PASSWORD);
        var wrong = browser.login("anna", "not the password");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(nobody.body().replace("nobody", "anna").replaceAll("csrf[^>]*", ""))
                .isEqualTo(wrong.body().replaceAll("csrf[^>]*", ""));
        for (int i = 0; i < 4; i++) {
            assertThat(browser.login("anna", "not the password").statusCode()).isEqualTo(401);
        }
        var soon = browser.login("anna", PASSWORD);
        assertThat(soon.statusCode()).isEqualTo(429);
        assertThat(soon.headers().firstValue("Retry-After")).isPresent();
        fixture.clock.go(Duration.ofSeconds(5));
        assertThat(browser.login("anna", PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void theFirstAccountIsMadeOnceByWhoeverHasTheLink() throws Exception {
        var key = fixture.entrance.identity().firstStart().key().reveal();
        assertThat(browser.get("/setup").statusCode()).isEqualTo(410);
        assertThat(browser.get("/setup?key=guess").statusCode()).isEqualTo(410);
        assertThat(browser.get("/setup?key=" + key).statusCode()).isEqualTo(200);
        var fields = Map.of("key", key, "name", "anna", "password", PASSWORD, "again", PASSWORD);
        assertThat(browser.submit("/setup", Map.of("key", key, "name", "anna", "password", "short", "again", "short"))
                        .body())
                .contains("10 to 200 characters");
        assertThat(browser.form("/setup", fields).statusCode()).isEqualTo(422);
        var made = browser.submit("/setup", fields);
        assertThat(location(made)).isEqualTo("/");
        assertThat(browser.get("/").body()).contains("anna");
        try (var late = new Browser(fixture)) {
            assertThat(late.get("/setup?key=" + key).statusCode()).isEqualTo(410);
            assertThat(late.form("/setup", fields).statusCode()).isEqualTo(410);
            assertThat(location(late.get("/"))).startsWith("/login");
        }
        assertThat(fixture.entrance.identity().accounts().list())
                .extracting(a -> a.name() + " " + a.admin())
                .containsExactly("anna true");
    }

    @Test
    void theLinkOfTheFirstStartIsGoodForADay() throws Exception {
        var key = fixture.entrance.identity().firstStart().key().reveal();
        fixture.clock.go(Duration.ofHours(25));
        assertThat(browser.get("/setup?key=" + key).statusCode()).isEqualTo(410);
    }

    @Test
    void aTokenIsShownOnceAndEndsWhenItWasToldTo() throws Exception {
        account("anna", true);
        var secret = token("\"view\",\"start\"", 30);
        assertThat(secret).startsWith("playcall_");
        var run = fixture.post("/api/v1/runs", WISH, bearer(secret));
        assertThat(JSON.readTree(run.body()).path("requested_by").asText()).isEqualTo("token:ci");
        var listed = fixture.get("/api/v1/tokens", bearer(WebFixture.TOKEN)).body();
        assertThat(listed).contains("\"ci\"", "\"start\"", "\"token:admin\"").doesNotContain(secret);
        assertThat(fixture.databaseText()).doesNotContain(secret, secret.substring(10));
        fixture.clock.go(Duration.ofDays(31));
        assertThat(fixture.get("/api/v1/runs", bearer(secret)).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenDoesOnlyWhatItWasMadeForAndWhatItsOwnerMay() throws Exception {
        account("anna", true);
        account("bert", false);
        var reader = token("\"view\"", 30);
        var refused = fixture.post("/api/v1/runs", WISH, bearer(reader));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("lacks the scope");
        browser.login("bert", PASSWORD);
        browser.get("/account");
        var page = browser.submit("/account/tokens", Map.of("name", "mine", "scope", "start"));
        var secret = Pattern.compile("playcall_[\\w-]{43}").matcher(page.body());
        assertThat(secret.find()).isTrue();
        var more = fixture.post("/api/v1/runs", WISH, bearer(secret.group()));
        assertThat(more.statusCode()).isEqualTo(403);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void whatIsDoneAtTheDoorIsRecordedAndNoSecretIs() throws Exception {
        account("anna", true);
        browser.login("anna", "not the password");
        browser.login("what-is-a-password", "x");
        browser.login("anna", PASSWORD);
        browser.get("/account");
        browser.submit("/account/tokens", Map.of("name", "mine", "scope", "view"));
        browser.submit("/account/tokens/mine/revoke", Map.of());
        browser.submit("/account/tokens/ci/revoke", Map.of());
        browser.submit("/account/sessions/end", Map.of());
        browser.submit("/logout", Map.of());
        var entries = fixture.get("/api/v1/audit", bearer(WebFixture.TOKEN)).body();
        assertThat(JSON.readTree(entries).path("entries"))
                .extracting(
                        e -> e.path("deed").asText() + " " + e.path("decision").asText() + " "
                                + e.path("person").asText().replaceAll("^address:.*", "address"))
                .containsExactly(
                        "logout done web:anna",
                        "session.end done web:anna",
                        "token.revoke refused web:anna",
                        "token.revoke done web:anna",
                        "token.create done web:anna",
                        "token.create asked web:anna",
                        "login done web:anna",
                        "login refused address",
                        "login refused address");
        assertThat(entries).doesNotContain("what-is-a-password", "not the password", PASSWORD, "playcall_");
    }

    @Test
    void aRevokedTokenIsUnknownAndATokenMakesNoTokens() throws Exception {
        account("anna", true);
        var secret = token("\"view\",\"tokens\",\"admin\"", 30);
        var more = "{\"name\":\"more\",\"scopes\":[\"view\"]}";
        assertThat(fixture.post("/api/v1/tokens", more, bearer(secret)).statusCode())
                .isEqualTo(403);
        assertThat(fixture.post("/api/v1/tokens", more.replace("view", "everything"), bearer(WebFixture.TOKEN))
                        .body())
                .contains("there is no scope");
        var gone = HttpRequest.newBuilder(fixture.at("/api/v1/tokens/ci"))
                .DELETE()
                .header("Authorization", "Bearer " + WebFixture.TOKEN);
        assertThat(fixture.send(gone).statusCode()).isEqualTo(204);
        assertThat(fixture.get("/api/v1/runs", bearer(secret)).statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsNoAdminMakesOwnTokensAndNoAccounts() throws Exception {
        account("anna", true);
        account("bert", false);
        browser.login("bert", PASSWORD);
        browser.get("/account");
        var made = browser.submit("/account/tokens", Map.of("name", "mine", "scope", "view", "days", "30"));
        var secret = Pattern.compile("playcall_[\\w-]{43}").matcher(made.body());
        assertThat(secret.find()).isTrue();
        assertThat(browser.get("/account").body()).contains("mine").doesNotContain(secret.group());
        assertThat(fixture.get("/api/v1/users", bearer(secret.group())).statusCode())
                .isEqualTo(403);
        assertThat(browser.post(
                                "/api/v1/users",
                                "{\"name\":\"eve\",\"password\":\"" + PASSWORD + "\",\"admin\":true}",
                                "X-CSRF-Token",
                                browser.proof())
                        .statusCode())
                .isEqualTo(403);
        token("\"view\"", 30);
        assertThat(browser.submit("/account/tokens/ci/revoke", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(browser.submit("/account/tokens/mine/revoke", Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(fixture.entrance.identity().tokens().list())
                .extracting(t -> t.name())
                .containsExactly("ci");
    }

    @Test
    void anotherPasswordNeedsTheOldOneAndEndsEveryOtherBrowser() throws Exception {
        account("anna", true);
        try (var other = new Browser(fixture)) {
            other.login("anna", PASSWORD);
            browser.login("anna", PASSWORD);
            browser.get("/account");
            var fresh = "some other words";
            assertThat(browser.submit("/account/password", Map.of("old", "wrong", "password", fresh, "again", fresh))
                            .body())
                    .contains("The current password is wrong");
            assertThat(browser.submit("/account/password", Map.of("old", PASSWORD, "password", fresh, "again", fresh))
                            .body())
                    .contains("Password changed");
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            assertThat(location(other.get("/"))).startsWith("/login");
            assertThat(other.login("anna", PASSWORD).statusCode()).isEqualTo(401);
            assertThat(other.login("anna", fresh).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aCommandOfThisMachineIsItsUserAndOnlyFromHere() throws Exception {
        account("anna", true);
        var secret = WebAccessFixture.CONSOLE.reveal();
        var said = fixture.post(
                "/api/v1/console",
                "{\"text\":\"help\",\"user\":\"somebody-else\"}",
                "Authorization",
                "Bearer " + secret,
                "Playcall-User",
                "kim");
        assertThat(JSON.readTree(said.body()).path("text").asText()).isEqualTo("console:kim said help");
        assertThat(fixture.get("/api/v1/runs", "Authorization", "Bearer " + secret, "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAccountGoesWithItsTokensAndTheLastAdminStays() throws Exception {
        account("anna", true);
        account("bert", false);
        browser.login("bert", PASSWORD);
        browser.get("/account");
        browser.submit("/account/tokens", Map.of("name", "mine", "scope", "view"));
        assertThat(delete("/api/v1/users/bert")).isEqualTo(204);
        assertThat(fixture.entrance.identity().tokens().list()).isEmpty();
        assertThat(location(browser.get("/"))).startsWith("/login");
        assertThat(delete("/api/v1/users/anna")).isEqualTo(400);
        assertThat(delete("/api/v1/users/nobody")).isEqualTo(400);
    }

    private int delete(String path) throws Exception {
        return fixture.send(HttpRequest.newBuilder(fixture.at(path))
                        .DELETE()
                        .header("Authorization", "Bearer " + WebFixture.TOKEN))
                .statusCode();
    }

    @Test
    void aStreamEndsWithTheSessionThatOpenedIt() throws Exception {
        account("anna", true);
        browser.login("anna", PASSWORD);
        var run = fixture.http
                .sendAsync(
                        HttpRequest.newBuilder(fixture.at("/api/v1/events"))
                                .header("Cookie", "playcall=" + browser.cookies.get("playcall"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .get();
        assertThat(run.statusCode()).isEqualTo(200);
        browser.get("/");
        browser.submit("/logout", Map.of());
        fixture.journal.create(dev.playcall.testing.Runs.asked("ping"));
        assertThat(new String(run.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith(": listening");
    }
}
