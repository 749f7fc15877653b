package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import java.util.Set;

/** Who we are in the workspace. */
record SlackIdentity(String team, String teamId, String user, String userId, String botId, Set<String> scopes) {
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
