package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.bolt.SlackApp;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What Slack has to know of the app, ready to be pasted where a new app is made from a manifest. */
public final class SlackManifest {
    /** Needed only where rights hang on user groups. */
    static final String GROUPS = "usergroups:read";

    static final List<String> SCOPES = List.of(
            "app_mentions:read",
            "channels:history",
            "channels:read",
            "chat:write",
            "chat:write.public",
            "commands",
            "files:write",
            "groups:history",
            "groups:read",
            "im:history",
            "im:write",
            GROUPS,
            "users:read");
    /** Needed only where links to pages of runs are previewed. */
    static final List<String> LINK_SCOPES = List.of("links:read", "links:write");

    private static final String LINK_EVENT = "link_shared";
    private static final List<String> EVENTS = List.of("app_home_opened", "app_mention", "message.im");
    /** These start runs too, but with a word before the operation; they are said to {@code /playcall}. */
    private static final Set<String> NO_COMMAND = Set.of("play", "check");

    private static final int MOST_COMMANDS = 50;
    /** What Slack takes for a description and a hint. */
    private static final int DESCRIPTION = 2_000;

    private static final int HINT = 1_000;

    private SlackManifest() {}

    /**
     * The manifest as JSON.
     *
     * @param commands the catalogue; its operations become commands of their own
     * @param publicUrl where Slack reaches Playcall in mode http; empty for Socket Mode, which needs no address
     * @param page the address of our pages, whose links are previewed; empty when it is not known
     */
    public static String manifest(List<CommandEntry> commands, Optional<URI> publicUrl, String page) {
        var manifest = SlackJson.object();
        manifest.putObject("_metadata").put("major_version", 2).put("minor_version", 1);
        manifest.putObject("display_information")
                .put("name", "Playcall")
                .put("description", "Runs Ansible playbooks from the chat")
                .put("background_color", "#1f2937");
        var address = publicUrl.map(u -> u.toString().replaceFirst("/*$", "") + SlackAdapter.PATH);
        var features = features(commands, address);
        var domain = domain(page);
        domain.ifPresent(d -> features.putArray("unfurl_domains").add(d));
        manifest.set("features", features);
        var scopes = manifest.putObject("oauth_config").putObject("scopes").putArray("bot");
        SCOPES.forEach(scopes::add);
        domain.ifPresent(_ -> LINK_SCOPES.forEach(scopes::add));
        manifest.set("settings", settings(address, domain.isPresent()));
        return manifest.toPrettyString();
    }

    /** The domain of our pages, in small letters as Slack asks; empty for an address that Slack takes for no domain, as that of this machine. */
    static Optional<String> domain(String page) {
        try {
            return Optional.ofNullable(URI.create(page.strip()).getHost())
                    .map(h -> h.toLowerCase(Locale.ROOT))
                    .filter(h -> h.contains(".") && h.matches("[a-z0-9.-]*[a-z]"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode features(List<CommandEntry> commands, Optional<String> address) {
        var features = SlackJson.object();
        features.putObject("app_home")
                .put("home_tab_enabled", true)
                .put("messages_tab_enabled", true)
                .put("messages_tab_read_only_enabled", false);
        features.putObject("bot_user").put("display_name", "playcall").put("always_online", true);
        var shortcuts = features.putArray("shortcuts");
        shortcut(shortcuts.addObject(), "Run…", "global", SlackApp.SHORTCUT, "Start a run from a form");
        shortcut(
                shortcuts.addObject(),
                "Run about this message…",
                "message",
                SlackApp.MESSAGE_SHORTCUT,
                "Start a run in the thread of this message, for example of an alert");
        var list = features.putArray("slash_commands");
        var playcall = command("playcall", "Everything Playcall can do, status, logs, queue", "help", address);
        Stream.concat(
                        Stream.of(playcall),
                        commands.stream()
                                .filter(e -> e.kind() == CommandEntry.Kind.RUN && !NO_COMMAND.contains(e.name()))
                                .filter(e -> e.name().matches("[a-z0-9_-]{1,30}"))
                                .map(e -> command(e.name(), e.help(), hint(e), address)))
                .limit(MOST_COMMANDS)
                .forEach(list::add);
        return features;
    }

    private static void shortcut(ObjectNode into, String name, String type, String callback, String description) {
        into.put("name", name).put("type", type).put("callback_id", callback).put("description", description);
    }

    private static String hint(CommandEntry entry) {
        var synopsis = entry.synopsis();
        return synopsis.substring(Math.min(synopsis.length(), entry.name().length() + 1));
    }

    private static ObjectNode command(String name, String help, String hint, Optional<String> address) {
        var command = SlackJson.object()
                .put("command", "/" + name)
                .put("description", UntrustedText.line(help.isBlank() ? name : help, DESCRIPTION));
        if (!hint.isBlank()) {
            command.put("usage_hint", UntrustedText.line(hint, HINT));
        }
        command.put("should_escape", true);
        address.ifPresent(a -> command.put("url", a));
        return command;
    }

    private static ObjectNode settings(Optional<String> address, boolean links) {
        var settings = SlackJson.object();
        var events = settings.putObject("event_subscriptions");
        address.ifPresent(a -> events.put("request_url", a));
        var bot = events.putArray("bot_events");
        EVENTS.forEach(bot::add);
        if (links) {
            bot.add(LINK_EVENT);
        }
        var interactivity = settings.putObject("interactivity").put("is_enabled", true);
        address.ifPresent(a -> interactivity.put("request_url", a).put("message_menu_options_url", a));
        return settings.put("org_deploy_enabled", false)
                .put("socket_mode_enabled", address.isEmpty())
                .put("token_rotation_enabled", false);
    }
}
