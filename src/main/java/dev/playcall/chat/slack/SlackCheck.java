package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Asks Slack whether everything is as Playcall needs it. */
final class SlackCheck {
    private final SlackApi api;
    private final Config.Slack config;
    private final boolean groups;
    private final Optional<String> links;
    private final List<PlatformFinding> findings = new ArrayList<>();

    /**
     * @param groups whether rights hang on user groups
     * @param links the domain whose links are previewed; empty for none
     */
    SlackCheck(SlackApi api, Config.Slack config, boolean groups, Optional<String> links) {
        this.links = links;
        this.api = api;
        this.config = config;
        this.groups = groups;
    }

    List<PlatformFinding> findings() {
        if (config.botToken().isEmpty()) {
            return List.of(PlatformFinding.skip("Slack is not configured"));
        }
        if (!config.botToken().reveal().startsWith("xoxb-")) {
            error("chat.slack.bot_token does not begin with xoxb-: it is on the page OAuth & Permissions of the app");
        }
        switch (api.call("auth.test", Map.of())) {
            case SlackResponse.Yes yes -> loggedIn(yes);
            case SlackResponse.No(var error, var body) ->
                error("Slack: " + SlackErrors.dead(error).orElseGet(() -> SlackErrors.remedy(error, body)));
            case SlackResponse other -> findings.add(PlatformFinding.warning("Slack does not answer: " + other));
        }
        return findings;
    }

    private void error(String text) {
        findings.add(PlatformFinding.error(text));
    }

    private void ok(String text) {
        findings.add(PlatformFinding.ok(text));
    }

    private void loggedIn(SlackResponse.Yes yes) {
        var slackIdentity = SlackIdentity.of(yes);
        ok("Slack: @" + slackIdentity.user() + " in " + slackIdentity.team());
        scopes(slackIdentity);
        linkScopes(slackIdentity);
        if (config.mode().equals("http")) {
            signature();
        } else {
            socket();
        }
        channel();
    }

    private void scopes(SlackIdentity slackIdentity) {
        var missing = new TreeSet<>(SlackManifest.SCOPES);
        missing.removeAll(slackIdentity.scopes());
        if (!groups) {
            missing.remove(SlackManifest.GROUPS);
        }
        if (slackIdentity.scopes().isEmpty()) {
            findings.add(PlatformFinding.warning("Slack: it does not say which scopes the token has"));
        } else if (missing.isEmpty()) {
            ok("Slack: the token has every scope");
        } else {
            error("Slack: the token lacks " + String.join(", ", missing)
                    + ": paste the manifest anew (./playcall manifest slack) and install the app again");
        }
    }

    /** Everything else works without them. */
    private void linkScopes(SlackIdentity slackIdentity) {
        var missing = new TreeSet<>(SlackManifest.LINK_SCOPES);
        missing.removeAll(slackIdentity.scopes());
        if (links.isPresent() && !missing.isEmpty() && !slackIdentity.scopes().isEmpty()) {
            findings.add(PlatformFinding.warning("Slack: links to runs have no preview, the token lacks "
                    + String.join(", ", missing)
                    + ": paste the manifest anew (./playcall manifest slack) and install the app again"));
        }
    }

    private void signature() {
        if (config.signingSecret().isEmpty()) {
            error("Slack: mode http needs chat.slack.signing_secret, it is on the page Basic Information of the app");
        }
    }

    private void socket() {
        if (!config.appToken().reveal().startsWith("xapp-")) {
            error("Slack: chat.slack.app_token does not begin with xapp-: make one with the scope connections:write"
                    + " on the page Basic Information of the app");
            return;
        }
        switch (api.openConnection()) {
            case SlackResponse.Yes _ -> ok("Slack: the app token can open a connection");
            case SlackResponse.No(var error, var body) ->
                error("Slack: no connection can be opened: " + SlackErrors.remedy(error, body));
            case SlackResponse other ->
                findings.add(PlatformFinding.warning("Slack: no connection can be opened now: " + other));
        }
    }

    private void channel() {
        if (config.defaultChannel().isBlank()) {
            return;
        }
        switch (api.call("conversations.info", Map.of("channel", config.defaultChannel()))) {
            case SlackResponse.Yes(var body, var _) -> channel(body);
            case SlackResponse.No(var error, var body) ->
                error("Slack: default_channel " + config.defaultChannel() + " (an id such as C0123, not a name): "
                        + SlackErrors.remedy(error, body));
            case SlackResponse other ->
                findings.add(PlatformFinding.warning("Slack: default_channel could not be looked at: " + other));
        }
    }

    private void channel(JsonNode body) {
        var name = "#" + body.at("/channel/name").asText(config.defaultChannel());
        if (body.at("/channel/is_archived").asBoolean()) {
            error("Slack: default_channel " + name + " is archived");
        } else if (body.at("/channel/is_member").asBoolean()) {
            ok("Slack: Playcall is in " + name);
        } else {
            error("Slack: Playcall is not in " + name + ": type /invite @playcall there");
        }
    }
}
