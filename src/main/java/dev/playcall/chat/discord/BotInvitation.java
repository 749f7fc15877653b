package dev.playcall.chat.discord;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.utils.data.DataObject;

/** How the bot comes into a server, and what it registers there. Pure. */
final class BotInvitation {
    /** What Playcall needs; it asks for nothing more. */
    static final List<Permission> NEEDED = List.of(
            Permission.VIEW_CHANNEL,
            Permission.MESSAGE_SEND,
            Permission.MESSAGE_SEND_IN_THREADS,
            Permission.CREATE_PUBLIC_THREADS,
            Permission.MESSAGE_EMBED_LINKS,
            Permission.MESSAGE_ATTACH_FILES,
            Permission.MESSAGE_HISTORY);

    private BotInvitation() {}

    static String manifest(List<CommandEntry> commands, Config.Discord config) {
        return DataObject.empty()
                .put("invite", link(application(config).orElse("YOUR_APPLICATION_ID")))
                .put("commands", DiscordRegistration.of(commands))
                .toPrettyString();
    }

    static String link(String application) {
        return "https://discord.com/oauth2/authorize?client_id=" + application
                + "&scope=bot+applications.commands&permissions=" + Permission.getRaw(NEEDED);
    }

    /** A token begins with the id of its application, which is no secret. */
    static Optional<String> application(Config.Discord config) {
        var first = config.token().reveal().split("\\.", 2)[0];
        try {
            var id = new String(Base64.getUrlDecoder().decode(first), StandardCharsets.US_ASCII);
            return id.matches("\\d{15,21}") ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The names of the needed permissions that are not among these. */
    static List<String> missing(long granted) {
        return NEEDED.stream()
                .filter(p -> (granted & p.getRawValue()) == 0)
                .map(Permission::getName)
                .toList();
    }

    static boolean isAdministrator(long granted) {
        return (granted & Permission.ADMINISTRATOR.getRawValue()) != 0;
    }
}
