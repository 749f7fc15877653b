package dev.playcall.rehearsal.discord;

import java.util.Set;

/** Channels, threads, guilds and the bot itself, as the REST interface shows them. */
final class ChannelEndpoint {
    private static final Set<Integer> ARCHIVE_MINUTES = Set.of(60, 1440, 4320, 10080);
    private final DiscordState world;
    private final Payloads payloads;
    private final Gateway gateway;

    ChannelEndpoint(DiscordState world, Payloads payloads, Gateway gateway) {
        this.world = world;
        this.payloads = payloads;
        this.gateway = gateway;
    }

    Answer channel(Request request) {
        return Answer.ok(payloads.channel(world.place(request.at("channel"))));
    }

    Answer openThread(Request request) {
        var parent = world.place(request.at("channel"));
        var message = world.message(parent.id(), request.at("message"));
        var flaws = new Flaws();
        flaws.between(request.body().path("name"), 1, 100, "name");
        var minutes = request.body().path("auto_archive_duration").asInt(1440);
        if (!ARCHIVE_MINUTES.contains(minutes)) {
            flaws.add("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).");
        }
        flaws.refuseIfAny();
        if (parent.type() != Place.TEXT) {
            throw Refusal.of(400, 50024, "Cannot execute action on this channel type");
        }
        if (world.hasPlace(message.id)) {
            throw Refusal.of(400, 160004, "A thread has already been created for this message");
        }
        var thread =
                world.place(Place.thread(message.id, request.body().path("name").asText(), parent, minutes));
        message.flags |= Posted.HAS_THREAD;
        var json = payloads.channel(thread);
        gateway.tell("THREAD_CREATE", json.deepCopy().put("newly_created", true));
        return new Answer(201, json);
    }

    Answer change(Request request) {
        var place = world.place(request.at("channel"));
        var body = request.body();
        if (Json.has(body, "name")) {
            var flaws = new Flaws();
            flaws.between(body.path("name"), 1, 100, "name");
            flaws.refuseIfAny();
            place = place.named(body.path("name").asText());
        }
        if (place.isThread() && body.has("archived")) {
            place = place.archived(body.path("archived").asBoolean());
        }
        world.place(place);
        var json = payloads.channel(place);
        gateway.tell(place.isThread() ? "THREAD_UPDATE" : "CHANNEL_UPDATE", json);
        return Answer.ok(json);
    }

    Answer delete(Request request) {
        var place = world.place(request.at("channel"));
        world.removePlace(place.id());
        var json = payloads.channel(place);
        gateway.tell(place.isThread() ? "THREAD_DELETE" : "CHANNEL_DELETE", json);
        return Answer.ok(json);
    }

    Answer typing(Request request) {
        world.place(request.at("channel"));
        return Answer.nothing();
    }

    Answer direct(Request request) {
        var person = world.person(request.body().path("recipient_id").asText())
                .orElseThrow(() -> Refusal.of(400, 50033, "Invalid Recipient(s)"));
        return Answer.ok(payloads.channel(world.direct(person)));
    }

    Answer self(Request request) {
        return Answer.ok(Payloads.self());
    }

    Answer application(Request request) {
        var application = Json.object()
                .put("id", DiscordServer.BOT)
                .put("name", DiscordState.APP.name())
                .put("description", "")
                .put("bot_public", false)
                .put("bot_require_code_grant", false)
                .put("verify_key", "0".repeat(64))
                .put("flags", 0)
                .putNull("icon")
                .putNull("team");
        application.putArray("tags");
        application.set("bot", Payloads.self());
        application.set(
                "owner", Payloads.user(new Person(DiscordServer.OWNER, "owner", false, "", java.util.List.of())));
        return Answer.ok(application);
    }

    /** The guilds of the app, as briefly as Discord lists them. */
    Answer guilds(Request request) {
        var all = Json.array();
        java.util.List.of(DiscordServer.GUILD, DiscordServer.OTHER_GUILD)
                .forEach(id -> all.addObject()
                        .put("id", id)
                        .put("name", payloads.guild(id).path("name").asText())
                        .put("owner", false)
                        .put("permissions", Long.toString(Payloads.EVERYONE)));
        return Answer.ok(all);
    }

    Answer guild(Request request) {
        return Answer.ok(payloads.guild(known(request)));
    }

    Answer channels(Request request) {
        var all = Json.array();
        world.places(known(request)).stream().filter(p -> !p.isThread()).forEach(p -> all.add(payloads.channel(p)));
        return Answer.ok(all);
    }

    Answer roles(Request request) {
        return Answer.ok(payloads.roles(known(request)));
    }

    Answer member(Request request) {
        var guild = known(request);
        return Answer.ok(world.members(guild).stream()
                .filter(p -> p.id().equals(request.at("user")))
                .findFirst()
                .map(Payloads::member)
                .orElseThrow(() -> Refusal.of(404, 10007, "Unknown Member")));
    }

    Answer user(Request request) {
        return Answer.ok(world.person(request.at("user"))
                .map(Payloads::user)
                .orElseThrow(() -> Refusal.of(404, 10013, "Unknown User")));
    }

    private static String known(Request request) {
        var id = request.at("guild");
        if (!id.equals(DiscordServer.GUILD) && !id.equals(DiscordServer.OTHER_GUILD)) {
            throw Refusal.of(404, 10004, "Unknown Guild");
        }
        return id;
    }
}
