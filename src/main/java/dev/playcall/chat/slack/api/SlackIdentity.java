package dev.playcall.chat.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Who we are in the workspace. */
public record SlackIdentity(String team, String teamId, String user, String userId, String botId, Set<String> scopes) {
    public SlackIdentity {
        scopes = Set.copyOf(scopes);
    }

    public static SlackIdentity of(SlackResponse.Yes answer) {
        JsonNode b = answer.body();
        return new SlackIdentity(
                b.path("team").asText(),
                b.path("team_id").asText(),
                b.path("user").asText(),
                b.path("user_id").asText(),
                b.path("bot_id").asText(),
                answer.scopes());
    }
}
