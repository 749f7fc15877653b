package dev.playcall.rehearsal.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.api.utils.FileUpload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each has a server of its own, and they mostly wait. */
@Execution(ExecutionMode.CONCURRENT)
class DiscordServerTest {
    private static final String CREATE = "POST /channels/{channel}/messages";
    private final DiscordServer discord = DiscordServer.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Person ada;
    private String room;

    @TempDir
    Path folder;

    @BeforeEach
    void peopleComeIn() {
        ada = discord.person("300000000000000001", "ada", discord.role("deployers"));
        room = discord.channel("deployments");
    }

    @AfterEach
    void close() {
        discord.close();
    }

    private JDA login(Compression compression) throws InterruptedException {
        return JDABuilder.createLight(DiscordServer.TOKEN, EnumSet.noneOf(GatewayIntent.class))
                .setRestConfig(new RestConfig().setBaseUrl(discord.apiBase().toString()))
                .setSessionController(new ConcurrentSessionController() {
                    @Override
                    public String getGateway() {
                        return discord.gateway().toString();
                    }
                })
                .setCompression(compression)
                .setEventPool(Executors.newCachedThreadPool(), true)
                .setMaxReconnectDelay(32)
                .setEnableShutdownHook(false)
                .addEventListeners(new App(seen))
                .build()
                .awaitReady();
    }

    private static void register(JDA jda) {
        jda.getGuildById(DiscordServer.GUILD)
                .updateCommands()
                .addCommands(
                        Commands.slash("deploy", "Run it")
                                .addOption(OptionType.STRING, "what", "which operation", true, true)
                                .addOption(OptionType.INTEGER, "forks", "how many"),
                        Commands.slash("playcall", "About").addSubcommands(new SubcommandData("runs", "Lists runs")))
                .complete();
    }

    @Test
    void aRunGoesFromSlashToThreadButtonAndForm() throws Exception {
        discord.recordTo(folder);
        var jda = login(Compression.ZLIB);
        try {
            register(jda);
            assertThat(discord.complete(ada, room, "deploy", Map.of("what", "we"), "what")
                            .data()
                            .at("/choices/0/value")
                            .asText())
                    .isEqualTo("web");
            var ack = discord.slash(ada, room, "deploy", Map.of("what", "web", "forks", 5));
            assertThat(ack.acknowledged()).isTrue();
            assertThat(ack.type()).isEqualTo(5);
            await().until(() -> !discord.replies(ada).getFirst().loading());
            assertThat(discord.replies(ada).getFirst().ephemeral()).isTrue();
            assertThat(discord.replies(ada).getFirst().text()).contains("Started web");
            await().until(() -> !discord.messages(room).isEmpty()
                    && discord.thread(discord.messages(room).getFirst().id()).size() == 1);
            var card = discord.messages(room).getFirst();
            assertThat(card.text()).contains("run 1", "[Why]");
            assertThat(discord.thread(card.id())
                            .getFirst()
                            .attachments()
                            .getFirst()
                            .text())
                    .isEqualTo("ok: web1\n");
            assertThat(discord.press(ada, room, card.id(), "Why").type()).isEqualTo(9);
            assertThat(discord.modal(ada).orElseThrow().path("title").asText()).isEqualTo("Why?");
            assertThat(discord.submit(ada, "why", Map.of("reason", "because")).type())
                    .isEqualTo(7);
            await().until(() -> discord.messages(room).getFirst().text().contains("because"));
            assertThat(discord.transcript(room)).contains("Playcall:", "    # run-1", "[file out.log, 9 bytes]");
            assertThat(discord.slash(ada, card.id(), "playcall runs", Map.of()).type())
                    .isEqualTo(4);
            discord.redeliverLast();
            await().until(() ->
                    discord.calls().stream().anyMatch(c -> c.route().endsWith("/callback") && c.status() == 400));
            try (var files = Files.list(folder)) {
                assertThat(files.map(f -> f.getFileName().toString().replaceAll("-[0-9a-f]+\\.json", "")))
                        .contains("callback-9", "message-create", "thread-create", "commands-guild", "follow-up-edit");
            }
        } finally {
            jda.shutdownNow();
        }
    }

