package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.conversation.ChatService;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.command.Caller;
import dev.playcall.command.SecretCommand;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.name.Person;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody from Slack does everything that is kept with a name; then every page and every answer is read. */
class NamesShownTest {
    private static final String ID = "U0Q7XADA";
    private static final String NAME = "Ada Lovelace";
    private static final String RULES = """
        access:
          bindings:
            - { role: admin, people: ["slack:U0Q7XADA", "token:admin"] }
            - { role: operator, people: ["slack:U0Q7XBOB"], environments: [production] }
          policies:
            - { operations: [provision], environments: [staging], approvals: 1 }
        """;
    private static final Pattern SPOKEN = Pattern.compile("(?:aria-label|data-ask)=\"([^\"]*)\"");
    private static final Pattern QUOTED = Pattern.compile("(?s)<(code|pre|textarea|script|style)\\b.*?</\\1>");

    private final Caller ada = new Caller(new Person("slack:" + ID), Origin.of("slack:C1"));
    private final Caller bob = new Caller(new Person("slack:U0Q7XBOB"), Origin.of("slack:C1"));

    @TempDir
    Path folder;

    private WebFixture house;
    private ChatService chat;

    @BeforeEach
    void open() throws Exception {
        house = new WebFixture(folder, RULES, true);
        house.database.chat().saveName(ada.person(), NAME);
        house.database.chat().saveName(bob.person(), "Bob");
        chat = house.chat(folder);
        everythingThatIsKept();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String say(Caller who, String text) {
        return new TextRenderer(300, false).render(chat.answerText(who, text).message());
    }

    private void everythingThatIsKept() throws Exception {
        say(ada, "deploy production version=v1");
        var first = house.begin("deploy");
        house.progress(first, "copy", 1, 2, List.of(WebFixture.host("web-1", HostOutcome.FAILED, "copy", "no space")));
        house.end(first, new Outcome.Failed(2, "copy failed on web-1"));
        assertThat(say(ada, "retry 1")).contains("#2");
        say(ada, "cancel 2");
        say(ada, "provision staging");
        say(ada, "reject 3 not before the backup");
        say(ada, "provision staging");
        say(ada, "deploy staging version=v2");
        house.begin("deploy");
        say(ada, "pause 5 after the match");
        say(ada, "batch ping staging,production");
        say(ada, "pin 1 evidence");
        say(ada, "pause production a leak");
        say(ada, "drain update at six");
        say(ada, "lock staging database restore");
        say(ada, "settings set ansible.forks 9");
        say(ada, "host register staging vm-7 address=127.0.0.7");
        say(ada, "schedule add \"30 2 * * *\" deploy staging version=v3");
        say(ada, "schedule add \"30 3 * * *\" deploy staging version=v3");
        say(ada, "schedule pause 2 holidays");
        say(ada, "report daily production at 09:00");
        say(ada, "mute staging --for 2h disks are replaced");
        house.handle(
                new SecretCommand.SetSecret(
                        SecretRef.parse("production/db_password").orElseThrow(),
                        SecretKind.TEXT,
                        new SecretText("x-9-x")),
                ada);
        assertThat(house.journal.read().find(new dev.playcall.domain.name.RunId(5)))
                .isPresent();
    }

    /** What somebody reads or hears of a page. */
    private static String read(String html) {
        var spoken = SPOKEN.matcher(html).results().map(r -> r.group(1)).toList();
        return QUOTED.matcher(html).replaceAll(" ").replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ") + " " + spoken;
    }

    private String page(String path) throws Exception {
        return house.send(java.net.http.HttpRequest.newBuilder(house.at(path))
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + WebFixture.TOKEN))
                .body();
    }

    @Test
    void noPageShowsAnIdInPlaceOfAName() throws Exception {
        var paths = new ArrayList<>(house.server.allRoutes().stream()
                .filter(r -> r.startsWith("GET ") && !r.contains("/api/") && !r.contains("{"))
                .map(r -> r.substring(4))
                .filter(p -> !List.of("/healthz", "/metrics", "/readyz").contains(p))
                .toList());
        for (int run = 1; run <= 5; run++) {
            paths.add("/runs/" + run);
        }
        paths.addAll(List.of("/runs/1/compare/2", "/audit?person=" + ID, "/settings/set/ansible.forks"));
        for (var tab : List.of("git", "notifications", "people", "secrets", "keys", "tokens")) {
            paths.add("/settings?tab=" + tab);
        }
        var named = new ArrayList<String>();
        for (var path : paths) {
            var seen = read(page(path));
            assertThat(seen).as(path).doesNotContain(ID, "U0Q7XBOB");
            if (seen.contains(NAME)) {
                named.add(path);
            }
        }
        assertThat(named)
                .contains(
                        "/",
                        "/queue",
                        "/runs",
                        "/audit",
                        "/inventory",
                        "/statistics",
                        "/settings",
                        "/runs/1",
                        "/runs/2")
                .contains("/runs/3", "/runs/4", "/runs/5", "/secrets", "/alerts", "/settings/set/ansible.forks");
        assertThat(page("/audit")).contains("title=\"slack:" + ID + "\"");
    }

