package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.format.TextFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** For which hosts the plays of a run are, and whether they had any. */
final class PlayPatterns {
    private static final int NAMED = 3;

    private final List<String> limit;
    private final Set<String> patterns = new LinkedHashSet<>();
    private boolean matched;

    /** @param limit the hosts that the run is limited to, empty for all */
    PlayPatterns(List<String> limit) {
        this.limit = List.copyOf(limit);
    }

    void play(JsonNode event) {
        matched |= event.path("total").asInt() > 0;
        if (event.hasNonNull("pattern")) {
            patterns.add(event.path("pattern").asText());
        }
    }

    /** Why no play had a host, {@code : the plays are for web, and db-7 is not in it}; empty where a play had one. */
    String unmatched() {
        if (matched || patterns.isEmpty()) {
            return "";
        }
        var hosts = limit.isEmpty()
                ? "no host of the environment is"
                : TextFormat.list(limit, NAMED) + (limit.size() == 1 ? " is not" : " are not");
        var where = patterns.size() == 1 ? " in it" : " in any of them";
        return ": the plays are for " + TextFormat.list(List.copyOf(patterns), NAMED) + ", and " + hosts + where;
    }
}
