package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.discord.render.ButtonId;
import dev.playcall.chat.message.Action;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Person;
import dev.playcall.testing.Enqueued;
import dev.playcall.testing.Fuzz;
import dev.playcall.testing.LoggedFaults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Discord delivers as an interaction: no fault of ours, and only what is offered is enqueued. */
class DiscordFuzzIT {
    private static final int COMMAND = 2;
    private static final int COMPONENT = 3;
    private static final int COMPLETION = 4;
    private static final int MODAL = 5;
    private static final int BATCH = 150;

    @TempDir
    private Path home;

    private final AtomicLong number = new AtomicLong(900_000_000_000_000_000L);

    @Test
    void anyInteractionIsTaken() {
        try (var discord = DiscordServer.start();
                var faults = new LoggedFaults()) {
            var alice = discord.person("300000000000000001", "alice");
            var channel = discord.channel("deployments");
            try (var fixture = new DiscordFixture(home, discord).up(discord)) {
                var catalog = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC());
                var enqueued = new Enqueued(fixture.journal, catalog.current(), Set.of("discord:" + alice.id()));
                var sent = new AtomicLong();
                Fuzz.each("discord", fuzz -> {
                    discord.deliver(interaction(fuzz, alice, channel));
                    if (sent.incrementAndGet() % BATCH == 0) {
                        heard(discord, alice, channel);
                        enqueued.look();
                    }
                });
                heard(discord, alice, channel);
                enqueued.look();
                assertThat(faults.seen()).isEmpty();
                assertThat(enqueued.looked()).as("some of it was meant well").isPositive();
            }
        }
    }

    /** It still listens. */
    private static void heard(DiscordServer discord, Person by, String channel) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        discord.slash(by, channel, "playcall whoami", Map.of()).acknowledged());
    }

    private ObjectNode interaction(Fuzz fuzz, Person by, String channel) {
        var id = Long.toString(number.incrementAndGet());
        int kind = fuzz.of(COMMAND, COMMAND, COMPONENT, COMPLETION, MODAL);
        var event = Fuzz.json("""
            {"version": 1, "locale": "en-US", "guild_locale": "en-US", "app_permissions": "0", "context": 0,
             "attachment_size_limit": 1000000, "entitlements": [], "authorizing_integration_owners": {},
             "channel": {"type": 0, "name": "deployments", "permissions": "0", "flags": 0},
             "member": {"roles": [], "permissions": "0", "flags": 0, "deaf": false, "mute": false,
                        "joined_at": "2024-01-01T00:00:00.000000+00:00",
                        "user": {"discriminator": "0", "bot": false}}}\
            """);
        event.put("id", id)
                .put("application_id", DiscordServer.BOT)
                .put("type", kind)
                .put("token", "fuzz-" + id)
                .put("channel_id", channel)
                .put("guild_id", DiscordServer.GUILD);
        ((ObjectNode) event.path("channel")).put("id", channel).put("guild_id", DiscordServer.GUILD);
        ((ObjectNode) event.at("/member/user")).put("id", by.id()).put("username", by.name());
        event.putObject("guild")
                .put("id", DiscordServer.GUILD)
                .put("locale", "en-US")
                .putArray("features");
        var data = data(fuzz, kind);
        event.set("data", fuzz.oneIn(3) ? data : fuzz.spoiled(data));
        if (kind == COMPONENT) {
            event.set("message", message(channel));
        }
        return fuzz.oneIn(5) ? fuzz.spoiled(event) : event;
    }

    private static ObjectNode data(Fuzz fuzz, int kind) {
        var data = Fuzz.json("{\"id\": \"77\", \"type\": 1}");
        switch (kind) {
            case COMPONENT -> data.put("component_type", 2).put("custom_id", custom(fuzz));
            case MODAL -> {
                data.put("custom_id", "form:" + fuzz.of("1", "2", fuzz.hostile()));
                data.putArray("components")
                        .addObject()
                        .put("type", 18)
                        .put("id", 1)
                        .putObject("component")
                        .put("type", 4)
                        .put("id", 2)
                        .put("custom_id", "target")
                        .put("value", fuzz.of("blue", fuzz.hostile()));
            }
            default -> {
                data.put("name", fuzz.of("deploy", "ping", "playcall", "nothing"));
                var options = data.putArray("options");
                option(
                        options.addObject(),
                        "env",
                        fuzz.of("production", "nowhere", fuzz.hostile()),
                        kind == COMPLETION);
                option(options.addObject(), fuzz.of("limit", "vars", "tags"), fuzz.of("web-1", fuzz.hostile()), false);
            }
        }
        return data;
    }

    private static void option(ObjectNode option, String name, String value, boolean focused) {
        option.put("name", name).put("type", 3).put("value", value);
        if (focused) {
            option.put("focused", true);
        }
    }

    private static String custom(Fuzz fuzz) {
        var written = "v1:" + fuzz.of("cancel", "retry", "rerun", "log", "yes", "no", "fill", "details") + ":"
                + fuzz.below(9);
        return switch (fuzz.below(4)) {
            case 0 -> ButtonId.ASK + written + ":Really?";
            case 1 -> ButtonId.SURE + written;
            case 2 -> fuzz.hostile();
            default -> written;
        };
    }

    private static ObjectNode message(String channel) {
        var message = Fuzz.json("""
            {"id": "88", "type": 0, "content": "", "timestamp": "2024-01-01T00:00:00.000000+00:00",
             "edited_timestamp": null, "tts": false, "pinned": false, "mention_everyone": false, "flags": 0,
             "mentions": [], "mention_roles": [], "embeds": [], "attachments": [], "components": []}\
            """);
        message.put("channel_id", channel);
        message.putObject("author")
                .put("id", DiscordServer.BOT)
                .put("username", "Playcall")
                .put("discriminator", "4242")
                .put("bot", true);
        return message;
    }

    @Test
    void anyNameOfAButtonOrFormIsReadOrRefused() {
        Fuzz.each("discord-ids", fuzz -> {
            var id = fuzz.oneIn(3) ? fuzz.hostile() : fuzz.spoiled(custom(fuzz));
            ButtonId.of(id)
                    .ifPresent(p -> assertThat(List.of(Action.Kind.values()))
                            .contains(
                                    switch (p) {
                                        case ButtonId.Ask ask -> ask.action().kind();
                                        case ButtonId.Now now -> now.action().kind();
                                    }));
            assertThat(DiscordModals.pendingRequest(fuzz.spoiled("form:12")).orElse(1L))
                    .isPositive();
        });
    }
}