    @Test
    void noAnswerShowsAnIdInPlaceOfAName() {
        var named = new ArrayList<String>();
        for (var question : List.of(
                "queue",
                "runs",
                "runs text=cancelled",
                "show 1",
                "show 2",
                "show 3",
                "show 4",
                "show 5",
                "show batch 1",
                "locks",
                "schedule list",
                "report list",
                "audit",
                "secret list",
                "env production",
                "host registered staging",
                "alerts",
                "mutes",
                "stats",
                "deliveries",
                "compare 1 2",
                "status")) {
            var answer = say(ada, question);
            assertThat(answer).as(question).doesNotContain(ID, "U0Q7XBOB");
            if (answer.contains(NAME)) {
                named.add(question);
            }
        }
        assertThat(named)
                .contains("queue", "runs", "show 1", "show 2", "show 3", "show 4", "show 5", "locks", "schedule list")
                .contains("audit", "secret list", "host registered staging", "stats");
    }

    @Test
    void noRefusalShowsAnIdInPlaceOfAName() throws Exception {
        for (var command : List.of(
                "unlock staging",
                "lock staging mine",
                "deploy staging version=v9",
                "pause 5 again",
                "resume production",
                "retry 1",
                "cancel 2",
                "approve 4",
                "deploy production version=v1",
                "schedule remove 1",
                "host register staging vm-7 address=127.0.0.8")) {
            assertThat(say(bob, command)).as(command).doesNotContain(ID);
        }
        var other = house.ask("admin", "PUT", "/api/v1/environments/staging/lock", "{\"reason\":\"mine\"}");
        assertThat(other.body()).contains("locked by " + NAME).doesNotContain(ID);
        assertThat(house.ask("admin", "GET", "/api/v1/locks", "").body()).contains("slack:" + ID);
        assertThat(house.ask("admin", "GET", "/api/v1/secrets", "").body())
                .contains("\"set_by\":\"slack:" + ID + "\"", "\"set_by_name\":\"" + NAME + "\"");
    }

    /** Fields whose value is an id keep it; every other text says the name. */
    private static void texts(
            String path, String field, com.fasterxml.jackson.databind.JsonNode node, List<String> found) {
        if (node.isTextual()
                && node.textValue().contains(ID)
                && !node.textValue().equals("slack:" + ID)) {
            found.add(path + " " + field + ": " + node.textValue());
        }
        node.properties().forEach(f -> texts(path, f.getKey(), f.getValue(), found));
        if (node.isArray()) {
            node.forEach(child -> texts(path, field, child, found));
        }
    }

    @Test
    void noTextOfTheApiShowsAnIdInPlaceOfAName() throws Exception {
        var paths = new ArrayList<>(house.server.allRoutes().stream()
                .filter(r -> r.startsWith("GET /api/v1/") && !r.contains("{"))
                .map(r -> r.substring(4))
                .filter(p -> !p.matches(".*/(events|openapi.json|export)"))
                .toList());
        for (int run = 1; run <= 5; run++) {
            paths.add("/api/v1/runs/" + run);
        }
        paths.addAll(List.of("/api/v1/batches/1", "/api/v1/runs/1/compare/2", "/api/v1/runs/3/events"));
        var found = new ArrayList<String>();
        int named = 0;
        for (var path : paths) {
            var body = house.ask("admin", "GET", path, "").body();
            named += body.contains(NAME) ? 1 : 0;
            if (body.startsWith("{")) {
                texts(path, "", new com.fasterxml.jackson.databind.ObjectMapper().readTree(body), found);
            } else if (path.endsWith("/events")) {
                body.lines()
                        .filter(l -> l.startsWith("data:") && l.contains(" slack:" + ID))
                        .forEach(l -> found.add(path + " " + l));
            }
        }
        assertThat(found).isEmpty();
        assertThat(named).isPositive();
        var changed = house.ask("admin", "DELETE", "/api/v1/environments/staging/lock", "");
        assertThat(changed.body()).contains("it was " + NAME + "'s lock").doesNotContain(ID);
    }
}
