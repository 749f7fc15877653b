package dev.playcall.chat.discord;

import dev.playcall.chat.message.Channel;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import org.jspecify.annotations.Nullable;

/** Discord's channels and people as the rest of Playcall knows them. */
final class DiscordChannels {
    private DiscordChannels() {}

    /** A thread is a channel of its own on Discord; here it belongs to the channel it hangs in. */
    static Channel of(net.dv8tion.jda.api.entities.channel.@Nullable Channel channel, String id) {
        return channel instanceof ThreadChannel thread
                ? new Channel(DiscordAdapter.PLATFORM, parent(thread), Optional.of(id))
                : new Channel(DiscordAdapter.PLATFORM, id);
    }

    private static String parent(ThreadChannel thread) {
        try {
            return thread.getParentChannel().getId();
        } catch (RuntimeException e) {
            // Not known to JDA yet; the thread alone is enough to write in it.
            return thread.getId();
        }
    }

    static Caller caller(User user, Channel channel, String request, Set<String> groups) {
        return new Caller(person(user), new Origin(channel.toString(), Optional.of(request)), groups);
    }

    /** The roles of a member, as they came with what was delivered; everybody of a server has the role of its own id. */
    static Set<String> groups(@Nullable Member member) {
        if (member == null) {
            return Set.of();
        }
        return Stream.concat(
                        Stream.of(member.getGuild().getId()),
                        member.getRoles().stream().map(Role::getId))
                .map(id -> DiscordAdapter.PLATFORM + ":" + id)
                .collect(Collectors.toSet());
    }

    static Person person(User user) {
        return new Person(DiscordAdapter.PLATFORM + ":" + user.getId());
    }
}
