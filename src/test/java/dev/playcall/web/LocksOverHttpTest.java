package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.audit.AuditQuery;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks over HTTP. */
class LocksOverHttpTest {
    private static final String RULES = """
        access:
          bindings:
            - { role: operator, people: ["console:alice", "console:bob"], environments: [production] }
            - { role: admin, people: ["token:admin"] }
          freezes:
            - { environments: [staging], reason: year end, from: 2020-01-01T00:00, until: 2199-01-01T00:00 }
        """;

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> lock(String person, String environment, String body) throws Exception {
        return fixture.ask(person, "PUT", "/api/v1/environments/" + environment + "/lock", body);
    }

    /** Jetty refuses such an address before any of our routes is asked. */
    @Test
    void anAddressThatCannotBeReadIsAProblemAsAnyOther() throws Exception {
        var answer = fixture.get("/ingest/agents/%00");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Bad request\",\"status\":400,"
                        + "\"detail\":\"the address or a header of this request cannot be read\"}");
    }

    @Test
    void aLockIsTakenSeenAndTakenAway() throws Exception {
        var taken = lock("alice", "production", "{\"reason\":\"restore\",\"for\":\"2h\"}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(taken.body()).contains("\"holder\":\"console:alice", "\"reason\":\"restore\"", "\"until\":\"2");
        var seen = fixture.ask("bob", "GET", "/api/v1/locks", "");
        assertThat(seen.body()).contains("\"restore\"").doesNotContain("year end");
        assertThat(fixture.ask("admin", "GET", "/api/v1/locks", "").body()).contains("\"restore\"", "year end");
        var other = lock("bob", "production", "{\"reason\":\"mine\"}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("\"status\":409", "restore");
        assertThat(fixture.ask("bob", "DELETE", "/api/v1/environments/production/lock", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.ask("alice", "DELETE", "/api/v1/environments/production/lock", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.ask("alice", "DELETE", "/api/v1/environments/production/lock", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.audit.find(AuditQuery.all(100)))
                .anyMatch(e ->
                        e.note().action().equals("lock") && e.note().details().containsValue("restore"));
    }

    @Test
    void whatIsWrongIsAProblem() throws Exception {
        assertThat(lock("admin", "nowhere", "{\"reason\":\"x\"}").statusCode()).isEqualTo(404);
        assertThat(lock("alice", "production", "{}").statusCode()).isEqualTo(422);
        var soon = lock("alice", "production", "{\"reason\":\"x\",\"for\":\"soon\"}");
        assertThat(soon.statusCode()).isEqualTo(422);
        assertThat(soon.body()).contains("\"field\":\"for\"");
        assertThat(lock("alice", "production", "{\"reason\":\"x\",\"for\":\"999d\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(lock("alice", "production", "{\"because\":\"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(lock("alice", "staging", "{\"reason\":\"x\"}").statusCode()).isEqualTo(403);
        assertThat(lock("alice", "production", "nothing").statusCode()).isEqualTo(400);
    }
}
