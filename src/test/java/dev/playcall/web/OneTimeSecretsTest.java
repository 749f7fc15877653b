package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that is typed for one run is kept when the run is taken and not before, whatever door it comes through. */
class OneTimeSecretsTest {
    private static final String RULES = """
        access:
          bindings:
            - { role: viewer, people: ["console:vera"] }
            - { role: operator, people: ["console:olga"] }
          freezes:
            - { cron: "* * * * *", for: 1h, reason: weekend, environments: [staging] }
        """;
    private static final String TYPED = "hunter2-hunter2";
    private static final String START = "{\"operation\":\"play\",\"playbook\":\"wipe\",\"environment\":\"production\","
            + "\"variables\":{\"pin\":{\"secret\":\"" + TYPED + "\"}}}";

    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("playbooks"));
        Files.writeString(folder.resolve("playbooks/wipe.yml"), "- hosts: all\n  tasks: []\n");
        Files.writeString(
                folder.resolve("playbooks/wipe.meta.yml"),
                "variables: { pin: { secret: true, required: true, pattern: \"[a-z0-9-]+\" }, size: { type: text }"
                        + " }\n");
        fixture = new WebFixture(folder, RULES);
        browser = new Browser(fixture);
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private interface Door {
        int ask(String person) throws Exception;
    }

    private Door json(String path, String body) {
        return person -> fixture.ask(person, "POST", path, body).statusCode();
    }

    private Door form(String what) {
        return person -> {
            var fields = new HashMap<>(Map.of("operation", "play", "playbook", "wipe", "environment", "production"));
            fields.putAll(Map.of("v.pin", TYPED, "when", "now", "do", what));
            return browser.form(
                            "/start",
                            fields,
                            "Authorization",
                            "Bearer console-secret-for-tests-only",
                            "Playcall-User",
                            person)
                    .statusCode();
        };
    }

    private static String batch() {
        return START.replace("\"environment\":\"production\"", "\"environments\":[\"production\",\"staging\"]");
    }

    private static String schedule() {
        return START.replaceFirst("\\{", "{\"cron\":\"0 3 * * *\",");
    }

    private Map<String, Door> doors() {
        var doors = new LinkedHashMap<String, Door>();
        doors.put("start", json("/api/v1/runs", START));
        doors.put("review", json("/api/v1/runs/review", START));
        doors.put("batch", json("/api/v1/batches", batch()));
        doors.put("schedule", json("/api/v1/schedules", schedule()));
        doors.put("form, review", form("review"));
        doors.put("form, start", form("start"));
        return doors;
    }

    private void assertKeptNowhere(String what) {
        assertThat(fixture.database.secrets().once()).as(what).isEmpty();
        assertThat(fixture.secrets.redact("it is " + TYPED)).as(what).isEqualTo("it is " + TYPED);
    }

    @Test
    void whatSomebodyTypesWhoMayNotStartIsKeptNowhereAndMasksNothing() throws Exception {
        for (var door : doors().entrySet()) {
            assertThat(door.getValue().ask("vera")).as(door.getKey()).isEqualTo(403);
            assertKeptNowhere(door.getKey());
        }
    }

    @Test
    void whatStartsNothingKeepsNothing() throws Exception {
        var doors = new LinkedHashMap<String, Door>();
        doors.put("review", json("/api/v1/runs/review", START));
        doors.put("form, review", form("review"));
        doors.put("batch", json("/api/v1/batches", batch()));
        doors.put("schedule", json("/api/v1/schedules", schedule()));
        doors.put("freeze", json("/api/v1/runs", START.replace("production", "staging")));
        doors.put("no such host", json("/api/v1/runs", START.replaceFirst("\\{", "{\"limit\":\"wbe\",")));
        doors.put("not as its pattern", json("/api/v1/runs", START.replace(TYPED, TYPED + "!")));
        doors.put("not a secret", json("/api/v1/runs", START.replace("\"pin\"", "\"size\"")));
        for (var door : doors.entrySet()) {
            assertThat(door.getValue().ask("olga")).as(door.getKey()).isNotEqualTo(201);
            assertKeptNowhere(door.getKey());
        }
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void aRefusalDoesNotSayTheValue() throws Exception {
        for (var wrong : new String[] {START.replace(TYPED, TYPED + "!"), START.replace("\"pin\"", "\"size\"")}) {
            var answer = fixture.ask("olga", "POST", "/api/v1/runs", wrong);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain(TYPED).containsAnyOf("must match", "not declared as secret");
        }
    }

    @Test
    void aRunThatIsTakenKeepsOneHoweverOftenItIsAskedFor() throws Exception {
        for (int i = 0; i < 3; i++) {
            var answer = fixture.post(
                    "/api/v1/runs",
                    START,
                    "Authorization",
                    "Bearer console-secret-for-tests-only",
                    "Playcall-User",
                    "olga",
                    "Idempotency-Key",
                    "k");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(i == 0 ? 201 : 200);
        }
        assertThat(fixture.database.secrets().once()).hasSize(1);
        assertThat(fixture.databaseText()).doesNotContain(TYPED);
        assertThat(fixture.secrets.redact("it is " + TYPED)).doesNotContain(TYPED);
    }
}
