package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** A user of the workspace. */
record Member(String id, String name, Set<Trait> traits) {
    Member {
        traits = Set.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    String team() {
        return is(Trait.FOREIGN) ? "T0ELSEWHERE" : Workspace.TEAM;
    }

    String im() {
        return "D" + id.substring(1);
    }

    ObjectNode json() {
        var user = Json.object()
                .put("id", id)
                .put("team_id", team())
                .put("name", name)
                .put("real_name", name)
                .put("deleted", false)
                .put("is_bot", is(Trait.BOT))
                .put("is_app_user", false)
                .put("is_admin", is(Trait.ADMIN))
                .put("is_owner", false)
                .put("is_restricted", is(Trait.GUEST))
                .put("is_ultra_restricted", false)
                .put("is_stranger", is(Trait.FOREIGN))
                .put("tz", "Etc/UTC")
                .put("tz_offset", 0);
        user.putObject("profile")
                .put("real_name", name)
                .put("display_name", name)
                .put("email", name + "@example.org")
                .put("team", team());
        return user;
    }
}
