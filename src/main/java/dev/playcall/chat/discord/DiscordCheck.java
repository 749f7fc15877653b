package dev.playcall.chat.discord;

import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordOutcomes;
import dev.playcall.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;

/** Asks Discord whether everything is there that Playcall needs; changes nothing. */
final class DiscordCheck {
    private final DiscordApi api;
    private final Config.Discord config;
    private final List<PlatformFinding> lines = new ArrayList<>();

    DiscordCheck(DiscordApi api, Config.Discord config) {
        this.api = api;
        this.config = config;
    }

    List<PlatformFinding> lines() {
        try {
            look();
        } catch (ParsingException e) {
            error("Discord's answer could not be read; is " + api.base() + " Discord?");
        }
        return List.copyOf(lines);
    }

    private void ok(String text) {
        lines.add(PlatformFinding.ok(text));
    }

    private void warning(String text) {
        lines.add(PlatformFinding.warning(text));
    }

    private void error(String text) {
        lines.add(PlatformFinding.error(text));
    }

    private void look() {
        if (config.token().isEmpty()) {
            lines.add(PlatformFinding.skip("Discord is not configured"));
            return;
        }
        switch (api.get("users/@me")) {
            case DiscordResponse.Ok ok -> {
                var me = ok.object();
                ok("Discord accepts the token of " + me.getString("username", "?") + ", application "
                        + BotInvitation.application(config).orElse(me.getString("id", "?")));
                guilds(me.getString("id", ""));
            }
            case DiscordResponse.No(var status, var _, var _) when status == 401 -> error(DiscordOutcomes.REVOKED);
            case DiscordResponse.No no -> error(no.why());
            case DiscordResponse.Slow slow -> warning(slow.why());
            case DiscordResponse.NotSent(var why) -> error(why + "; is the network open to " + api.base() + "?");
            case DiscordResponse.Lost(var why) -> warning(why);
        }
    }

    private void guilds(String me) {
        if (!(api.get("users/@me/guilds") instanceof DiscordResponse.Ok ok)) {
            warning("the servers of the bot could not be listed");
            return;
        }
        var in = ok.array().stream(DataArray::getObject).toList();
        in.forEach(g -> ok("Discord server " + g.getString("name", "?") + " (" + g.getString("id") + ")"));
        var invite = BotInvitation.link(BotInvitation.application(config).orElse(me));
        if (in.isEmpty()) {
            warning("the bot is in no server yet: " + invite);
        }
        var ids = in.stream().map(g -> g.getString("id")).collect(Collectors.toSet());
        config.guilds().stream()
                .filter(g -> !ids.contains(g))
                .forEach(g -> error("the bot is not in the configured server " + g + ": " + invite));
        if (!config.defaultChannel().isBlank()) {
            channel(me);
        }
    }

    private void channel(String me) {
        switch (ChannelAccess.in(api, config.defaultChannel(), me)) {
            case ChannelAccess.Unseen(var why) ->
                error("the bot cannot see default_channel " + config.defaultChannel() + ": " + why);
            case ChannelAccess.Unclear(var why) -> warning("default_channel could not be looked at: " + why);
            case ChannelAccess.Known(var name, var missing) -> {
                if (missing.isEmpty()) {
                    ok("the bot may write in default_channel " + name);
                } else {
                    error("the bot lacks in default_channel: " + String.join(", ", missing));
                }
            }
        }
    }
}
