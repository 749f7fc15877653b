package dev.playcall.chat.discord;

import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordErrorCodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.jspecify.annotations.Nullable;

/** Who is listened to: people of the servers that are served. What they may do is decided by the command handler. */
final class GuildFilter {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST = 1000;
    private static final int IS_GUEST = 1 << 4;
    static final String BOT = "Bots cannot use commands here.";
    static final String ELSEWHERE = "This Playcall does not serve this server.";
    static final String GUEST = "You are not a verified member of this server yet.";
    static final String NOT_A_MEMBER = "Only members of the servers that this Playcall serves can use it.";

    private final List<String> guilds;
    private final DiscordApi api;
    private final Supplier<List<String>> served;
    private final Clock clock;
    private final Map<String, Admitted> members = new ConcurrentHashMap<>();

    /** @param guilds the configured servers, empty when every one is served that the bot is in */
    GuildFilter(List<String> guilds, DiscordApi api, Supplier<List<String>> served, Clock clock) {
        this.guilds = List.copyOf(guilds);
        this.api = api;
        this.served = served;
        this.clock = clock;
    }

    /** Why this person is not listened to in this server; looks at nothing but what was delivered. */
    Optional<String> refusal(User user, @Nullable Guild guild, @Nullable Member member) {
        if (user.isBot() || user.isSystem()) {
            return Optional.of(BOT);
        }
        if (guild == null || guild.isDetached() || (!guilds.isEmpty() && !guilds.contains(guild.getId()))) {
            return Optional.of(ELSEWHERE);
        }
        return member == null || isGuest(member) ? Optional.of(GUEST) : Optional.empty();
    }

    /** Who has not passed the screening, or came by an invitation to one voice channel only. */
    private static boolean isGuest(Member member) {
        return member.isPending() || (member.getFlagsRaw() & IS_GUEST) != 0;
    }

    /** The same for a direct message, where Discord has to be asked. */
    Optional<String> refusal(User user) {
        if (user.isBot() || user.isSystem()) {
            return Optional.of(BOT);
        }
        var now = clock.instant();
        if (Optional.ofNullable(members.get(user.getId()))
                .filter(a -> a.until().isAfter(now))
                .isPresent()) {
            return Optional.empty();
        }
        var problem = new ArrayList<String>();
        var groups = new HashSet<String>();
        for (var guild : served.get()) {
            var discordResponse = api.get("guilds/" + guild + "/members/" + user.getId());
            if (discordResponse instanceof DiscordResponse.Ok ok && isAdmitted(ok)) {
                groups.add(DiscordAdapter.PLATFORM + ":" + guild);
                groups.addAll(roles(ok));
            }
            if (!(discordResponse instanceof DiscordResponse.Ok)
                    && discordResponse.code() != DiscordErrorCodes.UNKNOWN_MEMBER
                    && discordResponse.code() != DiscordErrorCodes.UNKNOWN_USER) {
                problem.add(discordResponse.why());
            }
        }
        if (!groups.isEmpty()) {
            remember(user.getId(), new Admitted(now.plus(REMEMBERED), groups));
            return Optional.empty();
        }
        return Optional.of(
                problem.isEmpty()
                        ? NOT_A_MEMBER
                        : "Your membership cannot be checked right now; try again in a minute.");
    }

    private static boolean isAdmitted(DiscordResponse.Ok member) {
        var read = member.object();
        return !read.getBoolean("pending", false) && (read.getInt("flags", 0) & IS_GUEST) == 0;
    }

    private static List<String> roles(DiscordResponse.Ok member) {
        return member.object().optArray("roles").stream()
                .flatMap(a -> a.stream(DataArray::getString))
                .map(role -> DiscordAdapter.PLATFORM + ":" + role)
                .toList();
    }

    /** The roles of somebody who was let in for a direct message, in all servers together. */
    Set<String> groups(User user) {
        var now = clock.instant();
        return Optional.ofNullable(members.get(user.getId()))
                .filter(a -> a.until().isAfter(now))
                .map(Admitted::groups)
                .orElse(Set.of());
    }

    private record Admitted(Instant until, Set<String> groups) {
        Admitted {
            groups = Set.copyOf(groups);
        }
    }

    private void remember(String user, Admitted admitted) {
        if (members.size() > MOST) {
            members.clear();
        }
        members.put(user, admitted);
    }
}
