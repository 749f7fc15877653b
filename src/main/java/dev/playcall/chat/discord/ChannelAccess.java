package dev.playcall.chat.discord;

import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** How the bot stands in a channel. */
sealed interface ChannelAccess {
    /** Discord shows the bot no such channel. */
    record Unseen(String why) implements ChannelAccess {}

    /** Nobody can say now. */
    record Unclear(String why) implements ChannelAccess {}

    /** @param missing what it may not do and needs */
    record Known(String name, List<String> missing) implements ChannelAccess {}

    /** @param me the bot's own user */
    static ChannelAccess in(DiscordApi api, String place, String me) {
        var discordResponse = api.get("channels/" + place);
        if (!(discordResponse instanceof DiscordResponse.Ok ok)) {
            return discordResponse instanceof DiscordResponse.No no && (no.status() == 404 || no.status() == 403)
                    ? new Unseen(discordResponse.why())
                    : new Unclear(discordResponse.why());
        }
        var channel = ok.object();
        var name = channel.getString("name", "?");
        var guild = channel.getString("guild_id", "");
        if (guild.isEmpty()) {
            return new Known(name, List.of()); // with one person alone
        }
        if (!(api.get("guilds/" + guild + "/roles") instanceof DiscordResponse.Ok roles)
                || !(api.get("guilds/" + guild + "/members/" + me) instanceof DiscordResponse.Ok member)) {
            return new Unclear("the bot's rights could not be read");
        }
        var own = member.object().optArray("roles").stream()
                .flatMap(a -> a.stream(DataArray::getString))
                .collect(Collectors.toSet());
        own.add(guild);
        return new Known(name, BotInvitation.missing(granted(channel, roles.array(), own, me, guild)));
    }

    /** Rights of the roles, then what the channel takes and gives: to everybody, to roles, to the bot. */
    private static long granted(DataObject channel, DataArray roles, Set<String> own, String me, String guild) {
        long granted = roles.stream(DataArray::getObject)
                .filter(r -> own.contains(r.getString("id")))
                .mapToLong(r -> r.getLong("permissions", 0))
                .reduce(0, (a, b) -> a | b);
        if (BotInvitation.isAdministrator(granted)) {
            return -1;
        }
        var rules = channel.optArray("permission_overwrites").stream()
                .flatMap(a -> a.stream(DataArray::getObject))
                .toList();
        granted = applied(granted, rules, Set.of(guild));
        granted = applied(
                granted, rules, own.stream().filter(r -> !r.equals(guild)).collect(Collectors.toSet()));
        return applied(granted, rules, Set.of(me));
    }

    private static long applied(long granted, List<DataObject> rules, Set<String> whom) {
        long deny = 0;
        long allow = 0;
        for (var rule : rules) {
            if (whom.contains(rule.getString("id"))) {
                deny |= rule.getLong("deny", 0);
                allow |= rule.getLong("allow", 0);
            }
        }
        return (granted & ~deny) | allow;
    }
}
