package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Who we are in the workspace. */
record Self(String team, String teamId, String user, String userId, String botId, Set<String> scopes) {
    Self {
        scopes = Set.copyOf(scopes);
    }

    static Self of(Heard.Yes answer) {
        JsonNode b = answer.body();
        return new Self(
                b.path("team").asText(),
                b.path("team_id").asText(),
                b.path("user").asText(),
                b.path("user_id").asText(),
                b.path("bot_id").asText(),
                answer.scopes());
    }
}
