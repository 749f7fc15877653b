package dev.playcall.rehearsal.discord;

import java.net.URI;
import java.util.List;

/** The part of the REST interface that is spoken here. */
final class Routes {
    private static final String MESSAGE = "/channels/{channel}/messages/{message}";
    private static final String COMMANDS = "/applications/{app}/commands";
    private static final String GUILD_COMMANDS = "/applications/{app}/guilds/{guild}/commands";
    private static final String WEBHOOK = "/webhooks/{app}/{token}";

    private Routes() {}

    static List<Route> messages(MessageEndpoint commands) {
        return List.of(
                new Route("POST", "/channels/{channel}/messages", commands::create),
                new Route("GET", "/channels/{channel}/messages", commands::list),
                new Route("GET", MESSAGE, commands::one),
                new Route("PATCH", MESSAGE, commands::edit),
                new Route("DELETE", MESSAGE, commands::delete));
    }

    static List<Route> channels(ChannelEndpoint commands) {
        return List.of(
                new Route("POST", MESSAGE + "/threads", commands::openThread),
                new Route("POST", "/channels/{channel}/typing", commands::typing),
                new Route("GET", "/channels/{channel}", commands::channel),
                new Route("PATCH", "/channels/{channel}", commands::change),
                new Route("DELETE", "/channels/{channel}", commands::delete),
                new Route("GET", "/users/@me", commands::self),
                new Route("POST", "/users/@me/channels", commands::direct),
                new Route("GET", "/users/@me/guilds", commands::guilds),
                new Route("GET", "/users/{user}", commands::user),
                new Route("GET", "/applications/@me", commands::application),
                new Route("GET", "/oauth2/applications/@me", commands::application),
                new Route("GET", "/guilds/{guild}", commands::guild),
                new Route("GET", "/guilds/{guild}/channels", commands::channels),
                new Route("GET", "/guilds/{guild}/roles", commands::roles),
                new Route("GET", "/guilds/{guild}/members/{user}", commands::member));
    }

    static List<Route> commands(CommandEndpoint commands) {
        return List.of(
                new Route("GET", COMMANDS, commands::list),
                new Route("PUT", COMMANDS, commands::replace),
                new Route("POST", COMMANDS, commands::add),
                new Route("DELETE", COMMANDS + "/{command}", commands::delete),
                new Route("GET", GUILD_COMMANDS, commands::list),
                new Route("PUT", GUILD_COMMANDS, commands::replace),
                new Route("POST", GUILD_COMMANDS, commands::add),
                new Route("DELETE", GUILD_COMMANDS + "/{command}", commands::delete));
    }

    static List<Route> interactions(InteractionEndpoint commands) {
        return List.of(
                new Route("POST", "/interactions/{interaction}/{token}/callback", commands::callback),
                new Route("POST", WEBHOOK, commands::followUp),
                new Route("GET", WEBHOOK + "/messages/{message}", commands::get),
                new Route("PATCH", WEBHOOK + "/messages/{message}", commands::edit),
                new Route("DELETE", WEBHOOK + "/messages/{message}", commands::delete));
    }

    static List<Route> gateway(java.util.function.Supplier<URI> address) {
        return List.of(
                new Route(
                        "GET",
                        "/gateway",
                        r -> Answer.ok(Json.object().put("url", address.get().toString()))),
                new Route("GET", "/gateway/bot", r -> bot(address.get())));
    }

    private static Answer bot(URI address) {
        var body = Json.object().put("url", address.toString()).put("shards", 1);
        body.putObject("session_start_limit")
                .put("total", 1000)
                .put("remaining", 999)
                .put("reset_after", 86_400_000)
                .put("max_concurrency", 1);
        return Answer.ok(body);
    }
}