    @Test
    void theSessionSurvivesWhatTheGatewayDoesToIt() throws Exception {
        var jda = login(Compression.NONE);
        try {
            register(jda);
            discord.dropGateway();
            await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains("resumed"));
            assertThat(discord.slash(ada, room, "playcall runs", Map.of()).acknowledged())
                    .isTrue();
            seen.clear();
            discord.askToReconnect();
            await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains("resumed"));
            seen.clear();
            discord.invalidateSession(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains("invalid") && discord.connected());
            discord.closeGateway(4014);
            await().atMost(Duration.ofSeconds(20)).until(() -> jda.getStatus() == JDA.Status.SHUTDOWN);
        } finally {
            jda.shutdownNow();
        }
    }

    @Test
    void whatHappensWhileTheLineIsDownIsToldAfterwards() throws Exception {
        var jda = login(Compression.ZLIB);
        try {
            register(jda);
            discord.refuse(true);
            await().until(() -> !discord.connected());
            var during = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> discord.slash(ada, room, "playcall runs", Map.of()));
            discord.refuse(false);
            during.join();
            await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains("slash"));
        } finally {
            jda.shutdownNow();
        }
    }

    @Test
    void theClientLetsOnlyKnownCommandsThrough() throws Exception {
        put("applications/" + DiscordServer.BOT + "/guilds/" + DiscordServer.GUILD + "/commands", """
            [{"name":"deploy","description":"x","options":[{"type":3,"name":"what","description":"y","required":true}]}]\
            """);
        assertThatThrownBy(() -> discord.slash(ada, room, "nothing", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> discord.slash(ada, room, "deploy", Map.of())).hasMessageContaining("required");
        assertThatThrownBy(() -> discord.slash(ada, room, "deploy", Map.of("what", "a", "who", "b")))
                .hasMessageContaining("who");
        var eve = discord.stranger("300000000000000009", "eve");
        assertThatThrownBy(() -> discord.slash(eve, room, "deploy", Map.of("what", "a")))
                .hasMessageContaining("cannot see");
        assertThat(discord.slash(ada, room, "deploy", Map.of("what", "a")).acknowledged())
                .isFalse();
    }

    @Test
    void badBodiesAreRefusedWithTheirPlace() throws Exception {
        refused("{\"content\":\"" + "x".repeat(2001) + "\"}", 50035, "/errors/content/_errors/0/code");
        refused("{\"content\":\"  \"}", 50006, "/message");
        refused(
                "{\"embeds\":[{\"title\":\"" + "x".repeat(257) + "\"}]}",
                50035,
                "/errors/embeds/0/title/_errors/0/code");
        var big = "{\"description\":\"" + "x".repeat(3001) + "\"}";
        refused("{\"embeds\":[" + big + "," + big + "]}", 50035, "/errors/embeds/_errors/0/code");
        var button = "{\"type\":2,\"style\":1,\"label\":\"a\",\"custom_id\":\"same\"}";
        refused(
                "{\"content\":\"x\",\"components\":[{\"type\":1,\"components\":[" + button + "," + button + "]}]}",
                50035,
                "/errors/components/0/components/1/custom_id/_errors/0/code");
        refused(
                "{\"content\":\"x\",\"flags\":32768,\"components\":[{\"type\":10,\"content\":\"y\"}]}",
                50035,
                "/errors/content");
        refused(
                "{\"flags\":32768,\"components\":[{\"type\":10,\"content\":\"" + "x".repeat(4001) + "\"}]}",
                50035,
                "/errors");
        assertThat(post("{\"flags\":32768,\"components\":[{\"type\":10,\"content\":\"y\"}]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(
                                "applications/" + DiscordServer.BOT + "/commands",
                                "[{\"name\":\"Bad Name\",\"description\":\"\"}]")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theSameNonceIsTheSameMessage() throws Exception {
        var first = json(post("{\"content\":\"a\",\"nonce\":\"r1\",\"enforce_nonce\":true}"));
        var again = json(post("{\"content\":\"a\",\"nonce\":\"r1\",\"enforce_nonce\":true}"));
        assertThat(again.path("id")).isEqualTo(first.path("id"));
        discord.forward(Duration.ofMinutes(6));
        assertThat(json(post("{\"content\":\"a\",\"nonce\":\"r1\",\"enforce_nonce\":true}"))
                        .path("id"))
                .isNotEqualTo(first.path("id"));
    }

    @Test
    void mentionsCountUnlessTheyAreForbidden() throws Exception {
        post("{\"content\":\"<@300000000000000001> `@everyone`\",\"allowed_mentions\":{\"parse\":[]}}");
        assertThat(discord.pings()).isEmpty();
        var id = json(post("{\"content\":\"x\"}")).path("id").asText();
        edit(id, "{\"content\":\"`@here` @everyone\"}");
        assertThat(discord.pings()).containsExactly(new Ping(id, "everyone"));
    }

    @Test
    void oldMessagesAreHardToEditAndThreadsComeOnce() throws Exception {
        var id = json(post("{\"content\":\"x\"}")).path("id").asText();
        discord.age(id, Duration.ofHours(2));
        edit(id, "{\"content\":\"1\"}");
        edit(id, "{\"content\":\"2\"}");
        var third = edit(id, "{\"content\":\"3\"}");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(third).path("code").asInt()).isEqualTo(30046);
        var thread = "channels/" + room + "/messages/" + id + "/threads";
        assertThat(json(send("POST", thread, "{\"name\":\"t\"}")).path("id").asText())
                .isEqualTo(id);
        assertThat(json(send("POST", thread, "{\"name\":\"t\"}")).path("code").asInt())
                .isEqualTo(160004);
    }

    @Test
    void tokensDie() throws Exception {
        put("applications/" + DiscordServer.BOT + "/commands", "[{\"name\":\"hi\",\"description\":\"x\"}]");
        assertThat(json(send("POST", "interactions/1/none/callback", "{\"type\":5}"))
                        .path("code")
                        .asInt())
                .isEqualTo(10062);
        assertThat(discord.slash(ada, room, "hi", Map.of()).acknowledged()).isFalse();
        assertThat(json(send("PATCH", "webhooks/" + DiscordServer.BOT + "/none/messages/@original", "{}"))
                        .path("code")
                        .asInt())
                .isEqualTo(10015);
        discord.revoke();
        assertThat(send("GET", "users/@me", "").statusCode()).isEqualTo(401);
    }

    @Test
    void faultsComeInTheirOrder() throws Exception {
        discord.fault(CREATE, Fault.tooMany(Duration.ofMillis(1500)));
        discord.fault(CREATE, Fault.html(502).afterApplying());
        discord.fault(CREATE, Fault.cut());
        var limited = post("{\"content\":\"a\"}");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("2");
        assertThat(post("{\"content\":\"b\"}").body()).startsWith("<html>");
        assertThatThrownBy(() -> post("{\"content\":\"c\"}")).isInstanceOf(IOException.class);
        post("{\"content\":\"d\"}");
        assertThat(discord.messages(room))
                .extracting(Shown::content)
                .contains("b", "d")
                .doesNotContain("a");
        assertThatThrownBy(() -> discord.fault("GET /nowhere", Fault.cut())).hasMessageContaining("no route");
    }

    @Test
    void bucketsRunEmpty() throws Exception {
        discord.limits(true);
        for (var i = 0; i < 5; i++) {
            assertThat(post("{\"content\":\"a\"}").statusCode()).isEqualTo(200);
        }
        var sixth = post("{\"content\":\"a\"}");
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValue("X-RateLimit-Remaining")).contains("0");
        assertThat(sixth.headers().firstValue("via")).isPresent();
    }

    private void refused(String body, int code, String place) throws Exception {
        var answer = post(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt()).isEqualTo(code);
        assertThat(json(answer).at(place).isMissingNode()).as(answer.body()).isFalse();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send("POST", "channels/" + room + "/messages", body);
    }

    private HttpResponse<String> edit(String id, String body) throws Exception {
        return send("PATCH", "channels/" + room + "/messages/" + id, body);
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(discord.apiBase() + path))
                .header("Authorization", "Bot " + DiscordServer.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    /** A small app that does a bit of everything. */
    private static final class App extends ListenerAdapter {
        private final List<String> seen;

        App(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
            seen.add("slash");
            if (event.getFullCommandName().equals("playcall runs")) {
                event.reply("no runs").queue();
                return;
            }
            event.deferReply(true).complete();
            var message = event.getChannel()
                    .sendMessage("run 1")
                    .addComponents(ActionRow.of(net.dv8tion.jda.api.components.buttons.Button.primary("why", "Why")))
                    .complete();
            var thread = message.createThreadChannel("run-1").complete();
            thread.sendFiles(FileUpload.fromData(
                            "ok: web1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), "out.log"))
                    .complete();
            event.getHook()
                    .editOriginal("Started " + event.getOption("what").getAsString())
                    .complete();
        }

        @Override
        public void onCommandAutoCompleteInteraction(CommandAutoCompleteInteractionEvent event) {
            event.replyChoice("web", "web").queue();
        }

        @Override
        public void onButtonInteraction(ButtonInteractionEvent event) {
            var input = TextInput.create("reason", TextInputStyle.SHORT).build();
            event.replyModal(Modal.create("why", "Why?")
                            .addComponents(Label.of("Reason", input))
                            .build())
                    .queue();
        }

        @Override
        public void onModalInteraction(ModalInteractionEvent event) {
            event.editMessage("run 1, " + event.getValue("reason").getAsString())
                    .queue();
        }

        @Override
        public void onSessionResume(SessionResumeEvent event) {
            seen.add("resumed");
        }

        @Override
        public void onSessionInvalidate(SessionInvalidateEvent event) {
            seen.add("invalid");
        }
    }
}
