package dev.playcall.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Wrong tries slow whoever makes them and lock nobody else out; where they come from, only a configured proxy says. */
@Timeout(120)
class LoginLockoutTest {
    private static final String PASSWORD = "four words and more";
    private static final String BELIEVED = "server: { trusted_proxies: [127.0.0.1, 10.0.0.0/8, \"fd00::/8\"] }\n";

    @TempDir
    Path folder;

    private WebFixture open(String settings) throws Exception {
        var fixture = new WebFixture(folder, settings);
        assertThat(fixture.entrance.identity().accounts().add("anna", true, PASSWORD))
                .isEqualTo(new AccountChange.Done());
        return fixture;
    }

    private static HttpResponse<String> login(Browser browser, String password, String... headers) throws Exception {
        browser.get("/login");
        return browser.submit("/login", Map.of("name", "anna", "password", password), headers);
    }

    private static HttpResponse<String> login(WebFixture fixture, String password, String address) throws Exception {
        try (var fresh = new Browser(fixture)) {
            return login(fresh, password, "X-Forwarded-For", address);
        }
    }

    @Test
    void strangersFromChangingAddressesLockNobodyOut() throws Exception {
        try (var fixture = open(BELIEVED);
                var hers = new Browser(fixture)) {
            assertThat(login(hers, PASSWORD, "X-Forwarded-For", "198.51.100.1").statusCode())
                    .isEqualTo(303);
            hers.cookies.remove("playcall");
            int looked = 0;
            for (int i = 0; i < 75; i++) {
                looked += login(fixture, "wrong", "203.0.113." + i).statusCode() == 401 ? 1 : 0;
            }
            assertThat(looked).isEqualTo(20);
            assertThat(login(hers, PASSWORD, "X-Forwarded-For", "192.0.2.7").statusCode())
                    .as("her browser somewhere else")
                    .isEqualTo(303);
            assertThat(login(fixture, PASSWORD, "198.51.100.1").statusCode())
                    .as("another browser at her address")
                    .isEqualTo(303);
            var anew = login(fixture, PASSWORD, "192.0.2.8");
            assertThat(anew.statusCode()).as("a new place").isEqualTo(429);
            assertThat(anew.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isLessThanOrEqualTo(31);
            fixture.clock.go(Duration.ofSeconds(31));
            for (int i = 0; i < 20; i++) {
                login(fixture, "wrong", "192.0.2." + (100 + i));
            }
            assertThat(login(fixture, PASSWORD, "192.0.2.8").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aForgedAddressMakesNoDifference() throws Exception {
        try (var fixture = open("server: { trusted_proxies: [192.0.2.1] }\n")) {
            for (int i = 0; i < 5; i++) {
                assertThat(login(fixture, "wrong", "203.0.113." + i).statusCode())
                        .isEqualTo(401);
            }
            assertThat(login(fixture, "wrong", "203.0.113.99").statusCode()).isEqualTo(429);
            assertThat(addresses(fixture, 5)).containsOnly("127.0.0.1");
        }
    }

    @Test
    void whatABrowserKeepsIsGoodForItsAccountAndPasswordOnly() throws Exception {
        try (var fixture = open(BELIEVED);
                var hers = new Browser(fixture);
                var forged = new Browser(fixture)) {
            fixture.entrance.identity().accounts().add("bert", false, PASSWORD);
            hers.login("bert", PASSWORD);
            for (int i = 0; i < 25; i++) {
                login(fixture, "wrong", "203.0.113." + i);
            }
            assertThat(login(hers, PASSWORD, "X-Forwarded-For", "192.0.2.7").statusCode())
                    .as("of another account")
                    .isEqualTo(429);
            forged.cookies.put(
                    "playcall-browser", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            assertThat(login(forged, PASSWORD, "X-Forwarded-For", "192.0.2.8").statusCode())
                    .as("made up")
                    .isEqualTo(429);
        }
    }

    @Test
    void theRightMostAddressThatIsNoProxyOfOursIsTheClients() throws Exception {
        var cases = List.of(
                new Forwarded("203.0.113.1", "203.0.113.1"),
                new Forwarded("203.0.113.1", "198.51.100.9, 203.0.113.1"),
                new Forwarded("203.0.113.1", "127.0.0.1, 203.0.113.1, 10.1.2.3"),
                new Forwarded("203.0.113.1", "198.51.100.9", "203.0.113.1"),
                new Forwarded("203.0.113.1", "203.0.113.1:4711"),
                new Forwarded("2001:db8:0:0:0:0:0:1", "[2001:db8::1]:4711, fd00::7"),
                new Forwarded("203.0.113.2", "::ffff:203.0.113.2"),
                new Forwarded("10.0.0.7", "10.0.0.7"),
                new Forwarded("10.0.0.7", "unknown, 10.0.0.7"),
                new Forwarded("127.0.0.1", "203.0.113.1, <script>"),
                new Forwarded("127.0.0.1"));
        try (var fixture = open(BELIEVED)) {
            for (var c : cases) {
                try (var browser = new Browser(fixture)) {
                    login(browser, "wrong", c.headers());
                }
            }
            assertThat(addresses(fixture, cases.size()).reversed())
                    .isEqualTo(cases.stream().map(Forwarded::client).toList());
        }
    }

    private record Forwarded(String client, List<String> lines) {
        Forwarded(String client, String... lines) {
            this(client, List.of(lines));
        }

        private String[] headers() {
            var headers = new ArrayList<String>();
            lines.forEach(l -> headers.addAll(List.of("X-Forwarded-For", l)));
            return headers.toArray(String[]::new);
        }
    }

    /** Those of the last refused logins as the audit log has them, the newest first. */
    private static List<String> addresses(WebFixture fixture, int count) throws Exception {
        var audit = fixture.get("/api/v1/audit?limit=" + count, "Authorization", "Bearer " + WebFixture.TOKEN);
        return new ObjectMapper()
                .readTree(audit.body()).path("entries").findValuesAsText("person").stream()
                        .map(p -> p.replaceFirst("^address:", ""))
                        .toList();
    }
}
