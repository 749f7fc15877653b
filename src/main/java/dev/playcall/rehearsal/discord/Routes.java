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

    static List<Route> messages(MessageDesk desk) {
        return List.of(
                new Route("POST", "/channels/{channel}/messages", desk::create),
                new Route("GET", "/channels/{channel}/messages", desk::list),
                new Route("GET", MESSAGE, desk::one),
                new Route("PATCH", MESSAGE, desk::edit),
                new Route("DELETE", MESSAGE, desk::delete));
    }

    static List<Route> channels(ChannelDesk desk) {
        return List.of(
                new Route("POST", MESSAGE + "/threads", desk::openThread),
                new Route("POST", "/channels/{channel}/typing", desk::typing),
                new Route("GET", "/channels/{channel}", desk::channel),
                new Route("PATCH", "/channels/{channel}", desk::change),
                new Route("DELETE", "/channels/{channel}", desk::delete),
                new Route("GET", "/users/@me", desk::self),
                new Route("POST", "/users/@me/channels", desk::direct),
                new Route("GET", "/users/@me/guilds", desk::guilds),
                new Route("GET", "/users/{user}", desk::user),
                new Route("GET", "/applications/@me", desk::application),
                new Route("GET", "/oauth2/applications/@me", desk::application),
                new Route("GET", "/guilds/{guild}", desk::guild),
                new Route("GET", "/guilds/{guild}/channels", desk::channels),
                new Route("GET", "/guilds/{guild}/roles", desk::roles),
                new Route("GET", "/guilds/{guild}/members/{user}", desk::member));
    }

    static List<Route> commands(CommandDesk desk) {
        return List.of(
                new Route("GET", COMMANDS, desk::list),
                new Route("PUT", COMMANDS, desk::replace),
                new Route("POST", COMMANDS, desk::add),
                new Route("DELETE", COMMANDS + "/{command}", desk::delete),
                new Route("GET", GUILD_COMMANDS, desk::list),
                new Route("PUT", GUILD_COMMANDS, desk::replace),
                new Route("POST", GUILD_COMMANDS, desk::add),
                new Route("DELETE", GUILD_COMMANDS + "/{command}", desk::delete));
    }

    static List<Route> interactions(InteractionDesk desk) {
        return List.of(
                new Route("POST", "/interactions/{interaction}/{token}/callback", desk::callback),
                new Route("POST", WEBHOOK, desk::followUp),
                new Route("GET", WEBHOOK + "/messages/{message}", desk::get),
                new Route("PATCH", WEBHOOK + "/messages/{message}", desk::edit),
                new Route("DELETE", WEBHOOK + "/messages/{message}", desk::delete));
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
